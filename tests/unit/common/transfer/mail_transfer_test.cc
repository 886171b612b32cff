// Goal: a mail is with the server, or is not, or may be, and we know which.
// Method: a mail server of the host's packages (aiosmtpd) on loopback.
#include "common/transfer/mail_transfer.h"

#include <gtest/gtest.h>

#include "common/http/address.h"
#include "tests/support/gateways/mail_box.h"
#include "tests/support/temp_dir.h"

namespace jieban {
namespace {

MailCall mail_to(const std::string& url) {
  MailCall call;
  call.url = url;
  call.sender = "desk@street.example";
  call.recipients = {"a@street.example", "b@street.example"};
  call.message = "Subject: x\r\n\r\nline\r\n.\r\n..two\r\nend\r\n";
  call.route.connect_timeout = call.route.total_timeout = std::chrono::seconds(5);
  return call;
}

class MailTransfer : public testing::Test {
 protected:
  void with_certificates() { make_certificates(dir.root(), "ours"); }
  std::vector<std::string> tls(const std::vector<std::string>& more) const {
    std::vector<std::string> all = {"cert=" + dir.path("ours.pem"), "key=" + dir.path("ours.key")};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }
  TempDir dir{"/dev/shm"};
};

TEST_F(MailTransfer, AMessageArrivesAsItIs) {
  MailBox box(dir.root(), {});
  auto code = send_mail(mail_to(box.url()));
  ASSERT_TRUE(code.ok()) << code.error().message;
  EXPECT_EQ(*code, (MailAnswer{250, MailStage::text, ""}));
  auto mails = box.mails();
  ASSERT_EQ(mails.size(), 1U);
  EXPECT_EQ(mails[0], "desk@street.example a@street.example b@street.example plain nobody\n" +
                          mail_to("").message);
}

TEST_F(MailTransfer, ALoginGoesOverTls) {
  with_certificates();
  MailBox box(dir.root(), tls({"user=desk", "password=word"}));
  MailCall call = mail_to(box.url());
  call.user = "desk";
  call.password = "word";
  call.starttls = true;
  call.route.ca_file = dir.path("ours-ca.pem");
  auto code = send_mail(call);
  ASSERT_TRUE(code.ok()) << code.error().message;
  EXPECT_EQ(code->code, 250);
  ASSERT_EQ(box.mails().size(), 1U);
  EXPECT_NE(box.mails()[0].find(" tls login\n"), std::string::npos);
  call.password = "wrong";
  auto denied = send_mail(call);
  ASSERT_TRUE(denied.ok()) << denied.error().message;
  EXPECT_EQ(denied->code, 535);
  EXPECT_EQ(box.mails().size(), 1U);
}

TEST_F(MailTransfer, TlsFromTheFirstByteAsWell) {
  with_certificates();
  MailBox box(dir.root(), tls({"tls=implicit"}));
  MailCall call = mail_to(box.url("smtps"));
  call.route.ca_file = dir.path("ours-ca.pem");
  auto code = send_mail(call);
  ASSERT_TRUE(code.ok()) << code.error().message;
  EXPECT_EQ(code->code, 250);
  EXPECT_EQ(box.mails().size(), 1U);
}

TEST_F(MailTransfer, NothingGoesOutWithoutTheTlsThatWasAskedFor) {
  with_certificates();
  make_certificates(dir.root(), "other");
  MailBox untrusted(dir.root(), tls({}));
  MailCall call = mail_to(untrusted.url());
  call.starttls = true;
  call.route.ca_file = dir.path("other-ca.pem");
  auto refused = send_mail(call);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::unavailable);
  MailBox plain(dir.root(), {});
  call.url = plain.url();
  auto stripped = send_mail(call);
  ASSERT_FALSE(stripped.ok());
  EXPECT_EQ(stripped.error().code, ErrorCode::unavailable);
  EXPECT_TRUE(plain.mails().empty());
}

TEST_F(MailTransfer, APasswordIsNotSaidInTheOpenUnlessAskedTo) {
  MailBox box(dir.root(), {"user=desk", "password=word", "plain=yes"});
  MailCall call = mail_to(box.url());
  call.user = "desk";
  call.password = "word";
  auto refused = send_mail(call);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::invalid);
  call.plain_login = true;
  auto code = send_mail(call);
  ASSERT_TRUE(code.ok()) << code.error().message;
  EXPECT_EQ(code->code, 250);
}

