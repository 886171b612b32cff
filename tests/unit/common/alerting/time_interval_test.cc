#include "common/alerting/time_interval.h"

#include "tests/unit/common/alerting/payloads.h"

namespace jieban {
namespace {

Timestamp local(const char* text) { return *parse_local(text); }

TimeIntervals of(TimeInterval interval) {
  auto made = TimeIntervals::make({{"it", {std::move(interval)}}});
  EXPECT_TRUE(made.ok()) << (made.ok() ? "" : made.error().message);
  return made.ok() ? *made : TimeIntervals();
}

TimeInterval quiet_hours() {
  TimeInterval interval;
  interval.minutes = {*parse_time_range("22:00-07:00")};
  return interval;
}

TEST(TimeInterval, TheQuietHoursGoOverMidnight) {
  const TimeIntervals times = of(quiet_hours());
  EXPECT_FALSE(times.is_inside("it", local("2026-03-02 21:59:59")));
  EXPECT_TRUE(times.is_inside("it", local("2026-03-02 22:00:00")));
  EXPECT_TRUE(times.is_inside("it", local("2026-03-03 00:00:00")));
  EXPECT_TRUE(times.is_inside("it", local("2026-03-03 06:59:59")));
  EXPECT_FALSE(times.is_inside("it", local("2026-03-03 07:00:00")));
}

TEST(TimeInterval, ATimeOverMidnightBelongsToTheDayOnWhichItStarts) {
  TimeInterval interval = quiet_hours();
  interval.weekdays = {*parse_weekday_range("fri")};
  const TimeIntervals times = of(interval);
  EXPECT_FALSE(times.is_inside("it", local("2026-03-06 06:00:00")));  // a Friday's morning
  EXPECT_TRUE(times.is_inside("it", local("2026-03-06 23:00:00")));
  EXPECT_TRUE(times.is_inside("it", local("2026-03-07 06:00:00")));
  EXPECT_FALSE(times.is_inside("it", local("2026-03-07 23:00:00")));
}

TEST(TimeInterval, WeekdaysMayWrap) {
  TimeInterval interval;
  interval.weekdays = {*parse_weekday_range("sat:mon")};
  const TimeIntervals times = of(interval);
  EXPECT_TRUE(times.is_inside("it", local("2026-03-02 12:00:00")));  // Monday
  EXPECT_FALSE(times.is_inside("it", local("2026-03-03 12:00:00")));
  EXPECT_TRUE(times.is_inside("it", local("2026-03-07 12:00:00")));
}

TEST(TimeInterval, SeveralOfOneNameHoldWhenOneDoes) {
  TimeInterval noon;
  noon.minutes = {*parse_time_range("12:00-13:00")};
  auto times = TimeIntervals::make({{"it", {quiet_hours(), noon}}, {"never", {}}});
  ASSERT_TRUE(times.ok());
  EXPECT_TRUE(times->is_inside("it", local("2026-03-02 12:30:00")));
  EXPECT_TRUE(times->is_inside("it", local("2026-03-02 23:30:00")));
  EXPECT_EQ(times->inside({"never", "it", "unknown"}, local("2026-03-02 12:30:00")),
            std::vector<std::string>{"it"});
}

TEST(TimeInterval, TheNextChangeIsToTheMinute) {
  const TimeIntervals times = of(quiet_hours());
  EXPECT_EQ(times.next_change("it", local("2026-03-02 12:00:00")), local("2026-03-02 22:00:00"));
  EXPECT_EQ(times.next_change("it", local("2026-03-02 22:00:00")), local("2026-03-03 07:00:00"));
  EXPECT_EQ(times.next_change("it", local("2026-03-03 03:00:00")), local("2026-03-03 07:00:00"));
  TimeInterval leap;
  leap.months = {*parse_number_range("2")};
  leap.days_of_month = {*parse_number_range("-1")};
  EXPECT_EQ(of(leap).next_change("it", local("2026-03-01 00:00:00")), local("2027-02-28 00:00:00"));
}

TEST(TimeInterval, WhoeverNeedsNoLaterChangeGetsEachUntilThen) {
  const TimeIntervals times = of(quiet_hours());
  const Timestamp now = local("2026-03-02 12:00:00");
  const Timestamp change = local("2026-03-02 22:00:00");
  EXPECT_EQ(times.next_change("it", now, change), change);
  EXPECT_EQ(times.next_change("it", now, change + std::chrono::hours(30)), change);
  TimeInterval leap;
  leap.months = {*parse_number_range("2")};
  EXPECT_EQ(of(leap).next_change("it", now, now + std::chrono::hours(30)), kTimestampMax);
}

TEST(TimeInterval, AnOpeningIsNowOrTheNextStart) {
  const TimeIntervals times = of(quiet_hours());
  EXPECT_EQ(times.opening("it", local("2026-03-02 23:00:00")), local("2026-03-02 23:00:00"));
  EXPECT_EQ(times.opening("it", local("2026-03-02 12:00:00")), local("2026-03-02 22:00:00"));
}

TEST(TimeInterval, WhatNeverOpensDelaysNothing) {
  TimeInterval past;
  past.years = {*parse_number_range("1999")};
  const Timestamp now = local("2026-03-02 12:00:00");
  EXPECT_EQ(of(past).next_change("it", now), kTimestampMax);
  EXPECT_EQ(of(past).opening("it", now), now);
  EXPECT_EQ(of(past).opening("unknown", now), now);
  EXPECT_EQ(of(past).next_change("unknown", now), kTimestampMax);
}

TEST(TimeInterval, TextsAreReadStrictly) {
  EXPECT_EQ(*parse_time_range("00:00-24:00"), (NumberRange{0, 1440}));
  EXPECT_EQ(*parse_weekday_range("sun"), (NumberRange{6, 6}));
  EXPECT_EQ(*parse_number_range("-3:-1"), (NumberRange{-3, -1}));
  EXPECT_EQ(*parse_number_range("2020:2023"), (NumberRange{2020, 2023}));
  for (const char* bad : {"", "9:00-10:00", "24:01-25:00", "10:60-11:00", "10-11", "aa:bb-cc:dd"}) {
    EXPECT_FALSE(parse_time_range(bad).ok()) << bad;
  }
  for (const char* bad : {"", "monday", "mon-fri", "1"}) {
    EXPECT_FALSE(parse_weekday_range(bad).ok()) << bad;
  }
  for (const char* bad : {"", "a", "1:", ":1", "1-3", "1:2:3"}) {
    EXPECT_FALSE(parse_number_range(bad).ok()) << bad;
  }
}

template <class Change>
bool is_refused(Change change) {
  TimeInterval interval = quiet_hours();
  change(interval);
  return !TimeIntervals::make({{"it", {interval}}}).ok();
}

TEST(TimeInterval, WhatLiesOutsideIsRefused) {
  EXPECT_FALSE(is_refused([](TimeInterval&) {}));
  EXPECT_TRUE(is_refused([](TimeInterval& i) { i.minutes = {{0, 1441}}; }));
  EXPECT_TRUE(is_refused([](TimeInterval& i) { i.minutes = {{60, 60}}; }));
  EXPECT_TRUE(is_refused([](TimeInterval& i) { i.weekdays = {{0, 7}}; }));
  EXPECT_TRUE(is_refused([](TimeInterval& i) { i.months = {{0, 3}}; }));
  EXPECT_TRUE(is_refused([](TimeInterval& i) { i.days_of_month = {{1, 32}}; }));
  EXPECT_TRUE(is_refused([](TimeInterval& i) { i.years = {{2027, 2026}}; }));
  EXPECT_TRUE(is_refused([](TimeInterval& i) { i.zone = "Asia/Nowhere"; }));
}

TEST(TimeInterval, IsAPayload) {
  TimeInterval interval = quiet_hours();
  interval.days_of_month = {{-3, -1}};
  expect_payload(interval);
}

}  // namespace
}  // namespace jieban
