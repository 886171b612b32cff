// Goal: a mail is what every reader of mails takes, byte for byte.
#include "daemons/notifier/channels/mail_message.h"

#include <gtest/gtest.h>

#include "common/crypto/base64.h"

namespace jieban {
namespace {

MailParts parts_of(const std::string& subject, const std::string& text) {
  return {"desk@street.example",
          "lead@street.example",
          subject,
          text,
          "00@street.example",
          *from_civil({2026, 2, 3, 4, 5, 6})};
}

TEST(MailMessage, IsTheSameToTheByte) {
  EXPECT_EQ(mail_message(parts_of("工单", "催办\nA1\n")),
            "Date: Tue, 03 Feb 2026 04:05:06 +0800\r\n"
            "From: desk@street.example\r\n"
            "To: lead@street.example\r\n"
            "Subject: =?UTF-8?B?5bel5Y2V?=\r\n"
            "Message-ID: <00@street.example>\r\n"
            "Auto-Submitted: auto-generated\r\n"
            "MIME-Version: 1.0\r\n"
            "Content-Type: text/plain; charset=utf-8\r\n"
            "Content-Transfer-Encoding: base64\r\n"
            "\r\n"
            "5YKs5YqeDQpBMQ0K\r\n");
}

TEST(MailMessage, ADayHasItsNameOverTheMidnightOfShanghai) {
  MailParts parts = parts_of("x", "x");
  parts.date = *from_civil({2026, 12, 31, 23, 59, 59});
  EXPECT_TRUE(mail_message(parts).starts_with("Date: Thu, 31 Dec 2026 23:59:59 +0800\r\n"));
  parts.date = *from_civil({2027, 1, 1, 0, 0, 0});
  EXPECT_TRUE(mail_message(parts).starts_with("Date: Fri, 01 Jan 2027 00:00:00 +0800\r\n"));
}

TEST(MailMessage, ALongSubjectIsSeveralWordsOfWholeCharacters) {
  std::string subject;
  for (int i = 0; i < 40; ++i) subject += "工a";
  const std::string message = mail_message(parts_of(subject, "x"));
  size_t at = message.find("Subject: ") + 9;
  std::string whole;
  while (true) {
    const size_t end = message.find("?=", at);
    ASSERT_TRUE(message.substr(at).starts_with("=?UTF-8?B?"));
    EXPECT_LE(end + 2 - at, 75U);
    auto word = from_base64(message.substr(at + 10, end - at - 10));
    ASSERT_TRUE(word.has_value());
    EXPECT_TRUE(word->empty() || (word->front() & 0xC0) != 0x80) << "begins in a character";
    whole += *word;
    if (!message.substr(end).starts_with("?=\r\n ")) break;
    at = end + 5;
  }
  EXPECT_EQ(whole, subject);
}

TEST(MailMessage, ASubjectBeginsNoHeader) {
  const std::string message = mail_message(parts_of("x\r\nBcc: y@z", "x"));
  EXPECT_EQ(message.find("Bcc"), std::string::npos);
}

TEST(MailMessage, NoLineIsLongerThanSeventySixBytes) {
  const std::string message = mail_message(parts_of(std::string(300, 's'), std::string(5000, 't')));
  for (size_t at = 0; at < message.size();) {
    const size_t end = message.find("\r\n", at);
    ASSERT_NE(end, std::string::npos);
    EXPECT_LE(end - at, 76U) << message.substr(at, end - at);
    at = end + 2;
  }
}

TEST(MailMessage, AnIdIsTheNoticesAndOfTheSendersDomain) {
  const std::string id = mail_message_id("s:1:mail", "desk@street.example");
  EXPECT_EQ(id.size(), 32 + std::string("@street.example").size());
  EXPECT_TRUE(id.ends_with("@street.example"));
  EXPECT_EQ(id, mail_message_id("s:1:mail", "desk@street.example"));
  EXPECT_NE(id, mail_message_id("s:2:mail", "desk@street.example"));
  EXPECT_TRUE(mail_message_id("s:1:mail", "desk").ends_with("@jieban"));
}

}  // namespace
}  // namespace jieban
