// DOMAIN §9.3 and §19, scenario 10.
#include "common/assessment/cycle.h"

#include <gtest/gtest.h>

#include "tests/support/calendars.h"

namespace jieban {
namespace {

std::string told(const Span& span) {
  return format_local(span.from).substr(0, 16) + " - " + format_local(span.to).substr(0, 16);
}

CycleSpans spans(std::string_view date, bool rollover = true) {
  CycleRules rules;
  rules.rollover = rollover;
  return cycle_spans(day(date), rules);
}

TEST(Cycle, EndsOnThe18thAndIsCalledAfterThatMonth) {
  const CycleSpans july = spans("2026-07-18");
  EXPECT_EQ(told(july.daily), "2026-07-17 12:00 - 2026-07-18 12:00");
  EXPECT_EQ(told(july.cumulative), "2026-06-19 00:00 - 2026-07-18 12:00");
  EXPECT_EQ(told(july.previous), "2026-05-19 00:00 - 2026-06-18 12:00");
  EXPECT_EQ(july.label, "2026年7月");
}

TEST(Cycle, BeginsAnewOnThe19th) {
  const CycleSpans august = spans("2026-07-19");
  EXPECT_EQ(told(august.daily), "2026-07-18 12:00 - 2026-07-19 12:00");
  EXPECT_EQ(told(august.cumulative), "2026-07-19 00:00 - 2026-07-19 12:00");
  EXPECT_EQ(told(august.previous), "2026-06-19 00:00 - 2026-06-19 12:00");
  EXPECT_EQ(august.label, "2026年8月");
}

TEST(Cycle, ADayThatTheMonthBeforeLacksIsItsLast) {
  const CycleSpans march = spans("2026-03-31");
  EXPECT_EQ(told(march.cumulative), "2026-03-19 00:00 - 2026-03-31 12:00");
  EXPECT_EQ(told(march.previous), "2026-02-19 00:00 - 2026-02-28 12:00");
  EXPECT_EQ(march.label, "2026年4月");
  EXPECT_EQ(told(spans("2024-02-29").last_year), "2023-02-19 00:00 - 2023-02-28 12:00");
}

TEST(Cycle, WithoutRolloverItRunsOnIntoTheNext) {
  const CycleSpans march = spans("2026-03-31", false);
  EXPECT_EQ(told(march.cumulative), "2026-02-19 00:00 - 2026-03-31 12:00");
  EXPECT_EQ(told(march.previous), "2026-01-19 00:00 - 2026-02-28 12:00");
  EXPECT_EQ(march.label, "2026年3月");
  EXPECT_EQ(told(spans("2026-07-25", false).cumulative), "2026-06-19 00:00 - 2026-07-25 12:00");
  EXPECT_EQ(spans("2026-07-18", false).label, "2026年7月");
}

TEST(Cycle, PassesOverTheYear) {
  EXPECT_EQ(told(spans("2026-01-05").cumulative), "2025-12-19 00:00 - 2026-01-05 12:00");
  EXPECT_EQ(spans("2026-01-05").label, "2026年1月");
  EXPECT_EQ(spans("2025-12-19").label, "2026年1月");
}

TEST(Cycle, CompletionCountsFromThe10thOfTheMonthBefore) {
  EXPECT_EQ(told(spans("2026-07-18").closed), "2026-06-10 00:00 - 2026-07-18 12:00");
  EXPECT_EQ(told(spans("2026-01-18").closed), "2025-12-10 00:00 - 2026-01-18 12:00");
}

TEST(Cycle, AWholeOneIsFoundByItsLabelAndByEachOfItsDays) {
  const CycleRules rules;
  const auto july = parse_cycle("2026-07", rules);
  ASSERT_TRUE(july);
  EXPECT_EQ(told(*july), "2026-06-19 00:00 - 2026-07-19 00:00");
  EXPECT_EQ(whole_cycle(day("2026-06-19"), rules), *july);
  EXPECT_EQ(whole_cycle(day("2026-07-18"), rules), *july);
  EXPECT_EQ(cycle_label(july->from, rules), "2026-07");
  EXPECT_EQ(cycle_label(july->to - Duration(1), rules), "2026-07");
  EXPECT_EQ(cycle_label(july->to, rules), "2026-08");
  EXPECT_FALSE(parse_cycle("2026-13", rules));
  EXPECT_FALSE(parse_cycle("2026", rules));
}

TEST(Cycle, OfThe1stIsTheCalendarMonth) {
  CycleRules rules;
  rules.cycle_day = 1;
  const auto february = parse_cycle("2026-02", rules);
  ASSERT_TRUE(february);
  EXPECT_EQ(told(*february), "2026-02-01 00:00 - 2026-03-01 00:00");
  EXPECT_EQ(cycle_spans(day("2026-02-28"), rules).label, "2026年2月");
}

TEST(Cycle, DaysAndInstantsAgree) {
  EXPECT_EQ(format_local(midnight(day("2026-07-18"))), "2026-07-18 00:00:00");
  EXPECT_EQ(to_text(local_day(*parse_local("2026-07-18 23:59:59"))), "2026-07-18");
  EXPECT_EQ(to_text(shift_months(day("2026-01-31"), 1)), "2026-02-28");
}

}  // namespace
}  // namespace jieban
