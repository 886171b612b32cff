// Goal: deadlines are those of DOMAIN §4.6, and what no calendar knows is told.
#include "common/clocks/reckoning.h"

#include "tests/support/calendars.h"
#include "tests/support/clock_limits.h"

namespace jieban {
namespace {

using std::chrono::days;
using std::chrono::hours;

Timestamp local_time(const std::string& text) { return *parse_local(text); }

std::string due(const ClockLimit& limit, const std::string& start) {
  const Reckoned found = reckon(limit, local_time(start), &office());
  return format_local(found.at) + (found.fault.empty() ? "" : " " + found.fault);
}

constexpr CalendarKind kWorkday = CalendarKind::workday;
constexpr CalendarKind kWorktime = CalendarKind::worktime;

TEST(Reckoning, TheVectorsOfTheDomainHold) {
  const auto natural = [](Duration span) { return limit_of(span); };
  const auto dates = [](int count) { return limit_by(kWorkday, days(count), Rounding::day_end); };
  EXPECT_EQ(due(natural(days(7)), "2026-02-13 17:00:00"), "2026-02-20 17:00:00");
  EXPECT_EQ(due(dates(5), "2026-02-13 17:00:00"), "2026-02-27 23:59:59");
  EXPECT_EQ(due(dates(2), "2026-02-27 10:00:00"), "2026-03-02 23:59:59");
  EXPECT_EQ(due(natural(hours(2)), "2026-09-30 23:30:00"), "2026-10-01 01:30:00");
  EXPECT_EQ(due(natural(days(7)), "2026-12-31 12:00:00"), "2027-01-07 12:00:00");
  EXPECT_EQ(due(dates(5), "2026-12-31 12:00:00"), "2027-01-05 23:59:59 CALENDAR_MISSING_2027");
  EXPECT_EQ(due(dates(3), "2026-09-18 09:00:00"), "2026-09-22 23:59:59");
}

TEST(Reckoning, OfficeHoursAreCountedOverLunchNightsAndHolidays) {
  EXPECT_EQ(due(limit_by(kWorktime, hours(4)), "2026-03-10 11:00:00"), "2026-03-10 16:30:00");
  EXPECT_EQ(due(limit_by(kWorktime, hours(1)), "2026-09-30 17:30:00"), "2026-10-08 09:30:00");
  EXPECT_EQ(due(limit_by(kWorktime, hours(1)), "2026-12-31 17:30:00"),
            "2026-12-31 18:30:00 CALENDAR_MISSING_2027");
}

TEST(Reckoning, ADayEndIsTheLastSecondOfThatDay) {
  ClockLimit limit = limit_of(days(7));
  limit.rounding = Rounding::day_end;
  EXPECT_EQ(due(limit, "2026-02-13 17:00:00"), "2026-02-20 23:59:59");
  EXPECT_EQ(due(limit_by(kWorkday, days(1)), "2026-02-13 17:00:00"), "2026-02-14 17:00:00");
}

TEST(Reckoning, WithoutACalendarOnlyNaturalTimeIsKnown) {
  const Timestamp start = local_time("2026-03-10 08:00:00");
  EXPECT_EQ(reckon(limit_of(hours(1)), start, nullptr).fault, "");
  const Reckoned found = reckon(limit_by(kWorkday, days(2)), start, nullptr);
  EXPECT_EQ(found.fault, "CALENDAR_MISSING");
  EXPECT_EQ(found.at, start + days(2));
}

TEST(Reckoning, AClockMayBeginOnADayOfTheMonth) {
  ClockLimit limit = limit_of(days(10));
  limit.from_day = 19;
  EXPECT_EQ(format_local(start_of(limit, local_time("2026-03-10 08:00:00"))),
            "2026-03-19 00:00:00");
  EXPECT_EQ(format_local(start_of(limit, local_time("2026-12-19 00:00:01"))),
            "2027-01-19 00:00:00");
  EXPECT_EQ(format_local(start_of(limit, local_time("2026-03-19 00:00:00"))),
            "2026-03-19 00:00:00");
  EXPECT_EQ(start_of(limit_of(days(1)), from_micros(5)), from_micros(5));
}

TEST(Reckoning, WhatPassesIsMeasuredByTheKindOfTheClock) {
  const Timestamp from = local_time("2026-03-13 17:00:00");  // a Friday
  const Timestamp to = local_time("2026-03-16 10:00:00");
  EXPECT_EQ(passed_between(CalendarKind::natural, from, to, nullptr).amount, micros(hours(65)));
  EXPECT_EQ(passed_between(kWorktime, from, to, &office()).amount, micros(hours(2)));
  EXPECT_EQ(passed_between(kWorkday, from, to, &office()).amount, 1);
  EXPECT_EQ(passed_between(kWorkday, to, from, &office()).amount, 0);
  EXPECT_EQ(passed_between(kWorktime, from, local_time("2027-03-16 10:00:00"), &office()).fault,
            "CALENDAR_MISSING_2027");
}

}  // namespace
}  // namespace jieban
