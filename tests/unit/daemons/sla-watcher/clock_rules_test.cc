// Goal: each clock has its own limit, and the ladder says who is warned how often.
#include "daemons/sla-watcher/clock_rules.h"

#include "tests/unit/daemons/sla-watcher/sla_fixture.h"

namespace jieban {
namespace {

TEST(ClockRules, EachClockHasALimitOfItsOwn) {
  ClassRules rules;
  for (size_t i = 0; i < kClockKinds.size(); ++i) {
    EXPECT_FALSE(rules.limit(kClockKinds.at(i)).has_value());
    rules.limit(kClockKinds.at(i)) = ClockLimit{.span = int64_t(i) + 1};
  }
  for (size_t i = 0; i < kClockKinds.size(); ++i) {
    EXPECT_EQ(rules.limit(kClockKinds.at(i))->span, int64_t(i) + 1);
  }
  EXPECT_EQ(rules.return_window->span, 3);
  EXPECT_EQ(rules.review->span, 10);
}

TEST(ClockRules, NoReasonPausesByDefault) {
  ClassRules rules;
  EXPECT_FALSE(rules.may_pause(PauseReason::court));
  rules.pauses = {PauseReason::court};
  EXPECT_TRUE(rules.may_pause(PauseReason::court));
  EXPECT_FALSE(rules.may_pause(PauseReason::return_pending));
}

TEST(ClockRules, AShortLadderIsForItsClocksAndItsClasses) {
  const Ladder ladder = whole_catalogue().ladder;
  EXPECT_TRUE(ladder.is_short(ClockKind::sign, "general"));
  EXPECT_TRUE(ladder.is_short(ClockKind::due, "emergency"));
  EXPECT_FALSE(ladder.is_short(ClockKind::due, "general"));
}

TEST(ClockRules, TheBreachIsRedAndARungHasItsColour) {
  const Ladder ladder = whole_catalogue().ladder;
  EXPECT_EQ(ladder.level_of(75), "yellow");
  EXPECT_EQ(ladder.level_of(kBreachPercent), "red");
  EXPECT_EQ(ladder.level_of(60), "");
}

TEST(ClockRules, WhatIsRecordedIsWhatWasLoaded) {
  ClockRules rules = whole_catalogue();
  rules.calendar = office_calendar();
  const std::string recorded = encode_payload(rules);
  auto again = decode_payload<ClockRules>(recorded);
  ASSERT_TRUE(again.ok()) << again.error().message;
  EXPECT_EQ(encode_payload(*again), recorded);
  EXPECT_EQ(again->calendar, rules.calendar);
}

}  // namespace
}  // namespace jieban
