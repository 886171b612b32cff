// Goal: what goes to a WeCom group is what the vendor takes, and each answer is understood.
// Method: an emulator on loopback that is as strict as DOMAIN §15.2 says.
#include "daemons/notifier/channels/wecom_robot_channel.h"

#include "tests/support/gateways/wecom_emulator.h"
#include "tests/unit/daemons/notifier/channels/channel_fixture.h"

namespace jieban {
namespace {

class WecomRobot : public ChannelTest {
 protected:
  WecomRobotChannel channel(const std::string& account = "key: t0ken/1\n",
                            const ChannelTimeouts& timeouts = kPatient) {
    return {rule_of(ChannelKind::wecom_robot, robot.target(), account), timeouts, clock};
  }
  WecomEmulator robot{clock, "t0ken/1"};
};

TEST_F(WecomRobot, ATextArrives) {
  auto report = channel().deliver(sample_notice());
  EXPECT_EQ(report.outcome, DeliveryOutcome::accepted) << report.error.value_or("");
  EXPECT_EQ(report.error, std::nullopt);
  ASSERT_EQ(robot.messages().size(), 1U);
  EXPECT_EQ(robot.last_call().body,
            R"({"msgtype":"text","text":{"content":"【超时预警】工单A1"}})");
}

TEST_F(WecomRobot, WhoIsToBeReachedIsMentioned) {
  OutgoingNotice notice = sample_notice("x");
  notice.address = kPhone;
  EXPECT_EQ(wecom_body(notice, false),
            R"({"msgtype":"text","text":{"content":"x","mentioned_mobile_list":["13800138000"]}})");
  notice.address = "zhangsan";
  EXPECT_EQ(wecom_body(notice, false),
            R"({"msgtype":"text","text":{"content":"x","mentioned_list":["zhangsan"]}})");
  notice.address = "@all";
  EXPECT_EQ(wecom_body(notice, false),
            R"({"msgtype":"text","text":{"content":"x","mentioned_list":["@all"]}})");
  EXPECT_EQ(channel().deliver(notice).outcome, DeliveryOutcome::accepted);
}

TEST_F(WecomRobot, MarkdownMentionsByIdAndTakesNoMarkFromTheText) {
  OutgoingNotice notice = sample_notice("x<@all>");
  notice.address = "zhangsan";
  EXPECT_EQ(wecom_body(notice, true),
            R"({"msgtype":"markdown","markdown":{"content":"x＜@all>\n<@zhangsan>"}})");
  auto report = channel("key: t0ken/1\nformat: markdown\n").deliver(notice);
  EXPECT_EQ(report.outcome, DeliveryOutcome::accepted);
}

TEST_F(WecomRobot, ALongTextIsCutToWhatTheRobotTakes) {
  OutgoingNotice notice = sample_notice(std::string(5000, 'x'));
  notice.address = "zhangsan";
  for (const char* account : {"key: t0ken/1\n", "key: t0ken/1\nformat: markdown\n"}) {
    EXPECT_EQ(channel(account).deliver(notice).outcome, DeliveryOutcome::accepted) << account;
  }
  EXPECT_EQ(robot.messages().at(0).find("text")->find("content")->string()->size(), 2048U);
  EXPECT_EQ(robot.messages().at(1).find("markdown")->find("content")->string()->size(), 4096U);
}

TEST_F(WecomRobot, EachCodeMeansWhatItShould) {
  struct Row {
    int64_t code = 0;
    DeliveryOutcome outcome = DeliveryOutcome::unknown;
    std::optional<Duration> hold;
  };
  WecomRobotChannel open = channel();
  for (const Row& row : {Row{-1, DeliveryOutcome::busy, std::nullopt},
                         Row{40008, DeliveryOutcome::rejected, std::nullopt},
                         Row{45009, DeliveryOutcome::held, std::chrono::seconds(60)},
                         Row{93000, DeliveryOutcome::disabled, std::nullopt},
                         Row{12345, DeliveryOutcome::failed, std::nullopt}}) {
    robot.answer_next({row.code});
    auto report = open.deliver(sample_notice());
    EXPECT_EQ(report.outcome, row.outcome) << row.code;
    EXPECT_EQ(report.code, std::to_string(row.code));
    EXPECT_EQ(shipped_hold("wecom_robot", report), row.hold) << row.code;
    EXPECT_EQ(report.error, "the gateway answered code " + std::to_string(row.code));
    expect_discreet(report);
  }
  EXPECT_EQ(robot.call_count(), 5U) << "no retries here";
}

TEST_F(WecomRobot, TheTwentyFirstInAMinuteIsHeld) {
  WecomRobotChannel open = channel();
  for (int i = 0; i < 20; ++i) {
    ASSERT_EQ(open.deliver(sample_notice()).outcome, DeliveryOutcome::accepted);
  }
  auto report = open.deliver(sample_notice());
  EXPECT_EQ(report.outcome, DeliveryOutcome::held);
  const auto hold = shipped_hold("wecom_robot", report);
  ASSERT_TRUE(hold.has_value());
  clock.advance(*hold);
  EXPECT_EQ(open.deliver(sample_notice()).outcome, DeliveryOutcome::accepted);
}

TEST_F(WecomRobot, AWrongKeyDisablesTheRobotAndANewOneNeedsNoRestart) {
  WecomRobotChannel open = channel("key: SECdemo\n");
  auto report = open.deliver(sample_notice());
  EXPECT_EQ(report.outcome, DeliveryOutcome::disabled);
  expect_discreet(report);
  write_account("key: t0ken/1\n");
  EXPECT_EQ(open.deliver(sample_notice()).outcome, DeliveryOutcome::accepted);
  write_account("kee: t0ken/1\n");
  EXPECT_EQ(open.deliver(sample_notice()).outcome, DeliveryOutcome::denied);
  EXPECT_EQ(robot.call_count(), 2U);
}

TEST_F(WecomRobot, EachFaultOfTheGatewayIsToldForWhatItIs) {
  for (const FaultCase& one : kFaultCases) {
    robot.spoil(one.fault);
    auto report = channel("key: t0ken/1\n", timeouts_for(one.fault)).deliver(sample_notice());
    EXPECT_EQ(report.outcome, one.outcome) << int(one.fault) << report.error.value_or("");
    expect_discreet(report);
  }
}

TEST_F(WecomRobot, AStatusWithoutACodeIsJudgedByItself) {
  WecomRobotChannel open = channel();
  robot.set_status(502);
  EXPECT_EQ(open.deliver(sample_notice()).outcome, DeliveryOutcome::unknown);
}

}  // namespace
}  // namespace jieban
