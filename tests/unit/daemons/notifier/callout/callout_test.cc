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

TEST(Callout, ALadderThatIsClimbedIsNotBegunAnewAndOneThatRestsIsByNewsOnly) {
  Callout callout;
  EXPECT_TRUE(starts_ladder(callout, UpdateReason::first));
  callout.ladder.emplace();
  EXPECT_FALSE(starts_ladder(callout, UpdateReason::more_firing));
  callout.ladder->phase = EscalationPhase::acknowledged;
  EXPECT_TRUE(starts_ladder(callout, UpdateReason::more_firing));
  EXPECT_FALSE(starts_ladder(callout, UpdateReason::repeat));
  callout.ladder->phase = EscalationPhase::exhausted;
  EXPECT_TRUE(starts_ladder(callout, UpdateReason::repeat));
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

}  // namespace
}  // namespace jieban
