// Goal: an age is judged by the limit of the hour in which it is looked at, over every boundary.
#include "common/alerting/feed_limit.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr uint64_t kMinute = 60ULL * 1'000'000;

TimeIntervals shifts() {
  TimeInterval day;
  day.minutes = {{8 * 60 + 30, 20 * 60 + 30}};
  TimeInterval lunch;
  lunch.minutes = {{12 * 60, 13 * 60}};
  auto times =
      TimeIntervals::make({{"day", {day}}, {"lunch", {lunch}}, {"always", {TimeInterval()}}});
  EXPECT_TRUE(times.ok());
  return *times;
}

Timestamp at(const char* clock) { return parse_local("2026-11-23 " + std::string(clock)).value(); }

// When an age that began at `last` is told, as the clock shows it.
std::string told(const FeedRules& feed, const char* last) {
  return format_local(at(last) + silent_after(feed, shifts(), at(last))).substr(11);
}

TEST(FeedLimit, TheLimitOfTheHourCountsOverBothBoundaries) {
  const FeedRules feed{{{"day", 30 * kMinute}}, 60 * kMinute};
  struct Row {
    const char* last;
    const char* told;
  };
  for (const Row& row :
       {Row{"12:00:00", "12:30:00"}, Row{"03:00:00", "04:00:00"}, Row{"08:03:53", "08:33:53"},
        Row{"07:50:00", "08:30:00"}, Row{"07:29:59", "08:29:59"}, Row{"20:24:00", "21:24:00"},
        Row{"20:00:00", "21:00:00"}, Row{"19:59:59", "20:29:59"}}) {
    EXPECT_EQ(told(feed, row.last), row.told) << row.last;
  }
}

TEST(FeedLimit, TheFirstNamedTimeThatHoldsSaysItAndALongerOneMayPutItOffAgain) {
  const FeedRules feed{{{"lunch", 90 * kMinute}, {"day", 30 * kMinute}}, 60 * kMinute};
  EXPECT_EQ(told(feed, "11:29:00"), "11:59:00");
  EXPECT_EQ(told(feed, "11:31:00"), "13:00:00") << "lunch allows 90 minutes, and what follows 30";
  EXPECT_EQ(told(feed, "12:45:00"), "13:15:00");
}

TEST(FeedLimit, WithoutNamedTimesAndWithOnesThatNeverChange) {
  EXPECT_EQ(told({{}, 60 * kMinute}, "08:00:00"), "09:00:00");
  EXPECT_EQ(told({{{"always", 5 * kMinute}}, 60 * kMinute}, "08:00:00"), "08:05:00");
  EXPECT_EQ(told({{{"nobody made this", 5 * kMinute}}, 60 * kMinute}, "08:00:00"), "09:00:00");
  EXPECT_EQ(told({{}, 0}, "08:00:00"), "08:00:00");
}

// Against a look at each minute.
TEST(FeedLimit, IsTheFirstMinuteAtWhichTheAgeHasReachedTheLimit) {
  const FeedRules feed{{{"lunch", 10 * kMinute}, {"day", 130 * kMinute}}, 360 * kMinute};
  const TimeIntervals times = shifts();
  for (int begin = 0; begin < 24 * 60; ++begin) {
    const Timestamp last = at("00:00:00") + minutes(begin);
    int age = 0;
    const auto limit = [&](Timestamp now) {
      if (times.is_inside("lunch", now)) return 10;
      return times.is_inside("day", now) ? 130 : 360;
    };
    while (age < limit(last + minutes(age))) ++age;
    EXPECT_EQ(silent_after(feed, times, last), minutes(age)) << format_local(last);
  }
}

}  // namespace
}  // namespace jieban
