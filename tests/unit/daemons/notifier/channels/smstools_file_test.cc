// Goal: files as smsd 3.1 reads and writes them. The real one is in tests/integration/smstools.
#include "daemons/notifier/channels/smstools_file.h"

#include <gtest/gtest.h>

#include "common/base/bytes.h"
#include "daemons/notifier/channels/sms_text.h"

namespace jieban {
namespace {

TEST(SmstoolsFile, AChineseTextIsWrittenInUcs2) {
  EXPECT_EQ(smstools_message("8613800138000", "s:1:sms", "工单"),
            "To: 8613800138000\nAlphabet: UCS2\nReport: yes\nX-Jieban-Notice: s:1:sms\n\n" +
                *from_hex("5de55355"));
}

TEST(SmstoolsFile, ATextThatGsmHasIsWrittenAsItIs) {
  EXPECT_EQ(smstools_message("8613800138000", "s:1:sms", "Order {1} €"),
            "To: 8613800138000\nAlphabet: UTF-8\nReport: yes\nX-Jieban-Notice: s:1:sms\n\n"
            "Order {1} €");
}

TEST(SmstoolsFile, ALongTextIsCutToTheMostParts) {
  std::string content = smstools_message("8613800138000", "n", std::string(2000, 'a'));
  EXPECT_EQ(content.substr(content.find("\n\n") + 2).size(), 8U * 153);
}

TEST(SmstoolsFile, WhatIsWrittenIsRead) {
  for (const char* text : {"工单催办\n第二行", "Order 1\n\nx", "𠮷", ""}) {
    auto file = parse_smstools(smstools_message("8613800138000", "s:1:sms", text));
    ASSERT_TRUE(file.ok());
    EXPECT_EQ(file->header("To"), "8613800138000");
    EXPECT_EQ(file->header(kNoticeHeader), "s:1:sms");
    EXPECT_EQ(file->header("From"), "");
    EXPECT_EQ(*smstools_text(*file), text);
  }
}

TEST(SmstoolsFile, HeadersAreReadStrictlyAndTheFirstOfANameCounts) {
  auto file = parse_smstools("From: 861\r\nFrom: 862\r\nOdd:\r\n\r\nbody: x\n");
  ASSERT_TRUE(file.ok());
  EXPECT_EQ(file->header("From"), "861");
  EXPECT_EQ(file->header("Odd"), "");
  EXPECT_EQ(file->body, "body: x\n");
  std::string many;
  for (int i = 0; i < 201; ++i) many += "A: b\n";
  for (const std::string& text : {std::string(), std::string("From: 861\n"),
                                  std::string("From\n\n"), std::string(": x\n\n"), many + "\n"}) {
    EXPECT_FALSE(parse_smstools(text).ok()) << text;
  }
}

TEST(SmstoolsFile, EachAlphabetIsRead) {
  auto text = [](const std::string& alphabet, const std::string& body) {
    return smstools_text(*parse_smstools(alphabet + "\n" + body));
  };
  EXPECT_EQ(*text("Alphabet: UTF-8\n", "工"), "工");
  EXPECT_EQ(*text("Alphabet: UCS2\n", to_ucs2("工\n单")), "工\n单");
  EXPECT_EQ(*text("Alphabet: ISO8859-15\n", "caf\xe9 \xa4 \xff"), "café € ÿ");
  EXPECT_EQ(*text("", "1"), "1");
  EXPECT_FALSE(text("Alphabet: UTF-8\n", "\xff").ok());
  EXPECT_FALSE(text("Alphabet: UCS2\n", "x").ok());
  EXPECT_FALSE(text("Alphabet: binary\n", "x").ok());
}

std::string report(const std::string& id, const std::string& status) {
  return "From: 861\n\nSMS STATUS REPORT\nMessage_id: " + id +
         "\nDischarge_timestamp: 26-11-22 19:30:23\nStatus: " + status + "\n";
}

TEST(SmstoolsFile, EachStatusOfAReport) {
  struct Case {
    const char* status;
    SmsState state;
  };
  for (const Case& one : {Case{"0,Ok,short message received by the SME", SmsState::delivered},
                          {"1,Ok,forwarded", SmsState::delivered},
                          {"31,Ok,reserved", SmsState::delivered},
                          {"32,Still trying,congestion", SmsState::buffered},
                          {"63,Still trying", SmsState::buffered},
                          {"64,Error,remote procedure error", SmsState::failed},
                          {"70,Error,validity period expired", SmsState::failed},
                          {"96,Error,congestion", SmsState::failed},
                          {"255,Error", SmsState::failed}}) {
    auto status = smstools_status(*parse_smstools(report("117", one.status)));
    ASSERT_TRUE(status.ok()) << one.status;
    EXPECT_EQ(status->message_id, 117U);
    EXPECT_EQ(status->state, one.state) << one.status;
  }
  auto lost = smstools_status(*parse_smstools(report("1", "70,Error,13800138000")));
  EXPECT_EQ(lost->describe(), "TP-Status 70: 未送达 (not delivered)");
}

TEST(SmstoolsFile, WhatIsNoReportIsRefused) {
  for (const std::string& text :
       {std::string("From: 1\n\nhello\n"), report("", "0,Ok"), report("x", "0,Ok"), report("1", ""),
        report("1", "Ok"), report("1", "256,Error")}) {
    EXPECT_FALSE(smstools_status(*parse_smstools(text)).ok()) << text;
  }
}

}  // namespace
}  // namespace jieban
