// Goal: a mail is with the server, or is not, or may be, and an account's fault is told as such.
// Method: a mail server of the host's packages (aiosmtpd) on loopback.
#include "daemons/notifier/channels/mail_channel.h"

#include "common/http/address.h"
#include "daemons/notifier/channels/mail_message.h"
#include "tests/support/gateways/mail_box.h"
#include "tests/unit/daemons/notifier/channels/channel_fixture.h"

namespace jieban {
namespace {

constexpr ChannelTimeouts kMailTimeouts{std::chrono::seconds(2), std::chrono::seconds(3)};
const std::string kPlain = "from: desk@street.example\nstarttls: false\n";

OutgoingNotice letter() {
  OutgoingNotice notice = sample_notice("【超时预警】工单A1\n请办理");
  notice.address = "lead@street.example";
  return notice;
}

class MailTest : public ChannelTest {
 protected:
  MailChannel channel(const std::string& target, const std::string& account = kPlain,
                      const ChannelTimeouts& timeouts = kMailTimeouts) {
    return {rule_of(ChannelKind::mail, target, account), timeouts, clock};
  }
};

TEST_F(MailTest, ALetterArrivesUnderTheNoticesId) {
  MailBox box(dir.root(), {});
  auto report = channel(box.url()).deliver(letter());
  EXPECT_EQ(report.outcome, DeliveryOutcome::accepted) << report.error.value_or("");
  const std::string id = mail_message_id("s:1:robot", "desk@street.example");
  EXPECT_EQ(report.gateway_id, id);
  auto mails = box.mails();
  ASSERT_EQ(mails.size(), 1U);
  EXPECT_EQ(mails[0],
            "desk@street.example lead@street.example plain nobody\n" +
                mail_message({"desk@street.example", "lead@street.example", "【超时预警】工单A1",
                              "【超时预警】工单A1\n请办理\n", id, clock.now()}));
}

TEST_F(MailTest, ALoginGoesOverTlsUnlessTheAccountSaysOtherwise) {
  make_certificates(dir.root(), "ours");
  MailBox box(dir.root(), {"cert=" + dir.path("ours.pem"), "key=" + dir.path("ours.key"),
                           "user=desk", "password=pass-word"});
  const std::string account = "from: desk@street.example\nuser: desk\npassword: pass-word\n";
  const std::string ca = "ca_file: " + dir.path("ours-ca.pem") + "\n";
  auto report = channel(box.url(), account + ca).deliver(letter());
  EXPECT_EQ(report.outcome, DeliveryOutcome::accepted) << report.error.value_or("");
  ASSERT_EQ(box.mails().size(), 1U);
  EXPECT_NE(box.mails()[0].find(" tls login\n"), std::string::npos);
  auto untrusted = channel(box.url(), account).deliver(letter());
  EXPECT_EQ(untrusted.outcome, DeliveryOutcome::failed);
  auto open = channel(box.url(), account + "starttls: false\n").deliver(letter());
  EXPECT_EQ(open.outcome, DeliveryOutcome::denied);
  auto wrong = channel(box.url(), "from: d@s.example\nuser: desk\npassword: x\n" + ca);
  auto report_of_wrong = wrong.deliver(letter());
  EXPECT_EQ(report_of_wrong.outcome, DeliveryOutcome::denied);
  EXPECT_EQ(report_of_wrong.error, "the mail server answered 535");
  EXPECT_EQ(box.mails().size(), 1U);
}

TEST_F(MailTest, TheAccountsAddressStandsInForNone) {
  MailBox box(dir.root(), {});
  OutgoingNotice notice = letter();
  notice.address.clear();
  auto nobody = channel(box.url()).deliver(notice);
  EXPECT_EQ(nobody.outcome, DeliveryOutcome::denied);
  auto report = channel(box.url(), kPlain + "to: all@street.example\n").deliver(notice);
  EXPECT_EQ(report.outcome, DeliveryOutcome::accepted) << report.error.value_or("");
  EXPECT_TRUE(box.mails().at(0).starts_with("desk@street.example all@street.example "));
}

TEST_F(MailTest, WhatIsNoAddressIsRejected) {
  for (const char* address :
       {"13800138000", "a@", "@b", "a@b c@d", "a@b\r\nRCPT TO:<c@d>", "<a@b>", "a@b,c@d"}) {
    OutgoingNotice notice = letter();
    notice.address = address;
    auto report = channel("smtp://127.0.0.1:9").deliver(notice);
    EXPECT_EQ(report.outcome, DeliveryOutcome::rejected) << address;
    expect_discreet(report);
  }
}

TEST_F(MailTest, EachAnswerMeansWhatItShould) {
  using enum DeliveryOutcome;
  struct Row {
    MailAnswer answer;
    DeliveryOutcome outcome;
  };
  for (const Row& row : {
           Row{{250, MailStage::text, ""}, accepted},
           Row{{421, MailStage::session, ""}, failed},
           Row{{454, MailStage::session, "4.7.0"}, failed},
           Row{{451, MailStage::sender, ""}, failed},
           Row{{450, MailStage::recipient, "4.2.0"}, failed},
           Row{{452, MailStage::text, ""}, failed},
           // Us, whichever mail it is.
           Row{{554, MailStage::session, ""}, denied},
           Row{{550, MailStage::session, "5.7.1"}, denied},
           Row{{521, MailStage::session, ""}, denied},
           Row{{530, MailStage::sender, "5.7.0"}, denied},
           Row{{535, MailStage::session, "5.7.8"}, denied},
           Row{{550, MailStage::sender, ""}, denied},
           Row{{553, MailStage::sender, "5.7.1"}, denied},
           Row{{554, MailStage::sender, ""}, denied},
           Row{{502, MailStage::text, ""}, denied},
           Row{{550, MailStage::recipient, "5.7.1"}, denied},
           Row{{554, MailStage::recipient, "5.7.1"}, denied},
           Row{{550, MailStage::recipient, "5.1.8"}, denied},
           Row{{553, MailStage::recipient, "5.1.7"}, denied},
           Row{{530, MailStage::text, ""}, denied},
           // This mail, or its reader.
           Row{{552, MailStage::sender, "5.3.4"}, rejected},
           Row{{550, MailStage::recipient, ""}, rejected},
           Row{{550, MailStage::recipient, "5.1.1"}, rejected},
           Row{{551, MailStage::recipient, ""}, rejected},
           Row{{552, MailStage::recipient, "5.2.2"}, rejected},
           Row{{554, MailStage::recipient, ""}, rejected},
           Row{{556, MailStage::recipient, "5.1.10"}, rejected},
           Row{{552, MailStage::text, ""}, rejected},
           Row{{554, MailStage::text, ""}, rejected},
           Row{{554, MailStage::text, "5.7.1"}, rejected},
       }) {
    EXPECT_EQ(outcome_of_mail(row.answer), row.outcome)
        << row.answer.code << " " << int(row.answer.stage) << " " << row.answer.enhanced;
  }
}

TEST_F(MailTest, WhatTheServerRefusesIsToldByItsCodeAlone) {
  struct Row {
    const char* option;
    DeliveryOutcome outcome;
  };
  for (const Row& row :
       {Row{"greet=554", DeliveryOutcome::denied}, Row{"mail=550", DeliveryOutcome::denied},
        Row{"rcpt=550", DeliveryOutcome::rejected}, Row{"rcpt=550 5.7.1", DeliveryOutcome::denied},
        Row{"mail=451", DeliveryOutcome::failed}, Row{"data=554", DeliveryOutcome::rejected}}) {
    MailBox box(dir.root(), {row.option});
    auto report = channel(box.url()).deliver(letter());
    EXPECT_EQ(report.outcome, row.outcome) << row.option;
    const std::string code(std::string(row.option).substr(std::string(row.option).find('=') + 1));
    EXPECT_EQ(report.error, "the mail server answered " + code.substr(0, 3));
    expect_discreet(report);
  }
}

TEST_F(MailTest, ALoginThatIsRefusedByAnyCodeIsDenied) {
  for (const char* code : {"535", "550", "554"}) {
    MailBox box(dir.root(),
                {"user=desk", "password=pass-word", "plain=yes", std::string("auth=") + code});
    auto report =
        channel(box.url(), kPlain + "user: desk\npassword: pass-word\nplain_login: true\n")
            .deliver(letter());
    EXPECT_EQ(report.outcome, DeliveryOutcome::denied) << code;
    expect_discreet(report);
  }
}

TEST_F(MailTest, NoAnswerToTheTextIsUnknownAndNobodyListeningFailed) {
  MailBox box(dir.root(), {"hang=data"});
  auto hung =
      channel(box.url(), kPlain, {std::chrono::milliseconds(500), std::chrono::milliseconds(500)})
          .deliver(letter());
  EXPECT_EQ(hung.outcome, DeliveryOutcome::unknown);
  expect_discreet(hung);
  const uint16_t nobody = port_of(*listen_on("127.0.0.1:0", false));
  auto failed = channel("smtp://127.0.0.1:" + std::to_string(nobody)).deliver(letter());
  EXPECT_EQ(failed.outcome, DeliveryOutcome::failed);
  expect_discreet(failed);
}

TEST_F(MailTest, AnAccountThatCannotBeReadIsDenied) {
  auto missing = channel("smtp://127.0.0.1:9", "to: a@b\n").deliver(letter());
  EXPECT_EQ(missing.outcome, DeliveryOutcome::denied);
  auto unclear = channel("smtp://127.0.0.1:9", kPlain + "plain_login: yes\n").deliver(letter());
  EXPECT_EQ(unclear.outcome, DeliveryOutcome::denied);
}

}  // namespace
}  // namespace jieban
