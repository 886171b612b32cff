// Goal: a group counts its orders right however many there are, and begins a ladder when it must.
#include "daemons/notifier/callout/callout.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

const Timestamp kNow = *parse_local("2026-03-10 08:00:00");

Alert alert_of_order(int number) {
  return {{{"topic", "deadline"}, {"order", std::to_string(number)}}, {}, kNow, std::nullopt};
}

TEST(Callout, MoreOrdersThanTheGroupHoldsAreCountedAndLetGoOneByOne) {
  Callout callout;
  const int many = int(kGroupAlertsMax) + 50;
  for (int i = 0; i < many; ++i) take_in(callout, alert_of_order(i), true, kNow);
  EXPECT_EQ(callout.orders, uint64_t(many));
  EXPECT_EQ(callout.group.episodes.size(), kGroupAlertsMax);
  for (int i = 0; i < many; ++i) {
    EXPECT_FALSE(is_over(callout));
    let_go(callout, alert_of_order(i), true, kNow);
  }
  EXPECT_EQ(callout.orders, 0U);
}

TEST(Callout, AnotherAlertOfTheSameOrderIsNoOtherOrder) {
  Callout callout;
  take_in(callout, alert_of_order(1), true, kNow);
  take_in(callout, alert_of_order(1), false, kNow);
  EXPECT_EQ(callout.orders, 1U);
  let_go(callout, alert_of_order(1), false, kNow);
  EXPECT_EQ(callout.orders, 1U);
}

TEST(Callout, TheSameGroupHasTheSameIdAndAShortCode) {
  EXPECT_EQ(callout_id("group"), callout_id("group"));
  EXPECT_NE(callout_id("group"), callout_id("groups"));
  EXPECT_EQ(callout_id("group").size(), 16U);
  EXPECT_EQ(code_of(callout_id("group")), callout_id("group").substr(1, 4));
}

// It is shown to people, and is the type of the notice's CloudEvent.
TEST(Callout, WhatTheMonitoringTellsHasATopicToo) {
  const auto topic_of = [](const LabelSet& labels) { return make_callout({}, labels).topic; };
  EXPECT_EQ(topic_of({{"topic", "deadline"}, {"alertname", "A"}}), "deadline");
  EXPECT_EQ(topic_of({{"alertname", "JiebanDaemonDown"}}), "monitoring");
  EXPECT_EQ(topic_of({{"job", "node"}}), "monitoring");
  EXPECT_EQ(topic_of({{"topic", "unit.down"}}), "unit.down");
  EXPECT_EQ(topic_of({{"topic", "老 机房"}}), "monitoring") << "no name of a topic";
}

TEST(Callout, ALadderThatIsClimbedIsNotBegunAnewAndOneThatRestsIsByNewsOnly) {
  EscalationRules rules;
  rules.policies["red"].steps.resize(2);
  Callout callout;
  EXPECT_TRUE(starts_ladder(callout, UpdateReason::first, rules));
  callout.ladder.emplace().policy = "red";
  EXPECT_FALSE(starts_ladder(callout, UpdateReason::more_firing, rules));
  callout.ladder->ran = 0;
  callout.ladder->step = 1;
  EXPECT_FALSE(starts_ladder(callout, UpdateReason::more_firing, rules)) << "the next step tells";
  callout.ladder->ran = 1;
  callout.ladder->step = 2;
  EXPECT_TRUE(starts_ladder(callout, UpdateReason::more_firing, rules)) << "no step would tell";
  EXPECT_FALSE(starts_ladder(callout, UpdateReason::repeat, rules));
  callout.ladder->phase = EscalationPhase::acknowledged;
  EXPECT_TRUE(starts_ladder(callout, UpdateReason::more_firing, rules));
  EXPECT_FALSE(starts_ladder(callout, UpdateReason::repeat, rules));
  callout.ladder->phase = EscalationPhase::exhausted;
  EXPECT_TRUE(starts_ladder(callout, UpdateReason::repeat, rules));
}

TEST(Callout, ALadderThatStandsStillIsNotDueButLookedAt) {
  Callout callout;
  callout.ladder = start_escalation("red", "", kNow);
  EXPECT_EQ(next_due(callout), kNow);
  callout.held_since = kNow;
  EXPECT_EQ(next_due(callout), kTimestampMax);
  callout.look_at = kNow + std::chrono::hours(1);
  EXPECT_EQ(next_due(callout), kNow + std::chrono::hours(1));
}

TEST(Callout, AClimbIsToldApartFromAllEarlierOnesOfItsGroup) {
  Callout callout;
  count_climb(callout, kNow);
  const uint64_t first = callout.climbs;
  count_climb(callout, kNow);
  EXPECT_GT(callout.climbs, first);
  Callout anew;  // the row was gone in between
  count_climb(anew, kNow + std::chrono::seconds(1));
  EXPECT_GT(anew.climbs, callout.climbs);
}

Alert alert_of_level(int number, const std::string& level) {
  Alert alert = alert_of_order(number);
  alert.labels["severity"] = alert.labels["level"] = level;
  return alert;
}

// What one change of its alerts makes of a group.
template <class Change>
void change_group(Callout& callout, Change change) {
  const Urgency before = worst_of(callout);
  change();
  settle_urgency(callout, true, before, kNow);
}

TEST(Callout, AGroupIsAsSevereAsTheWorstThatFiresInItHoweverManyThereAre) {
  Callout callout;
  callout.severity = "blue";
  change_group(callout, [&] {
    for (int i = 0; i < 50; ++i) take_in(callout, alert_of_level(i, "blue"), true, kNow);
    for (int i = 50; i < 52; ++i) take_in(callout, alert_of_level(i, "red"), true, kNow);
    refresh(callout, alert_of_level(51, "red"), kNow);
  });
  EXPECT_EQ(callout.severity, "red");
  change_group(callout, [&] { let_go(callout, alert_of_level(50, "red"), true, kNow); });
  EXPECT_EQ(callout.severity, "red");
  change_group(callout, [&] { let_go(callout, alert_of_level(51, "red"), true, kNow); });
  EXPECT_EQ(callout.severity, "blue");
}

TEST(Callout, OnlyWhatIsWorseThanAllThatWasToldWaitsForNoInterval) {
  const Timestamp tick = kNow + std::chrono::minutes(5);
  Callout callout;
  change_group(callout, [&] { take_in(callout, alert_of_level(1, "yellow"), true, kNow); });
  callout.group.tick_at = tick;
  change_group(callout, [&] { take_in(callout, alert_of_level(2, "red"), true, kNow); });
  EXPECT_EQ(callout.group.tick_at, tick) << "nothing was told yet: it still waits for company";
  callout.group.told.emplace();
  change_group(callout, [&] { take_in(callout, alert_of_level(3, "red"), true, kNow); });
  EXPECT_EQ(callout.group.tick_at, tick);
  change_group(callout, [&] {
    replace(callout, alert_of_level(3, "red"), alert_of_level(3, "emergency"), kNow);
  });
  EXPECT_EQ(callout.group.tick_at, kNow);
  EXPECT_EQ(callout.orders, 3U) << "of the same orders";
}

TEST(Callout, ARowFromBeforeTheCountIsCountedFromItsAlerts) {
  Callout callout;
  take_in(callout, alert_of_level(1, "red"), true, kNow);
  callout.firing.reset();
  change_group(callout, [&] { take_in(callout, alert_of_level(2, "blue"), true, kNow); });
  EXPECT_EQ(callout.severity, "red");
}

}  // namespace
}  // namespace jieban
