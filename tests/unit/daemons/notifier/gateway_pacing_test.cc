// Goal: a robot gets no more than its vendor allows, over however many of our channels, and a hold
// of it holds them all (DOMAIN §15.1).
#include "daemons/notifier/pacing.h"
#include "tests/unit/daemons/notifier/callout_fixture.h"

namespace jieban {
namespace {

using std::chrono::minutes;

// Channels of WeCom's robots; limits as the vendor states them (DOMAIN §15.1: of a robot).
class RobotsFixture : public NotifierFixture {
 public:
  explicit RobotsFixture(const std::vector<std::string>& accounts) {
    NotifierRules rules = test_rules();
    rules.channels.clear();
    for (const std::string& account : accounts) {
      names.push_back("robot" + std::to_string(names.size()));
      ChannelRule channel = channel_rule(names.back(), {"deadline.warned"});
      channel.kind = ChannelKind::wecom_robot;
      channel.target = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send";
      channel.account_file = account;
      rules.channels.push_back(std::move(channel));
    }
    load(rules);
    std::string text = kLadders;
    const std::string old = "spool: {limits: [{count: 1000, per: 1s}]}";
    text.replace(text.find(old), old.size(),
                 "wecom_robot: {limits: [{count: 20, per: 60s}], hold: {\"45009\": 60s}}");
    auto ladders = parse_alerting_rules(text, "ladders");
    EXPECT_TRUE(ladders.ok()) << ladders.error().message;
    input(rules_input(Callouts::kRulesName, *ladders));
  }
  void warn_of(uint64_t order_id) {
    DeadlineAlert alert = alert_of("A-" + std::to_string(order_id), 75);
    event(kAlertStream, topics::kDeadlineWarned, alert, order_id);
  }
  // All that is due and may go, by channel.
  std::vector<size_t> turn() {
    std::vector<size_t> sent;
    for (const std::string& name : names) {
      sent.push_back(0);
      for (const NoticeRow& row : due(name).rows) {
        if (begin(row.notice_id, row.attempts + 1) != "go") continue;
        end(row.notice_id, row.attempts + 1, DeliveryOutcome::accepted);
        ++sent.back();
      }
    }
    return sent;
  }

  std::vector<std::string> names;
};

TEST(GatewayPacing, ChannelsOfOneRobotShareItsLimits) {
  RobotsFixture robots({"/accounts/a.yaml", "/accounts/a.yaml", "/accounts/b.yaml"});
  for (uint64_t id = 1; id <= 15; ++id) robots.warn_of(id);
  EXPECT_EQ(robots.turn(), (std::vector<size_t>{15, 5, 15})) << "the third is another robot";
  robots.now += minutes(1);
  EXPECT_EQ(robots.turn(), (std::vector<size_t>{0, 10, 0})) << "and nothing is lost";
}

TEST(GatewayPacing, AHoldOfARobotHoldsEachOfItsChannels) {
  RobotsFixture robots({"/accounts/a.yaml", "/accounts/a.yaml", "/accounts/b.yaml"});
  robots.warn_of(1);
  const NoticeRow first = robots.due("robot0").rows.at(0);
  ASSERT_EQ(robots.begin(first.notice_id, 1), "go");
  DeliveryEnd end{first.notice_id, 1, DeliveryOutcome::failed, "45009"};
  end.code = "45009";
  robots.input(topics::kDeliveryEnd, end);
  robots.reopen();
  EXPECT_EQ(robots.turn(), (std::vector<size_t>{0, 0, 1}));
  robots.now += minutes(1);
  EXPECT_EQ(robots.turn(), (std::vector<size_t>{1, 1, 0}));
}

TEST(GatewayPacing, AnAttemptWhoseChannelGoesMeanwhileIsUnderWayNoMore) {
  RobotsFixture robots({"/accounts/a.yaml", "/accounts/a.yaml"});
  robots.warn_of(1);
  const NoticeRow first = robots.due("robot0").rows.at(0);
  ASSERT_EQ(robots.begin(first.notice_id, 1), "go");
  NotifierRules rules = test_rules();
  rules.channels = {channel_rule("robot1", {"deadline.warned"})};
  rules.channels[0].kind = ChannelKind::wecom_robot;
  rules.channels[0].target = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send";
  rules.channels[0].account_file = "/accounts/a.yaml";
  robots.load(rules);
  robots.end(first.notice_id, 1, DeliveryOutcome::accepted);
  robots.now += minutes(1);
  robots.names = {"robot1"};
  for (uint64_t id = 2; id <= 30; ++id) robots.warn_of(id);
  EXPECT_EQ(robots.turn(), std::vector<size_t>{20}) << "none of them is counted for ever";
}

TEST(GatewayPacing, AChannelOfARelayIsAGatewayOfItsOwn) {
  ChannelRule one = channel_rule("one", {});
  ChannelRule two = channel_rule("two", {});
  EXPECT_NE(gateway_of(one), gateway_of(two)) << "a relay decides by the channel";
  for (ChannelRule* each : {&one, &two}) {
    each->kind = ChannelKind::dingtalk_robot;
    each->target = "https://oapi.dingtalk.com/robot/send";
    each->account_file = "/accounts/a.yaml";
  }
  EXPECT_EQ(gateway_of(one), gateway_of(two));
  two.account_file = "/accounts/b.yaml";
  EXPECT_NE(gateway_of(one), gateway_of(two));
  two = one;
  two.target = "https://localhost/robot/send";
  EXPECT_NE(gateway_of(one), gateway_of(two));
}

}  // namespace
}  // namespace jieban
