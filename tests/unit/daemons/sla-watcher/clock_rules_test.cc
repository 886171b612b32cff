// Goal: the ladder says who is warned how often, and what is recorded is what was loaded.
#include "daemons/sla-watcher/clock_rules.h"

#include "tests/unit/daemons/sla-watcher/sla_fixture.h"

namespace jieban {
namespace {

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
