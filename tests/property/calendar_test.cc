// Laws of working time, over random calendars: what is added is found again, and nothing is lost
// where a span is cut.
#include "common/calendar/calendar.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <array>

#include "common/calendar/pauses.h"
#include "tests/support/calendars.h"

namespace jieban {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::seconds;

// Calendars are laid out once; each law is tried on all of them.
const std::vector<Calendar>& calendars() {
  static const std::vector<Calendar> all = [] {
    const std::array<std::array<const char*, 3>, 7> texts = {{
        {"Asia/Shanghai", "official", R"(["09:00-12:00", "13:30-18:00"])"},
        {"Asia/Shanghai", "official", R"(["20:00-08:00"])"},
        {"Europe/Berlin", "mon-fri", R"(["08:00-13:00", "14:00-18:00"])"},
        {"America/Sao_Paulo", "every-day", R"(["00:00-24:00"])"},
        {"Europe/Berlin", "every-day", R"(["22:00-06:00", "12:00-12:30"])"},
        {"Asia/Tehran", "[sat, sun, mon, tue, wed]", R"(["08:00:30-16:00"])"},
        {"Australia/Lord_Howe", "[sun]", R"({sat: ["12:00-13:00"], sun: ["01:45-03:00"]})"},
    }};
    std::vector<Calendar> made;
    for (const auto& text : texts)
      made.push_back(calendar_of(calendar_text(text[0], text[1], text[2])));
    return made;
  }();
  return all;
}

const Calendar& any_calendar() {
  return calendars()[*rc::gen::inRange<size_t>(0, calendars().size())];
}

// 2020-06 to 2026-06, often near a whole hour.
Timestamp any_instant() {
  const int64_t hour = *rc::gen::inRange<int64_t>(442'000, 494'500);
  const int64_t offset = *rc::gen::oneOf(rc::gen::element<int64_t>(-1, 0, 1, 1'800'000'000),
                                         rc::gen::inRange<int64_t>(0, 3'600'000'000));
  return from_micros(hour * 3'600'000'000 + offset);
}

Duration any_budget() {
  return *rc::gen::oneOf(
      rc::gen::map(rc::gen::inRange<int64_t>(0, 60), [](int64_t n) { return Duration(hours(n)); }),
      rc::gen::map(rc::gen::inRange<int64_t>(0, 200'000'000'000),
                   [](int64_t n) { return Duration(n); }));
}

TEST(CalendarLaws, WhatIsAddedLiesBetween) {
  EXPECT_TRUE(rc::check("between(t, add(t, n)) == n", [] {
    const Calendar& calendar = any_calendar();
    const Timestamp start = any_instant();
    const Duration budget = any_budget();
    const Timestamp end = *calendar.add(start, budget);
    RC_ASSERT(end >= start);
    RC_ASSERT(*calendar.between(start, end) == budget);
    const Timestamp back = *calendar.add(start, -budget);
    RC_ASSERT(back <= start);
    RC_ASSERT(*calendar.between(back, start) == budget);
  }));
}

TEST(CalendarLaws, AnEndIsTheFirstInstantThatWillDo) {
  EXPECT_TRUE(rc::check("nothing earlier than add(t, n) holds n", [] {
    const Calendar& calendar = any_calendar();
    const Timestamp start = any_instant();
    const Duration budget = any_budget() + Duration(1);
    const Timestamp end = *calendar.add(start, budget);
    RC_ASSERT(*calendar.between(start, end - Duration(1)) == budget - Duration(1));
    const Timestamp back = *calendar.add(start, -budget);
    RC_ASSERT(*calendar.between(back + Duration(1), start) == budget - Duration(1));
  }));
}

TEST(CalendarLaws, AddingIsMonotoneAndAdditive) {
  EXPECT_TRUE(rc::check("add is monotone and additive", [] {
    const Calendar& calendar = any_calendar();
    const Timestamp early = any_instant();
    const Timestamp late = early + any_budget();
    const Duration a = any_budget();
    const Duration b = any_budget();
    RC_ASSERT(*calendar.add(early, a) <= *calendar.add(late, a));
    RC_ASSERT(*calendar.add(early, a) <= *calendar.add(early, a + b));
    RC_ASSERT(*calendar.add(*calendar.add(early, a), b) == *calendar.add(early, a + b));
  }));
}

TEST(CalendarLaws, ASpanIsTheSumOfItsDays) {
  EXPECT_TRUE(rc::check("between over days adds up", [] {
    const Calendar& calendar = any_calendar();
    const Timestamp start = any_instant();
    const Timestamp end = start + any_budget();
    Duration sum{};
    Timestamp from = start;
    while (from < end) {
      const Date next = date_of(calendar.zone().wall(from)) + days(1);
      // Where the clock is put back over midnight, a day's end may be shown twice.
      const Timestamp midnight = std::max(calendar.zone().boundary(next), from + Duration(1));
      const Timestamp to = std::min(end, midnight);
      sum += *calendar.between(from, to);
      from = to;
    }
    RC_ASSERT(*calendar.between(start, end) == sum);
  }));
}

// What a person would do: look at the clock on the wall each minute, and at the days. For zones
// and hours in which every change lies on a whole minute and no reading repeats within a window.
bool works_by_the_clock(const Calendar& calendar, const Windows& windows, Timestamp at) {
  const WallTime wall = calendar.zone().wall(at);
  const auto within = [&](Date date) {
    if (!*calendar.is_working_day(date)) return false;
    for (const Window& window : windows) {
      if (wall >= date + window.begin && wall < date + window.end) return true;
    }
    return false;
  };
  return within(date_of(wall)) || within(date_of(wall) - days(1));
}

TEST(CalendarLaws, AWalkMinuteByMinuteFindsTheSame) {
  struct Plan {
    const char* zone;
    const char* days;
    const char* yaml;
    Windows windows;
  };
  const std::array<Plan, 3> plans = {{
      {"Asia/Shanghai",
       "official",
       R"(["09:00-12:00", "13:30-18:00"])",
       {*parse_window("09:00-12:00"), *parse_window("13:30-18:00")}},
      {"Asia/Shanghai", "official", R"(["20:00-08:00"])", {*parse_window("20:00-08:00")}},
      {"Europe/Berlin", "mon-fri", R"(["08:00-17:00"])", {*parse_window("08:00-17:00")}},
  }};
  for (const Plan& plan : plans) {
    const Calendar calendar = calendar_of(calendar_text(plan.zone, plan.days, plan.yaml));
    EXPECT_TRUE(rc::check("a walk by minutes", [&] {
      const Timestamp start = std::chrono::floor<std::chrono::minutes>(any_instant());
      const auto length = *rc::gen::inRange(0, 4 * 1440);
      Duration sum{};
      for (int minute = 0; minute < length; ++minute) {
        const Timestamp at = start + std::chrono::minutes(minute);
        const bool works = works_by_the_clock(calendar, plan.windows, at);
        RC_ASSERT(*calendar.is_working(at) == works);
        if (works) sum += std::chrono::minutes(1);
      }
      RC_ASSERT(*calendar.between(start, start + std::chrono::minutes(length)) == sum);
    }));
  }
}

TEST(CalendarLaws, WorkdaysAddedAreCountedAgain) {
  EXPECT_TRUE(rc::check("workdays_between(d, add_workdays(d, n)) == n", [] {
    const Calendar& calendar = any_calendar();
    const Date start = date_of(calendar.zone().wall(any_instant()));
    const auto count = *rc::gen::inRange<int64_t>(0, 20);
    const Date end = *calendar.add_workdays(start, count);
    RC_ASSERT(*calendar.workdays_between(start, end) == count);
    RC_ASSERT(count == 0 || *calendar.is_working_day(end));
    int64_t walked = 0;
    for (Date date = start + days(1); date <= end; date += days(1)) {
      walked += *calendar.is_working_day(date) ? 1 : 0;
    }
    RC_ASSERT(walked == count);
    const Date back = *calendar.add_workdays(start, -count);
    RC_ASSERT(*calendar.workdays_between(back, start) ==
              count - (count > 0 ? 1 : 0) + (count > 0 && *calendar.is_working_day(start) ? 1 : 0));
  }));
}

TEST(CalendarLaws, APauseMovesADueByTheWorkingTimeInIt) {
  EXPECT_TRUE(rc::check("a pause moves a due by its working time", [] {
    const Calendar& calendar = any_calendar();
    const Timestamp start = any_instant();
    const Duration budget = any_budget() + Duration(1);
    const Timestamp due = *calendar.add(start, budget);
    const Timestamp from = start + Duration(*rc::gen::inRange<int64_t>(0, (due - start).count()));
    const Timestamp to = from + any_budget();
    const Timestamp moved = *due_after(calendar, start, budget, {{from, to}});
    const bool used_up = *calendar.between(start, from) == budget;
    RC_ASSERT(used_up || moved == *calendar.add(due, *calendar.between(from, to)));
    RC_ASSERT(*used_between(calendar, start, moved, {{from, to}}) == budget);
  }));
}

}  // namespace
}  // namespace jieban
