// Goal: hours belong to the day they start on, touching ones are one span, jumps of the clock
// count.
#include "common/duty/weekly_window.h"

#include <algorithm>

#include "tests/unit/common/duty/duty_fixture.h"

namespace jieban {
namespace {

using namespace duty_test;

constexpr uint64_t kMonday = 1;

TEST(WeeklyWindow, ANightBelongsToTheDayItStartsOn) {
  const WeeklyWindow window{kMonday, hour(20), hour(32)};
  EXPECT_FALSE(is_open(window, shanghai(), local("2026-03-02 07:59")));
  EXPECT_FALSE(is_open(window, shanghai(), local("2026-03-02 19:59")));
  EXPECT_TRUE(is_open(window, shanghai(), local("2026-03-02 20:00")));
  EXPECT_TRUE(is_open(window, shanghai(), local("2026-03-03 07:59")));
  EXPECT_FALSE(is_open(window, shanghai(), local("2026-03-03 08:00")));
}

TEST(WeeklyWindow, WholeDaysThatTouchAreOneSpan) {
  const WeeklyWindow window{0b11, hour(8), hour(32)};
  const auto span = span_at_or_after(window, shanghai(), local("2026-03-03 23:00"));
  ASSERT_TRUE(span.has_value());
  EXPECT_EQ(span->from, local("2026-03-02 08:00"));
  EXPECT_EQ(span->until, local("2026-03-04 08:00"));
  EXPECT_EQ(span_at_or_after(window, shanghai(), local("2026-03-04 08:00"))->from,
            local("2026-03-09 08:00"));
}

TEST(WeeklyWindow, WhatNeverOpensOrNeverClosesHasNoSpan) {
  EXPECT_FALSE(span_at_or_after({0, 0, hour(1)}, shanghai(), local("2026-03-03 00:00")));
  EXPECT_FALSE(span_at_or_after({}, shanghai(), local("2026-03-03 00:00")));
  EXPECT_TRUE(is_open({}, shanghai(), local("2026-03-03 00:00")));
  // Six days of the week open are one span, as long as it is.
  const auto long_one =
      span_at_or_after({0b011'1111, 0, hour(24)}, shanghai(), local("2026-03-07 12:00"));
  EXPECT_EQ(long_one, (TimeSpan{local("2026-03-02 00:00"), local("2026-03-08 00:00")}));
}

TEST(WeeklyWindow, InAnHourThatTheClockSkipsItOpensAtTheJump) {
  const TimeZone chicago = zone_named("America/Chicago");
  const WeeklyWindow window{kEveryDay, hour(2) + 1800, hour(4)};
  // 2026-03-08 02:00 CST is 03:00 CDT, 08:00 UTC.
  const Timestamp jump = from_micros(1'772'956'800'000'000);
  EXPECT_FALSE(is_open(window, chicago, jump - Duration(1)));
  EXPECT_TRUE(is_open(window, chicago, jump));
}

// 2026-11-01 01:00 to 02:00 is shown twice: 06:00 and 07:00 UTC.
TEST(WeeklyWindow, InAnHourThatTheClockShowsTwiceItOpensFirstAndClosesLast) {
  const TimeZone chicago = zone_named("America/Chicago");
  const Timestamp first = from_micros(1'793'514'600'000'000);  // 01:30 CDT
  const Timestamp last = first + std::chrono::hours(1);        // 01:30 CST
  const WeeklyWindow until{kEveryDay, 0, hour(1) + 1800};
  EXPECT_TRUE(is_open(until, chicago, last - Duration(1)));
  EXPECT_FALSE(is_open(until, chicago, last));
  EXPECT_EQ(span_at_or_after(until, chicago, first)->until, last);
  const WeeklyWindow from{kEveryDay, hour(1) + 1800, hour(5)};
  EXPECT_FALSE(is_open(from, chicago, first - Duration(1)));
  EXPECT_TRUE(is_open(from, chicago, first));
  EXPECT_EQ(span_at_or_after(from, chicago, last)->from, first);
}

TEST(WeeklyWindow, TellsEachChangeOfASpan) {
  std::vector<Timestamp> changes;
  add_changes(WeeklyWindow{kMonday, hour(20), hour(32)}, shanghai(),
              {local("2026-03-03 01:00"), local("2026-03-09 21:00")}, changes);
  for (const char* each : {"2026-03-03 08:00", "2026-03-09 20:00"}) {
    EXPECT_NE(std::ranges::find(changes, local(each)), changes.end()) << each;
  }
}

TEST(DayHours, AreReadAsPeopleWriteThem) {
  EXPECT_EQ(parse_day_hours("08:30-20:30")->end, hour(20) + 1800);
  EXPECT_EQ(parse_day_hours("20:30-08:30")->end, hour(32) + 1800);
  EXPECT_EQ(parse_day_hours("08:00-08:00")->begin, hour(8));
  EXPECT_EQ(parse_day_hours("08:00-08:00")->end, hour(32));
  EXPECT_EQ(parse_day_hours("00:00-00:00")->end, hour(24));
  for (const char* wrong : {"", "08:00", "8:00-9:00", "24:00-24:00", "24:00-08:00", "aa:bb-aa:bb",
                            "08:00-25:00", "-"}) {
    EXPECT_FALSE(parse_day_hours(wrong).has_value()) << wrong;
  }
}

}  // namespace
}  // namespace jieban
