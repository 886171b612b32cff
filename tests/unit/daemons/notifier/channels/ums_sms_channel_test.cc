// Goal: a text message is what China Unicom's gateway takes, byte for byte, and is known by its
// serial number. Method: an emulator on loopback that is as strict as DOMAIN §15.6 says.
#include "daemons/notifier/channels/ums_sms_channel.h"

#include <set>

#include "common/base/text.h"
#include "common/http/address.h"
#include "common/http/server.h"
#include "tests/support/gateways/ums_emulator.h"
#include "tests/unit/daemons/notifier/channels/channel_fixture.h"

namespace jieban {
namespace {

const std::string kAccount = "SpCode: '200097'\nLoginName: admin\nPassword: pass-word\n";

OutgoingNotice message(const std::string& text = "【月坛热线】工单催办") {
  OutgoingNotice notice = sample_notice(text);
  notice.address = kPhone;
  return notice;
}

class UmsSms : public ChannelTest {
 protected:
  UmsSmsChannel channel(const std::string& account = kAccount,
                        const ChannelTimeouts& timeouts = kPatient) {
    return {rule_of(ChannelKind::ums_sms, gateway.target(), account), timeouts, clock};
  }
  UmsEmulator gateway{clock, "pass-word"};
};

TEST_F(UmsSms, AMessageArrivesAndIsKnownByItsSerialNumber) {
  auto report = channel().deliver(message());
  EXPECT_EQ(report.outcome, DeliveryOutcome::accepted) << report.error.value_or("");
  EXPECT_EQ(report.gateway_id, ums_serial_number("s:1:robot", 1));
  EXPECT_EQ(report.segments, (SmsSegments{SmsAlphabet::ucs2, 1}));
  ASSERT_EQ(gateway.messages().size(), 1U);
  const Value sent = gateway.messages()[0];
  EXPECT_EQ(*sent.find("MessageContent"), Value("【月坛热线】工单催办"));
  EXPECT_EQ(*sent.find("UserNumber"), Value(kPhone));
  EXPECT_EQ(*sent.find("SerialNumber"), Value(*report.gateway_id));
  EXPECT_EQ(*sent.find("ScheduleTime"), Value(""));
}

TEST_F(UmsSms, AFormIsPercentEncodedGbkInTheOrderOfTheManual) {
  auto account = read_account(write_account(kAccount + "ExtendAccessNum: '01'\n"),
                              {{"SpCode"}, {"LoginName"}, {"Password"}, {"ExtendAccessNum"}});
  ASSERT_TRUE(account.ok());
  auto form = ums_form(message(), *account);
  ASSERT_TRUE(form.ok());
  EXPECT_EQ(*form,
            "SpCode=200097&LoginName=admin&Password=pass-word&MessageContent="
            "%A1%BE%D4%C2%CC%B3%C8%C8%CF%DF%A1%BF%B9%A4%B5%A5%B4%DF%B0%EC&UserNumber=13800138000&"
            "SerialNumber=" +
                ums_serial_number("s:1:robot", 1) + "&ScheduleTime=&ExtendAccessNum=01&f=1");
}

TEST_F(UmsSms, ASerialNumberHasTwentyDigitsAndIsTheAttempts) {
  std::set<std::string> numbers;
  for (int notice = 0; notice < 50; ++notice) {
    for (uint64_t attempt = 1; attempt <= 20; ++attempt) {
      const std::string id = "s:" + std::to_string(notice) + ":sms";
      const std::string number = ums_serial_number(id, attempt);
      EXPECT_EQ(number.size(), 20U);
      EXPECT_EQ(number.find_first_not_of("0123456789"), std::string::npos);
      EXPECT_EQ(number, ums_serial_number(id, attempt));
      EXPECT_TRUE(numbers.insert(number).second);
    }
  }
}

TEST_F(UmsSms, TheSameAttemptTwiceIsTheGatewaysRepeat) {
  UmsSmsChannel open = channel();
  OutgoingNotice notice = message();
  EXPECT_EQ(open.deliver(notice).outcome, DeliveryOutcome::accepted);
  EXPECT_EQ(open.deliver(notice).outcome, DeliveryOutcome::failed);
  notice.attempt = 2;
  EXPECT_EQ(open.deliver(notice).outcome, DeliveryOutcome::accepted);
}

TEST_F(UmsSms, ALongMessageIsCutToFourHundredAndTwoCharacters) {
  std::string text;
  for (int i = 0; i < 500; ++i) text += "工";
  EXPECT_EQ(channel().deliver(message(text)).outcome, DeliveryOutcome::accepted);
  const std::string sent = *gateway.messages().at(0).find("MessageContent")->string();
  EXPECT_EQ(character_count(sent), 402U);
  EXPECT_TRUE(sent.ends_with("…（余1条）"));
}

TEST_F(UmsSms, WhatGbkLacksBecomesAQuestionMark) {
  EXPECT_EQ(channel().deliver(message("工😀单é—·")).outcome, DeliveryOutcome::accepted);
  EXPECT_EQ(*gateway.messages().at(0).find("MessageContent"), Value("工?单é—·"));
}

TEST_F(UmsSms, ARepeatIsNotMarkedSinceTheTextHasToFitATemplate) {
  OutgoingNotice notice = message();
  notice.possible_repeat = true;
  EXPECT_EQ(channel().deliver(notice).outcome, DeliveryOutcome::accepted);
  EXPECT_EQ(*gateway.messages().at(0).find("MessageContent"), Value("【月坛热线】工单催办"));
}

TEST_F(UmsSms, WithoutAMobileNumberNothingIsSent) {
  for (const char* address : {"", "zhangsan", "010-12345678", "13800138000,13800138001"}) {
    OutgoingNotice notice = message();
    notice.address = address;
    auto report = channel().deliver(notice);
    EXPECT_EQ(report.outcome, DeliveryOutcome::rejected) << address;
    expect_discreet(report);
  }
  EXPECT_EQ(gateway.call_count(), 0U);
}

TEST_F(UmsSms, OnlyZeroIsTakenOn) {
  UmsSmsChannel open = channel();
  for (int64_t code : {1, 3, 9, 15, -1}) {
    gateway.answer_next({code});
    auto report = open.deliver(message());
    EXPECT_EQ(report.outcome, DeliveryOutcome::failed) << code;
    EXPECT_EQ(report.error, "the gateway answered code " + std::to_string(code));
    EXPECT_EQ(report.gateway_id, std::nullopt);
    EXPECT_EQ(report.segments, std::nullopt);
    expect_discreet(report);
  }
}

TEST_F(UmsSms, TheFirstResultCountsAndAnAnswerWithoutOneLeavesItOpen) {
  std::string answer;
  HttpServer server({});
  server.route(
      "POST", "/Send.do", [&](const HttpRequest&) { return HttpResponse::text(200, answer); },
      Access::open);
  ASSERT_TRUE(server.start().ok());
  UmsSmsChannel open(
      rule_of(ChannelKind::ums_sms,
              "http://127.0.0.1:" + std::to_string(server.port()) + "/Send.do", kAccount),
      kPatient, clock);
  for (const char* good :
       {"result=0", "result=0\r\n", "description=x&result=0&result=5",
        "\r\n\r\nresult=0&description=x", "\xEF\xBB\xBFresult=0", "description=x& result=0"}) {
    answer = good;
    EXPECT_EQ(open.deliver(message()).outcome, DeliveryOutcome::accepted) << good;
  }
  for (const char* none : {"", "description=ok", "result=", "result=ok", "result=0x", "xresult=0",
                           "<html>result=0", "result=99999999999999999999"}) {
    answer = none;
    auto report = open.deliver(message());
    EXPECT_EQ(report.outcome, DeliveryOutcome::unknown) << none;
    EXPECT_EQ(report.error, "the gateway answered 200 without a result");
  }
  server.stop();
}

TEST_F(UmsSms, EachFaultOfTheGatewayIsToldForWhatItIs) {
  OutgoingNotice notice = message();
  for (const FaultCase& one : kFaultCases) {
    gateway.spoil(one.fault);
    auto report = channel(kAccount, timeouts_for(one.fault)).deliver(notice);
    EXPECT_EQ(report.outcome, one.outcome) << int(one.fault) << report.error.value_or("");
    EXPECT_EQ(report.gateway_id, ums_serial_number(notice.notice_id, notice.attempt))
        << "a receipt may come yet";
    EXPECT_EQ(report.segments, (SmsSegments{SmsAlphabet::ucs2, 1})) << "and a bill";
    expect_discreet(report);
    ++notice.attempt;
  }
}

TEST_F(UmsSms, NobodyListeningIsAFailureWithoutAName) {
  const std::string nobody =
      "http://127.0.0.1:" + std::to_string(port_of(*listen_on("127.0.0.1:0", false))) + "/Send.do";
  UmsSmsChannel open(rule_of(ChannelKind::ums_sms, nobody, kAccount), kPatient, clock);
  auto report = open.deliver(message());
  EXPECT_EQ(report.outcome, DeliveryOutcome::failed);
  EXPECT_EQ(report.gateway_id, std::nullopt);
  expect_discreet(report);
}

}  // namespace
}  // namespace jieban
