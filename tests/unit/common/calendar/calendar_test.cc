// Working time and working days: the vectors of DOMAIN §4.6, and each edge by hand.
#include "common/calendar/calendar.h"

#include <gtest/gtest.h>

#include "tests/support/calendars.h"

namespace jieban {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

std::string after(const Calendar& calendar, std::string_view from, Duration work) {
  return told(calendar, calendar.add(at(calendar, from), work));
}

int64_t between(const Calendar& calendar, std::string_view from, std::string_view to) {
  auto work = calendar.between(at(calendar, from), at(calendar, to));
  EXPECT_TRUE(work.ok()) << work.error().message;
  return work->count() / 1'000'000;
}

Calendar night_shift() {
  return calendar_of(calendar_text("Asia/Shanghai", "mon-fri", R"(["20:00-08:00"])"));
}

TEST(Calendar, WorkdaysOfDomainVectors) {
  EXPECT_EQ(told(office().add_workdays(day("2026-02-13"), 5)), "2026-02-27");
  EXPECT_EQ(told(office().add_workdays(day("2026-02-27"), 2)), "2026-03-02");
  EXPECT_EQ(told(office().add_workdays(day("2026-09-18"), 3)), "2026-09-22");
}

TEST(Calendar, ADayCountsFromTheNextAndBackFromTheDayBefore) {
  EXPECT_EQ(told(office().add_workdays(day("2026-02-14"), 1)), "2026-02-24");
  EXPECT_EQ(told(office().add_workdays(day("2026-02-16"), 1)), "2026-02-24");
  EXPECT_EQ(told(office().add_workdays(day("2026-02-24"), -1)), "2026-02-14");
  EXPECT_EQ(told(office().add_workdays(day("2026-02-16"), 0)), "2026-02-16");
  EXPECT_EQ(*office().workdays_between(day("2026-02-13"), day("2026-02-27")), 5);
  EXPECT_EQ(*office().workdays_between(day("2026-02-27"), day("2026-02-13")), 0);
}

TEST(Calendar, ABudgetThatEndsAtClosingTimeEndsThere) {
  EXPECT_EQ(after(office(), "2026-03-09 09:00:00", hours(3)), "2026-03-09 12:00:00");
  EXPECT_EQ(after(office(), "2026-03-09 09:00:00", hours(3) + seconds(1)), "2026-03-09 13:30:01");
  EXPECT_EQ(after(office(), "2026-03-13 13:30:00", hours(4) + minutes(30)), "2026-03-13 18:00:00");
  EXPECT_EQ(after(office(), "2026-03-13 18:00:00", seconds(1)), "2026-03-16 09:00:01");
}

TEST(Calendar, ABudgetCountedBackToOpeningTimeEndsThere) {
  EXPECT_EQ(after(office(), "2026-03-09 12:00:00", -hours(3)), "2026-03-09 09:00:00");
  EXPECT_EQ(after(office(), "2026-03-09 09:00:00", -seconds(1)), "2026-03-06 17:59:59");
  EXPECT_EQ(after(office(), "2026-03-08 10:00:00", -hours(1)), "2026-03-06 17:00:00");
}

TEST(Calendar, NothingAddedIsTheInstantItself) {
  EXPECT_EQ(after(office(), "2026-03-08 10:00:00", seconds(0)), "2026-03-08 10:00:00");
}

TEST(Calendar, SpringFestivalIsPassedOver) {
  // Saturday 14 February is a make-up day; the office opens again on the 24th.
  EXPECT_EQ(after(office(), "2026-02-14 17:00:00", hours(2)), "2026-02-24 10:00:00");
  EXPECT_EQ(between(office(), "2026-02-14 17:00:00", "2026-02-24 10:00:00"), 7200);
  EXPECT_EQ(between(office(), "2026-02-15 00:00:00", "2026-02-24 09:00:00"), 0);
}

TEST(Calendar, ASpanThatRunsBackwardsHoldsNoWork) {
  EXPECT_EQ(between(office(), "2026-03-10 18:00:00", "2026-03-10 09:00:00"), 0);
}

TEST(Calendar, AWindowOverMidnightBelongsToTheDayOnWhichItStarts) {
  const Calendar night = night_shift();
  // Friday's shift ends on Saturday morning; the next begins on Monday evening.
  EXPECT_EQ(after(night, "2026-03-13 20:00:00", hours(12)), "2026-03-14 08:00:00");
  EXPECT_EQ(after(night, "2026-03-13 20:00:00", hours(12) + seconds(1)), "2026-03-16 20:00:01");
  EXPECT_TRUE(*night.is_working(at(night, "2026-03-14 07:59:59")));
  EXPECT_FALSE(*night.is_working(at(night, "2026-03-14 08:00:00")));
  EXPECT_FALSE(*night.is_working(at(night, "2026-03-16 07:00:00")));
  EXPECT_EQ(between(night, "2026-03-14 00:00:00", "2026-03-16 00:00:00"), 8 * 3600);
}

TEST(Calendar, HoursMayDifferByWeekdayAndOnMakeUpDays) {
  const Calendar calendar = calendar_of(
      "name: a\nworking_days: official\n"
      "windows: {mon: [\"09:00-17:00\"], tue: [\"10:00-12:00\"], makeup: [\"08:00-09:00\"]}\n");
  EXPECT_EQ(between(calendar, "2026-03-09 00:00:00", "2026-03-11 00:00:00"), 10 * 3600);
  EXPECT_EQ(between(calendar, "2026-02-14 00:00:00", "2026-02-15 00:00:00"), 3600);
  // A working day without hours is one all the same when days are counted.
  EXPECT_EQ(told(calendar.add_workdays(day("2026-03-10"), 1)), "2026-03-11");
}

TEST(Calendar, TheFilesOwnDaysGoBeforeTheOfficialOnes) {
  const Calendar calendar = calendar_of(
      "name: a\nworking_days: official\nwindows: [\"09:00-12:00\"]\n"
      "holidays: [2026-03-09/2026-03-10, 03-12]\nmakeup: [2026-03-12, 2026-10-01]\n");
  EXPECT_FALSE(*calendar.is_working_day(day("2026-03-09")));
  EXPECT_TRUE(*calendar.is_working_day(day("2026-03-12")));
  EXPECT_FALSE(*calendar.is_working_day(day("2025-03-12")));
  EXPECT_TRUE(*calendar.is_working_day(day("2026-10-01")));
}

TEST(Calendar, OpeningAndClosing) {
  EXPECT_EQ(told(office(), office().opening(at(office(), "2026-02-14 18:00:00"))),
            "2026-02-24 09:00:00");
  EXPECT_EQ(told(office(), office().opening(at(office(), "2026-02-24 09:30:00"))),
            "2026-02-24 09:30:00");
  EXPECT_EQ(*office().closing(day("2026-02-14")).value(), at(office(), "2026-02-14 18:00:00"));
  EXPECT_FALSE(office().closing(day("2026-02-15")).value().has_value());
}

TEST(Calendar, AYearWithoutAnOfficialCalendarIsAnError) {
  const std::string missing = "CALENDAR_MISSING_2027: no official calendar for 2027: it is not";
  EXPECT_EQ(told(office().add_workdays(day("2026-12-31"), 5)).find(missing), 0U);
  EXPECT_EQ(after(office(), "2026-12-31 17:00:00", hours(1) + seconds(1)).find(missing), 0U);
  EXPECT_EQ(after(office(), "2027-03-01 09:00:00", seconds(0)).find(missing), 0U);
  EXPECT_EQ(told(office(), office().opening(at(office(), "2026-12-31 18:00:00"))).find(missing),
            0U);
  EXPECT_FALSE(office().is_working_day(day("2027-01-01")).ok());
  EXPECT_FALSE(office().is_working(at(office(), "2027-01-01 00:00:00")).ok());
  EXPECT_FALSE(office().workdays_between(day("2026-12-31"), day("2027-01-04")).ok());
  EXPECT_EQ(after(office(), "2020-01-02 09:00:00", -seconds(1)).find("CALENDAR_MISSING_2019"), 0U);
  EXPECT_EQ(told(office().add_workdays(day("2020-01-02"), -1)).find("CALENDAR_MISSING_2019"), 0U);
  EXPECT_EQ(after(office(), "2019-06-03 09:00:00", seconds(1)).find("CALENDAR_MISSING_2019"), 0U);
}

TEST(Calendar, WhatEndsWithTheLastKnownYearIsKnown) {
  EXPECT_EQ(after(office(), "2026-12-31 17:00:00", hours(1)), "2026-12-31 18:00:00");
  EXPECT_EQ(between(office(), "2026-12-31 17:00:00", "2027-01-01 00:00:00"), 3600);
  EXPECT_EQ(told(office().add_workdays(day("2026-12-30"), 1)), "2026-12-31");
}

TEST(Calendar, TheNightIntoAnUnknownYearBelongsToTheKnownOne) {
  const Calendar night =
      calendar_of(calendar_text("Asia/Shanghai", "official", R"(["20:00-08:00"])"));
  EXPECT_EQ(after(night, "2026-12-31 20:00:00", hours(12)), "2027-01-01 08:00:00");
  EXPECT_FALSE(night.add(at(night, "2026-12-31 20:00:00"), hours(12) + seconds(1)).ok());
  // Whether people worked until 1 January 2020, 08:00, stands in the calendar of 2019.
  EXPECT_FALSE(night.is_working(at(night, "2020-01-01 07:59:59")).ok());
  EXPECT_TRUE(night.is_working(at(night, "2020-01-01 08:00:00")).ok());
  EXPECT_FALSE(night.add(at(night, "2020-01-01 21:00:00"), -hours(2)).ok());
}

TEST(Calendar, AbsurdSpansAreRefused) {
  const Calendar calendar = calendar_of(calendar_text("UTC", "mon-fri", R"(["09:00-17:00"])"));
  const Timestamp start = at(calendar, "2026-03-09 09:00:00");
  for (const int64_t micros : {INT64_MAX, INT64_MIN, INT64_MIN + 1}) {
    EXPECT_EQ(calendar.add(start, Duration(micros)).error().code, ErrorCode::limit);
    EXPECT_EQ(calendar.add_workdays(day("2026-03-09"), micros).error().code, ErrorCode::limit);
  }
  EXPECT_EQ(calendar.add(kTimestampMax, Duration(1)).error().code, ErrorCode::limit);
  EXPECT_EQ(calendar.add(from_micros(INT64_MIN), Duration(1)).error().code, ErrorCode::limit);
  EXPECT_TRUE(calendar.add(from_micros(0), Duration(1)).ok());
}

TEST(Calendar, MicrosecondsAreKept) {
  const Timestamp start = at(office(), "2026-03-09 09:00:00") + Duration(250'000);
  EXPECT_EQ(*office().add(start, Duration(750'001)), start + Duration(750'001));
  EXPECT_EQ(office().between(start, start + Duration(1))->count(), 1);
}

TEST(Calendar, AWindowOverAChangeOfTheClocksIsAsLongAsItReallyIs) {
  const Calendar berlin =
      calendar_of(calendar_text("Europe/Berlin", "every-day", R"(["00:00-24:00"])"));
  EXPECT_EQ(between(berlin, "2015-03-29 00:00:00", "2015-03-30 00:00:00"), 23 * 3600);
  EXPECT_EQ(between(berlin, "2015-10-25 00:00:00", "2015-10-26 00:00:00"), 25 * 3600);
  const Calendar early =
      calendar_of(calendar_text("Europe/Berlin", "every-day", R"(["02:30-04:00"])"));
  EXPECT_EQ(between(early, "2015-03-29 00:00:00", "2015-03-30 00:00:00"), 3600);
}

TEST(Calendar, AFileIsLoadedWithTheOfficialYearsOnlyIfItNeedsThem) {
  const std::string shipped = JIEBAN_SOURCE_DIR "/config/calendar";
  auto loaded = Calendar::load(shipped + "/office.yaml", shipped);
  ASSERT_TRUE(loaded.ok()) << loaded.error().message;
  EXPECT_EQ(loaded->name(), "街道办公时间");
  EXPECT_EQ(after(*loaded, "2026-02-14 17:00:00", hours(2)), "2026-02-24 10:00:00");
  EXPECT_FALSE(Calendar::load(shipped + "/office.yaml", "/nowhere").ok());
  EXPECT_EQ(Calendar::load("/nowhere.yaml", shipped).error().code, ErrorCode::not_found);
}

TEST(Calendar, AnUnknownZoneIsRefused) {
  EXPECT_EQ(
      try_calendar(calendar_text("Asia/Xicheng", "mon-fri", R"(["09:00-17:00"])")).error().code,
      ErrorCode::not_found);
}

}  // namespace
}  // namespace jieban
