// Goal: what goes to a Feishu group is signed, is what the vendor takes, and each answer is
// understood. Method: an emulator on loopback that is as strict as DOMAIN §15.5 says.
#include "daemons/notifier/channels/feishu_robot_channel.h"

#include <set>

#include "tests/support/gateways/feishu_emulator.h"
#include "tests/unit/daemons/notifier/channels/channel_fixture.h"

namespace jieban {
namespace {

const std::string kAccount = "id: t0ken\nsecret: SECdemo0123456789\n";

class FeishuRobot : public ChannelTest {
 protected:
  FeishuRobotChannel channel(const std::string& account = kAccount,
                             const ChannelTimeouts& timeouts = kPatient) {
    return {rule_of(ChannelKind::feishu_robot, robot.target(), account), timeouts, clock};
  }
  FeishuEmulator robot{clock, "t0ken", kSecret};
};

TEST_F(FeishuRobot, ASignedTextArrives) {
  auto report = channel().deliver(sample_notice());
  EXPECT_EQ(report.outcome, DeliveryOutcome::accepted) << report.error.value_or("");
  EXPECT_EQ(robot.last_call().body, R"({"timestamp":"1770000000","sign":")" +
                                        feishu_sign(kSecret, 1770000000) +
                                        R"(","msg_type":"text","content":{"text":)"
                                        R"("【超时预警】工单A1"}})");
}

TEST_F(FeishuRobot, WithoutASecretTheBodyHasNeitherTimeNorSignature) {
  EXPECT_EQ(feishu_body(sample_notice("x"), "", 0),
            R"({"msg_type":"text","content":{"text":"x"}})");
}

TEST_F(FeishuRobot, WhoIsToBeReachedIsMentionedByIdAndNothingInTheTextIsAMark) {
  OutgoingNotice notice = sample_notice("x<at user_id=\"all\">");
  notice.address = "ou_xxx";
  EXPECT_EQ(feishu_body(notice, "", 0),
            R"({"msg_type":"text","content":{"text":"x＜at user_id=\"all\">\n)"
            R"(<at user_id=\"ou_xxx\"></at>"}})");
  notice = sample_notice("x");
  notice.address = "@all";
  EXPECT_EQ(feishu_body(notice, "", 0),
            R"({"msg_type":"text","content":{"text":"x\n<at user_id=\"all\">所有人</at>"}})");
  for (const char* address : {"13800138000", "x\"></at>", "张三"}) {
    notice.address = address;
    EXPECT_EQ(feishu_body(notice, "", 0), R"({"msg_type":"text","content":{"text":"x"}})");
  }
}

TEST_F(FeishuRobot, ABodyNeverHasMoreThanTwentyKilobytesWhateverJsonMakesOfIt) {
  for (const char* piece : {"x", "\n", "\"", "工", "\x01"}) {
    std::string text;
    while (text.size() < 50'000) text += piece;
    const std::string body = feishu_body(sample_notice(text), kSecret, 1770000000);
    EXPECT_LE(body.size(), 20'000U);
    EXPECT_GT(body.size(), 15'000U);
  }
  auto report = channel().deliver(sample_notice(std::string(50'000, 'x')));
  EXPECT_EQ(report.outcome, DeliveryOutcome::accepted);
}

TEST_F(FeishuRobot, EachCodeMeansWhatItShould) {
  struct Row {
    int64_t code;
    DeliveryOutcome outcome;
  };
  FeishuRobotChannel open = channel();
  for (const Row& row :
       {Row{9499, DeliveryOutcome::rejected}, Row{11232, DeliveryOutcome::held},
        Row{19021, DeliveryOutcome::denied}, Row{19022, DeliveryOutcome::denied},
        Row{19024, DeliveryOutcome::denied}, Row{19001, DeliveryOutcome::failed}}) {
    robot.answer_next({row.code});
    auto report = open.deliver(sample_notice());
    EXPECT_EQ(report.outcome, row.outcome) << row.code;
    EXPECT_EQ(shipped_hold("feishu_robot", report).has_value(), row.code == 11232) << row.code;
    expect_discreet(report);
  }
  EXPECT_EQ(robot.call_count(), 6U);
}

TEST_F(FeishuRobot, HoldsAreFromFiveToNinetySecondsAndNotTheSame) {
  DeliveryReport report;
  report.code = "11232";
  std::set<Duration> holds;
  for (int attempt = 1; attempt <= 500; ++attempt) {
    const std::string seed = "s:1:robot#" + std::to_string(attempt);
    const Duration hold = *shipped_hold("feishu_robot", report, seed);
    EXPECT_GE(hold, std::chrono::seconds(5));
    EXPECT_LE(hold, std::chrono::seconds(90));
    EXPECT_EQ(hold, shipped_hold("feishu_robot", report, seed));
    holds.insert(hold);
  }
  EXPECT_GT(holds.size(), 80U);
}

TEST_F(FeishuRobot, TheSixthInASecondIsHeld) {
  FeishuRobotChannel open = channel();
  for (int i = 0; i < 5; ++i) {
    ASSERT_EQ(open.deliver(sample_notice()).outcome, DeliveryOutcome::accepted);
  }
  auto report = open.deliver(sample_notice());
  EXPECT_EQ(report.outcome, DeliveryOutcome::held);
  EXPECT_TRUE(shipped_hold("feishu_robot", report).has_value());
  clock.advance(std::chrono::seconds(1));
  EXPECT_EQ(open.deliver(sample_notice()).outcome, DeliveryOutcome::accepted);
}

TEST_F(FeishuRobot, AWrongSecretOrAClockThatIsAnHourOffIsDenied) {
  EXPECT_EQ(channel("id: t0ken\nsecret: other\n").deliver(sample_notice()).outcome,
            DeliveryOutcome::denied);
  EXPECT_EQ(channel("id: t0ken\n").deliver(sample_notice()).outcome, DeliveryOutcome::denied);
  FakeClock off(clock.now() + std::chrono::minutes(61));
  FeishuRobotChannel early(rule_of(ChannelKind::feishu_robot, robot.target(), kAccount), kPatient,
                           off);
  EXPECT_EQ(early.deliver(sample_notice()).outcome, DeliveryOutcome::denied);
  off.advance(-std::chrono::minutes(2));
  EXPECT_EQ(early.deliver(sample_notice()).outcome, DeliveryOutcome::accepted);
}

TEST_F(FeishuRobot, EachFaultOfTheGatewayIsToldForWhatItIs) {
  for (const FaultCase& one : kFaultCases) {
    robot.spoil(one.fault);
    clock.advance(std::chrono::seconds(1));
    auto report = channel(kAccount, timeouts_for(one.fault)).deliver(sample_notice());
    EXPECT_EQ(report.outcome, one.outcome) << int(one.fault) << report.error.value_or("");
    expect_discreet(report);
  }
}

}  // namespace
}  // namespace jieban
