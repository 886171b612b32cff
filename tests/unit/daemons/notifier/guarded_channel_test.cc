// Goal: a robot whose key is none is asked once, and again only with another account or rule.
#include "daemons/notifier/guarded_channel.h"

#include "tests/support/gateways/wecom_emulator.h"
#include "tests/unit/daemons/notifier/channels/channel_fixture.h"

namespace jieban {
namespace {

class GuardedChannelTest : public ChannelTest {
 protected:
  std::unique_ptr<Channel> open(const std::string& account) {
    const auto opener = guarded_channels(real_channels(kPatient, clock));
    return opener(rule_of(ChannelKind::wecom_robot, robot.target(), account));
  }
  WecomEmulator robot{clock, "t0ken/1"};
};

TEST_F(GuardedChannelTest, AKeyThatIsNoneIsAskedForOnceUntilTheAccountFileIsAnother) {
  auto channel = open("key: SECdemo\n");
  for (int i = 0; i < 5; ++i) {
    auto report = channel->deliver(sample_notice());
    EXPECT_EQ(report.outcome, DeliveryOutcome::disabled);
    expect_discreet(report);
  }
  EXPECT_EQ(robot.call_count(), 1U) << "93000 disables the robot";
  write_account("key: SECdemo\n");
  EXPECT_EQ(channel->deliver(sample_notice()).outcome, DeliveryOutcome::disabled);
  EXPECT_EQ(robot.call_count(), 1U) << "the same key, written again";
  write_account("key: t0ken/1\n");
  EXPECT_EQ(channel->deliver(sample_notice()).outcome, DeliveryOutcome::accepted);
  EXPECT_EQ(channel->deliver(sample_notice()).outcome, DeliveryOutcome::accepted);
  EXPECT_EQ(robot.messages().size(), 2U);
}

class Planning : public Channel {
 public:
  AttemptPlan plan(const OutgoingNotice& notice) override { return {notice.notice_id, 2}; }
  DeliveryReport deliver(const OutgoingNotice&) override { return {}; }
};

TEST(GuardedChannel, WhatIsPlannedBehindItIsPlanned) {
  ChannelRule rule;
  rule.account_file = "/nowhere";
  auto channel =
      guarded_channels([](const ChannelRule&) { return std::make_unique<Planning>(); })(rule);
  EXPECT_EQ(channel->plan(sample_notice()).gateway_id, "s:1:robot");
  EXPECT_EQ(channel->plan(sample_notice()).parts, 2U);
}

TEST_F(GuardedChannelTest, OtherRulesOpenAnotherChannelWhichAsksAgain) {
  open("key: SECdemo\n")->deliver(sample_notice());
  EXPECT_EQ(open("key: t0ken/1\n")->deliver(sample_notice()).outcome, DeliveryOutcome::accepted);
  EXPECT_EQ(robot.call_count(), 2U);
}

TEST_F(GuardedChannelTest, WhatIsMerelyDeniedOrHasFailedIsAskedEachTime) {
  auto channel = open("key: t0ken/1\n");
  robot.answer_next({45009, -1, 12345});
  for (DeliveryOutcome outcome : {DeliveryOutcome::held, DeliveryOutcome::busy,
                                  DeliveryOutcome::failed, DeliveryOutcome::accepted}) {
    EXPECT_EQ(channel->deliver(sample_notice()).outcome, outcome);
  }
  EXPECT_EQ(robot.call_count(), 4U);
  write_account("kee: t0ken/1\n");
  EXPECT_EQ(channel->deliver(sample_notice()).outcome, DeliveryOutcome::denied);
  write_account("key: t0ken/1\n");
  EXPECT_EQ(channel->deliver(sample_notice()).outcome, DeliveryOutcome::accepted);
}

TEST_F(GuardedChannelTest, AChannelWithoutAnAccountHasNoGuard) {
  class Plain : public Channel {
   public:
    DeliveryReport deliver(const OutgoingNotice&) override {
      return {DeliveryOutcome::disabled, "no"};
    }
  };
  const auto opener =
      guarded_channels([](const ChannelRule&) { return std::make_unique<Plain>(); });
  auto channel = opener(ChannelRule());
  EXPECT_NE(dynamic_cast<Plain*>(channel.get()), nullptr);
}

}  // namespace
}  // namespace jieban
