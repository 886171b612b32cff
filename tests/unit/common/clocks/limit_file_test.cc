// Goal: each form of a limit is read as it is meant, and what makes no sense is told with its
// place.
#include "common/clocks/limit_file.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

using std::chrono::days;
using std::chrono::hours;

Result<ClassRules> read(const std::string& more) {
  auto document = Document::parse("sign: 10m\nforward: 1h\ndue: 7d\n" + more, "c.yaml");
  if (!document.ok()) return document.error();
  return read_class(document->root());
}

std::string wrong(const std::string& more) {
  auto rules = read(more);
  return rules.ok() ? "nothing is wrong" : rules.error().message;
}

TEST(LimitFile, EachFormOfALimitIsRead) {
  auto rules = read(R"(internal: due - 24h
return: 24h
review: {limit: 10d, from_day: 19}
audit: {limit: 5d, calendar: workday, rounding: day_end}
contact: {limit: 4h, calendar: worktime}
extension: {count: 2, length: 5d}
pauses: [court, return_pending]
)");
  ASSERT_TRUE(rules.ok()) << rules.error().message;
  EXPECT_EQ(Duration(rules->internal->span), hours(24));
  EXPECT_TRUE(*rules->internal->before_due);
  EXPECT_EQ(Duration(rules->return_window->span), hours(24));
  EXPECT_EQ(rules->review->from_day, 19U);
  EXPECT_EQ(rules->audit->calendar, CalendarKind::workday);
  EXPECT_EQ(rules->audit->rounding, Rounding::day_end);
  EXPECT_EQ(rules->contact->kind(), CalendarKind::worktime);
  EXPECT_EQ(rules->extension.count, 2U);
  EXPECT_EQ(Duration(*rules->extension.length), days(5));
  EXPECT_TRUE(rules->may_pause(PauseReason::court));
  EXPECT_FALSE(rules->may_pause(PauseReason::awaiting_caller));
  EXPECT_FALSE(rules->redo.has_value());
}

TEST(LimitFile, WhatMakesNoSenseIsToldWithItsPlace) {
  struct Fault {
    const char* more;
    const char* told;
  };
  const std::vector<Fault> faults = {
      {"", "nothing is wrong"},
      {"internal: due - 0h\n", "c.yaml:4:11: a time limit must be longer than nothing"},
      {"internal: due - soon\n", "c.yaml:4:11: "},
      {"audit: {limit: 36h, calendar: workday}\n", "c.yaml:4:8: working days are counted whole"},
      {"audit: {limit: 5d, calendar: lunar}\n", "c.yaml:4:30: calendar is natural"},
      {"audit: {limit: 5d, rounding: up}\n", "c.yaml:4:30: rounding is exact"},
      {"audit: {calendar: natural}\n", "c.yaml:4:8: "},
      {"internal: {limit: due - 1h, rounding: day_end}\n", "c.yaml:4:11: what ends before"},
      {"review: {limit: 5d, from_day: 31}\n", "c.yaml:4:31: from_day is from 1 to 28"},
      {"extension: {count: -1}\n", "c.yaml:4:20: count"},
      {"pauses: [lunch]\n", "c.yaml:4:10: a clock pauses for"},
      {"lunch: 1h\n", "c.yaml:4:1: "},
  };
  for (const Fault& fault : faults) EXPECT_EQ(wrong(fault.more).find(fault.told), 0U) << fault.more;
}

// The due clock cannot end before itself.
TEST(LimitFile, TheDueClockHasALimitOfItsOwn) {
  auto document = Document::parse("sign: 10m\nforward: 1h\ndue: due - 1h\n", "c.yaml");
  EXPECT_FALSE(read_class(document->root()).ok());
}

}  // namespace
}  // namespace jieban
