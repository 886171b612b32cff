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

// By the hour of the week (DOMAIN 14.2): what is written in `times` of escalation.yaml, days and
// all.
TEST(FeedLimit, TheDaysOfTheWeekHaveLimitsOfTheirOwn) {
  auto rules = parse_alerting_rules(R"(version: "1"
routes: {receiver: all, group_by: ["..."], group_wait: 0s, group_interval: 5m, repeat_interval: 4h}
times:
  working_day: [{weekdays: ["mon:fri"], times: ["08:30-20:30"]}]
  saturday: [{weekdays: ["sat"], times: ["08:30-20:30"]}]
feed:
  timeouts: [{within: working_day, timeout: 30m}, {within: saturday, timeout: 2h}]
  otherwise: 6h
inhibitions: []
silences: {length_max: 24h, reason_characters_min: 4, never: []}
destinations: {}
policies: {all: {steps: [{tell: [{person: li}], wait: 2h}]}}
everybody: {default: [{sms: 0s}]}
)",
                                    "weekly");
  ASSERT_TRUE(rules.ok()) << rules.error().message;
  auto times = TimeIntervals::make(rules->times);
  ASSERT_TRUE(times.ok());
  struct Row {
    const char* last;
    const char* told;
    const char* why;
  };
  for (const Row& row :
       {Row{"2026-11-23 12:00:00", "2026-11-23 12:30:00", "a Monday"},
        Row{"2026-11-27 12:00:00", "2026-11-27 12:30:00", "a Friday"},
        Row{"2026-11-28 12:00:00", "2026-11-28 14:00:00", "a Saturday"},
        Row{"2026-11-29 12:00:00", "2026-11-29 18:00:00", "a Sunday has none of its own"},
        Row{"2026-11-27 20:10:00", "2026-11-28 02:10:00", "the night to Saturday"},
        Row{"2026-11-28 05:00:00", "2026-11-28 08:30:00", "as Saturday's hours begin"},
        Row{"2026-11-28 19:00:00", "2026-11-29 01:00:00", "beyond Saturday's hours"},
        Row{"2026-11-29 23:00:00", "2026-11-30 05:00:00", "the night to Monday"}}) {
    const Timestamp last = parse_local(row.last).value();
    EXPECT_EQ(format_local(last + silent_after(*rules->feed, *times, last)), row.told) << row.why;
  }
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
