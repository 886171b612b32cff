// Goal: deadlines are those of DOMAIN §4.6, a rung stands where it should, and what no calendar
// knows is told.
#include "daemons/sla-watcher/reckoning.h"

#include "tests/support/calendars.h"
#include "tests/unit/daemons/sla-watcher/sla_fixture.h"

namespace jieban {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

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

TEST(Reckoning, ARungStandsAtItsShareOfTheSpan) {
  const Timestamp start = local_time("2026-03-10 08:00:00");
  const auto rung = [&](Duration span, uint64_t percent) {
    return rung_time({start, start + span}, percent, nullptr) - start;
  };
  EXPECT_EQ(rung(minutes(10), 50), minutes(5));
  EXPECT_EQ(rung(minutes(10), 75), seconds(450));
  EXPECT_EQ(rung(minutes(10), 100), minutes(10));
  EXPECT_EQ(rung(Duration(3), 50), Duration(1));
  const Timestamp old = local_time("1970-01-01 08:00:00");
  const Timestamp end = local_time("2199-12-31 23:59:59");
  EXPECT_EQ(rung_time({old, end}, 100, nullptr), end);
  EXPECT_LT(rung_time({old, end}, 90, nullptr), end);
}

TEST(Reckoning, ARungOfWorkingTimeIsAShareOfWorkingTime) {
  const Timestamp friday = local_time("2026-03-13 17:00:00");
  const Timestamp deadline = reckon(limit_by(kWorktime, hours(4)), friday, &office()).at;
  EXPECT_EQ(format_local(deadline), "2026-03-16 12:00:00");
  const ClockSpan span{friday, deadline, 0, kWorktime};
  EXPECT_EQ(format_local(rung_time(span, 50, &office())), "2026-03-16 10:00:00");
}

struct Ask {
  Ladder ladder = whole_catalogue().ladder;
  ClockKind clock = ClockKind::due;
  std::string order_class = "general";

  Armed next(Timestamp start, Timestamp end, uint64_t after,
             std::optional<Timestamp> past = {}) const {
    return next_rung({ladder, clock, order_class, nullptr}, {start, end}, after, past);
  }
};

TEST(Reckoning, TheFirstRungIsTheLowestThatHasNotPassed) {
  const Ask ask;
  const Timestamp start = local_time("2026-03-10 08:00:00");
  const Timestamp end = start + minutes(100);
  EXPECT_EQ(ask.next(start, end, 0, start).percent, 50U);
  EXPECT_EQ(ask.next(start, end, 0, start + minutes(50) - Duration(1)).percent, 50U);
  EXPECT_EQ(ask.next(start, end, 0, start + minutes(50)).percent, 75U);
  EXPECT_EQ(ask.next(start, end, 0, start + minutes(90)).percent, kBreachPercent);
  EXPECT_EQ(ask.next(start, end, 0, end + minutes(1)).percent, kBreachPercent);
  // A deadline before its start, as a wrong order prints it: only the breach.
  EXPECT_EQ(ask.next(start, start - minutes(1), 0, start).percent, kBreachPercent);
}

TEST(Reckoning, AfterEachRungComesTheNextAndAfterTheBreachNone) {
  Ask ask;
  const Timestamp start = local_time("2026-03-10 08:00:00");
  const Timestamp end = start + minutes(100);
  EXPECT_EQ(ask.next(start, end, 50).percent, 75U);
  EXPECT_EQ(ask.next(start, end, 60).percent, 75U);
  EXPECT_EQ(ask.next(start, end, 90).percent, kBreachPercent);
  EXPECT_EQ(ask.next(start, end, 90).fires_at, end + Duration(1));
  EXPECT_EQ(ask.next(start, end, 100).percent, 0U);
  ask.ladder.rungs.clear();
  EXPECT_EQ(ask.next(start, end, 0).percent, kBreachPercent);
}

// DOMAIN §4.4: a day, and four hours, before the deadline, of clocks of two days and more.
TEST(Reckoning, ALongClockAlsoWarnsByWhatIsLeft) {
  const Ask ask;
  const Timestamp start = local_time("2026-03-10 08:00:00");
  // 75 percent of a week come before its last day; 90 of two days before their last four hours.
  EXPECT_EQ(ask.next(start, start + days(7), 50).fires_at, start + hours(126));
  EXPECT_EQ(ask.next(start, start + hours(48), 50).fires_at, start + hours(24));
  EXPECT_EQ(ask.next(start, start + hours(48), 75).fires_at, start + minutes(2592));
  EXPECT_EQ(ask.next(start, start + hours(47), 50).fires_at, start + minutes(2115));
}

TEST(Reckoning, AShortLadderAndAWindowWarnLess) {
  Ask ask;
  const Timestamp start = local_time("2026-03-10 08:00:00");
  const Timestamp end = start + minutes(10);
  ask.clock = ClockKind::sign;
  EXPECT_EQ(ask.next(start, end, 75).percent, kBreachPercent);
  ask.clock = ClockKind::due;
  ask.order_class = "emergency";
  EXPECT_EQ(ask.next(start, end, 75).percent, kBreachPercent);
  ask = Ask();
  ask.clock = ClockKind::return_window;
  EXPECT_EQ(ask.next(start, end, 0).fires_at, end + Duration(1));
}

TEST(Reckoning, TheBreachIsRepeatedUpToItsLimit) {
  Ladder ladder = whole_catalogue().ladder;
  const Timestamp end = local_time("2026-03-10 08:00:00");
  EXPECT_EQ(next_repeat(ladder, end, 1).fires_at, end + Duration(1) + hours(2));
  EXPECT_EQ(next_repeat(ladder, end, 12).fires_at, end + Duration(1) + hours(24));
  EXPECT_EQ(next_repeat(ladder, end, 13).percent, 0U);
  ladder.repeat = 0;
  EXPECT_EQ(next_repeat(ladder, end, 1).percent, 0U);
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
