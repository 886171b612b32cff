// Goal: what goes to a DingTalk group is signed, is what the vendor takes, and each answer is
// understood. Method: an emulator on loopback that is as strict as DOMAIN §15.4 says.
#include "daemons/notifier/channels/dingtalk_robot_channel.h"

#include "tests/support/gateways/dingtalk_emulator.h"
#include "tests/unit/daemons/notifier/channels/channel_fixture.h"

namespace jieban {
namespace {

const std::string kAccount = "access_token: t0ken\nsecret: SECdemo0123456789\n";

class DingtalkRobot : public ChannelTest {
 protected:
  DingtalkRobotChannel channel(const std::string& account = kAccount,
                               const ChannelTimeouts& timeouts = kPatient) {
    return {rule_of(ChannelKind::dingtalk_robot, robot.target(), account), timeouts, clock};
  }
  DingtalkEmulator robot{clock, "t0ken", kSecret};
};

TEST_F(DingtalkRobot, ASignedTextArrives) {
  auto report = channel().deliver(sample_notice());
  EXPECT_EQ(report.outcome, DeliveryOutcome::accepted) << report.error.value_or("");
  EXPECT_EQ(robot.last_call().body, R"({"msgtype":"text","text":{"content":"【超时预警】工单A1"},)"
                                    R"("at":{"atMobiles":[],"atUserIds":[],"isAtAll":false}})");
}

TEST_F(DingtalkRobot, WithoutASecretNothingIsSigned) {
  DingtalkEmulator open(clock, "t0ken", "");
  DingtalkRobotChannel plain(
      rule_of(ChannelKind::dingtalk_robot, open.target(), "access_token: t0ken\n"), kPatient,
      clock);
  EXPECT_EQ(plain.deliver(sample_notice()).outcome, DeliveryOutcome::accepted);
  EXPECT_EQ(open.last_call().query.size(), 1U);
}

TEST_F(DingtalkRobot, WhoIsToBeReachedIsMentioned) {
  OutgoingNotice notice = sample_notice("x");
  notice.address = "user7";
  EXPECT_EQ(dingtalk_body(notice, false),
            R"({"msgtype":"text","text":{"content":"x"},)"
            R"("at":{"atMobiles":[],"atUserIds":["user7"],"isAtAll":false}})");
  notice.address = "@all";
  EXPECT_EQ(dingtalk_body(notice, false),
            R"({"msgtype":"text","text":{"content":"x"},)"
            R"("at":{"atMobiles":[],"atUserIds":[],"isAtAll":true}})");
}

TEST_F(DingtalkRobot, MarkdownNamesInTheTextWhomItMentions) {
  OutgoingNotice notice = sample_notice("【超时预警】工单A1\n第二行");
  notice.address = kPhone;
  EXPECT_EQ(dingtalk_body(notice, true),
            R"({"msgtype":"markdown","markdown":{"title":"【超时预警】工单A1",)"
            R"("text":"【超时预警】工单A1  \n第二行  \n@13800138000"},)"
            R"("at":{"atMobiles":["13800138000"],"atUserIds":[],"isAtAll":false}})");
  auto report = channel(kAccount + "format: markdown\n").deliver(notice);
  EXPECT_EQ(report.outcome, DeliveryOutcome::accepted) << report.error.value_or("");
}

TEST_F(DingtalkRobot, ALongTextIsCut) {
  std::string lines;
  for (int i = 0; i < 9000; ++i) lines += "工\n";
  OutgoingNotice notice = sample_notice(lines);
  notice.address = kPhone;
  EXPECT_EQ(channel(kAccount + "format: markdown\n").deliver(notice).outcome,
            DeliveryOutcome::accepted);
  EXPECT_LE(robot.messages().at(0).find("markdown")->find("text")->string()->size(), 20'000U);
}

TEST_F(DingtalkRobot, EachCodeMeansWhatItShould) {
  struct Row {
    int64_t code = 0;
    DeliveryOutcome outcome = DeliveryOutcome::unknown;
    std::optional<Duration> hold;
  };
  DingtalkRobotChannel open = channel();
  for (const Row& row : {Row{130101, DeliveryOutcome::held, std::chrono::seconds(600)},
                         Row{300001, DeliveryOutcome::disabled, std::nullopt},
                         Row{-1, DeliveryOutcome::failed, std::nullopt}}) {
    robot.answer_next({row.code});
    auto report = open.deliver(sample_notice());
    EXPECT_EQ(report.outcome, row.outcome) << row.code;
    EXPECT_EQ(shipped_hold("dingtalk_robot", report), row.hold) << row.code;
    expect_discreet(report);
  }
  EXPECT_EQ(robot.call_count(), 3U);
}

TEST_F(DingtalkRobot, AFailedSecurityCheckIsSignedAnewOnce) {
  DingtalkRobotChannel open = channel();
  robot.answer_next({310000});
  EXPECT_EQ(open.deliver(sample_notice()).outcome, DeliveryOutcome::accepted);
  EXPECT_EQ(robot.call_count(), 2U);
  robot.answer_next({310000, 310000, 310000});
  auto report = open.deliver(sample_notice());
  EXPECT_EQ(report.outcome, DeliveryOutcome::denied);
  EXPECT_EQ(report.error, "the gateway answered code 310000");
  EXPECT_EQ(robot.call_count(), 4U);
}

TEST_F(DingtalkRobot, AWrongSecretOrAClockThatIsAnHourOffIsDenied) {
  auto wrong = channel("access_token: t0ken\nsecret: other\n").deliver(sample_notice());
  EXPECT_EQ(wrong.outcome, DeliveryOutcome::denied);
  FakeClock off(clock.now() - std::chrono::minutes(61));
  DingtalkRobotChannel late(rule_of(ChannelKind::dingtalk_robot, robot.target(), kAccount),
                            kPatient, off);
  EXPECT_EQ(late.deliver(sample_notice()).outcome, DeliveryOutcome::denied);
  off.advance(std::chrono::minutes(2));
  EXPECT_EQ(late.deliver(sample_notice()).outcome, DeliveryOutcome::accepted);
}

TEST_F(DingtalkRobot, TheTwentyFirstInAMinuteClosesTheDoorForTen) {
  DingtalkRobotChannel open = channel();
  for (int i = 0; i < 20; ++i) {
    ASSERT_EQ(open.deliver(sample_notice()).outcome, DeliveryOutcome::accepted);
  }
  auto report = open.deliver(sample_notice());
  EXPECT_EQ(shipped_hold("dingtalk_robot", report), std::chrono::minutes(10));
  clock.advance(std::chrono::minutes(9));
  EXPECT_EQ(open.deliver(sample_notice()).outcome, DeliveryOutcome::held);
  clock.advance(std::chrono::minutes(1));
  EXPECT_EQ(open.deliver(sample_notice()).outcome, DeliveryOutcome::accepted);
}

TEST_F(DingtalkRobot, EachFaultOfTheGatewayIsToldForWhatItIs) {
  for (const FaultCase& one : kFaultCases) {
    robot.spoil(one.fault);
    auto report = channel(kAccount, timeouts_for(one.fault)).deliver(sample_notice());
    EXPECT_EQ(report.outcome, one.outcome) << int(one.fault) << report.error.value_or("");
    expect_discreet(report);
  }
}

}  // namespace
}  // namespace jieban
