// Goal: a channel that leaves the rules takes nothing with it.
#include "tests/unit/daemons/notifier/callout_fixture.h"

namespace jieban {
namespace {

NotifierRules rules_of(const std::vector<std::pair<std::string, std::string>>& channels) {
  NotifierRules rules = test_rules();
  rules.channels.clear();
  for (const auto& [name, method] : channels) {
    rules.channels.push_back(channel_rule(name, {}));
    rules.channels.back().method = method;
  }
  return rules;
}

TEST(NotifierChannels, ACallGoesByTheChannelThatHasItsMethodNow) {
  CalloutFixture desk;
  const NoticeStep call = queued_in(desk.emergency(1, "A-1"));
  desk.load(rules_of({{"gateway", "sms"}, {"group", "robot"}}));
  EXPECT_TRUE(desk.due("phone").rows.empty());
  ASSERT_EQ(desk.due("gateway").rows.size(), 1U);
  EXPECT_EQ(desk.due("gateway").rows[0].notice_id, call.notice_id);
  EXPECT_EQ(desk.begin(call.notice_id, 1), "go");
}

TEST(NotifierChannels, WhereNoChannelHasTheMethodThePersonsNextMeansIsUsedAtOnce) {
  CalloutFixture desk;
  const NoticeStep call = queued_in(desk.emergency(1, "A-1"));
  const auto told = events_of(desk.load(rules_of({{"group", "robot"}})));
  EXPECT_EQ(count_of(told, topics::kNoticeAbandoned), 1U);
  EXPECT_EQ(desk.row(call.notice_id).state, NoticeState::abandoned);
  EXPECT_EQ(calls_in(desk.advance(Duration(0))), std::vector<std::string>{"li/robot"});
}

TEST(NotifierChannels, WhatWasUnderWayThenGoesByAnotherWhenItFails) {
  CalloutFixture desk;
  const NoticeStep call = queued_in(desk.emergency(1, "A-1"));
  desk.begin(call.notice_id, 1);
  desk.load(rules_of({{"gateway", "sms"}}));
  desk.end(call.notice_id, 1, DeliveryOutcome::failed);
  EXPECT_EQ(desk.row(call.notice_id).channel, "gateway");
  EXPECT_EQ(desk.row(call.notice_id).state, NoticeState::waiting);
}

}  // namespace
}  // namespace jieban