TEST_F(MailTransfer, WhateverTheServerRefusesItsCodeIsTheAnswerAndTheStageIsKnown) {
  struct Refusal {
    const char* option;
    MailAnswer answer;
  };
  for (const Refusal& refusal : {Refusal{"greet=554", {554, MailStage::session, ""}},
                                 Refusal{"greet=554 5.3.2", {554, MailStage::session, "5.3.2"}},
                                 Refusal{"mail=550", {550, MailStage::sender, ""}},
                                 Refusal{"mail=553 5.1.8", {553, MailStage::sender, "5.1.8"}},
                                 Refusal{"rcpt=550", {550, MailStage::recipient, ""}},
                                 Refusal{"rcpt=550 5.7.1", {550, MailStage::recipient, "5.7.1"}},
                                 Refusal{"rcpt=451", {451, MailStage::recipient, ""}},
                                 Refusal{"rcpt=550 5.7.x", {550, MailStage::recipient, ""}},
                                 Refusal{"data=554", {554, MailStage::text, ""}},
                                 Refusal{"data=554 5.7.1", {554, MailStage::text, "5.7.1"}},
                                 Refusal{"data=452", {452, MailStage::text, ""}}}) {
    MailBox box(dir.root(), {refusal.option});
    auto answer = send_mail(mail_to(box.url()));
    ASSERT_TRUE(answer.ok()) << refusal.option << answer.error().message;
    EXPECT_EQ(*answer, refusal.answer)
        << refusal.option << ": " << int(answer->stage) << answer->enhanced;
    EXPECT_TRUE(box.mails().empty());
  }
}

TEST_F(MailTransfer, ARefusedLoginIsOfTheSession) {
  for (const char* code : {"535 5.7.8", "554", "550 5.7.1"}) {
    MailBox box(dir.root(),
                {"user=desk", "password=word", "plain=yes", std::string("auth=") + code});
    MailCall call = mail_to(box.url());
    call.user = "desk";
    call.password = "word";
    call.plain_login = true;
    auto answer = send_mail(call);
    ASSERT_TRUE(answer.ok()) << answer.error().message;
    EXPECT_EQ(answer->code, std::stoi(code));
    EXPECT_EQ(answer->stage, MailStage::session) << code;
  }
}

TEST_F(MailTransfer, NoAnswerToTheTextLeavesItOpenAndNoServerDoesNot) {
  MailBox box(dir.root(), {"hang=data"});
  MailCall call = mail_to(box.url());
  call.route.total_timeout = std::chrono::seconds(1);
  const Duration begin = monotonic_now();
  auto hung = send_mail(call);
  EXPECT_LT(monotonic_now() - begin, std::chrono::seconds(10));
  ASSERT_FALSE(hung.ok());
  EXPECT_EQ(hung.error().code, ErrorCode::io);
  uint16_t nobody = port_of(*listen_on("127.0.0.1:0", false));
  auto refused = send_mail(mail_to("smtp://127.0.0.1:" + std::to_string(nobody)));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::unavailable);
}

TEST_F(MailTransfer, AMalformedCallIsRefused) {
  auto refused = [](auto change) {
    MailCall call = mail_to("smtp://127.0.0.1:9");
    change(call);
    auto code = send_mail(call);
    return !code.ok() && code.error().code == ErrorCode::invalid;
  };
  EXPECT_FALSE(refused([](MailCall&) {}));
  EXPECT_TRUE(refused([](MailCall& call) { call.url = "http://127.0.0.1:9"; }));
  EXPECT_TRUE(refused([](MailCall& call) { call.sender = ""; }));
  EXPECT_TRUE(refused([](MailCall& call) { call.sender = "a@b>\r\nRCPT TO:<c@d"; }));
  EXPECT_TRUE(refused([](MailCall& call) { call.recipients = {}; }));
  EXPECT_TRUE(refused([](MailCall& call) { call.recipients = {"a b"}; }));
}

}  // namespace
}  // namespace jieban
