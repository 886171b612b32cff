// What a calendar file may say, and what is refused with its place.
#include "common/calendar/calendar_plan.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

Result<CalendarPlan> read(std::string_view text) {
  auto document = Document::parse(text, "c.yaml");
  if (!document.ok()) return document.error();
  return read_calendar_plan(*document);
}

std::string refusal(std::string_view text) {
  auto plan = read(text);
  return plan.ok() ? "taken" : plan.error().message;
}

TEST(CalendarPlan, WindowsAreReadToTheSecond) {
  EXPECT_EQ(parse_window("09:00-12:00")->begin, hours(9));
  EXPECT_EQ(parse_window("09:00-12:00")->end, hours(12));
  EXPECT_EQ(parse_window("00:00-24:00")->end, hours(24));
  EXPECT_EQ(parse_window("20:00-08:00")->end, hours(32));
  EXPECT_EQ(parse_window("20:00-00:00")->end, hours(24));
  EXPECT_EQ(parse_window("08:30:15-17:00:30")->begin,
            hours(8) + minutes(30) + std::chrono::seconds(15));
  for (const char* text : {"", "09:00", "9:00-12:00", "09:00-25:00", "24:00-08:00", "09:60-12:00",
                           "08:00-08:00", "00:00-00:00", "09:00-24:01", "09:00 - 12:00", "a-b"}) {
    EXPECT_FALSE(parse_window(text).has_value()) << text;
  }
}

TEST(CalendarPlan, WorkingDaysAreASetOrAList) {
  const auto days = [](const char* text) {
    return read("name: a\nwindows: [\"09:00-12:00\"]\nworking_days: " + std::string(text) + "\n");
  };
  const std::array<bool, 7> week = {true, true, true, true, true, false, false};
  EXPECT_EQ(days("mon-fri")->weekdays, week);
  EXPECT_EQ(days("official")->weekdays, week);
  EXPECT_TRUE(days("official")->official);
  EXPECT_FALSE(days("mon-fri")->official);
  EXPECT_TRUE(days("every-day")->weekdays[6]);
  EXPECT_EQ(days("[sat, tue]")->weekdays,
            (std::array<bool, 7>{false, true, false, false, false, true, false}));
  for (const char* text : {"[]", "monday", "[monday]", "weekdays", "{mon: true}"}) {
    EXPECT_EQ(days(text).error().message.find("c.yaml:3:"), 0U) << text;
  }
}

TEST(CalendarPlan, WindowsMayDifferByWeekday) {
  for (const char* key : {"windows", "weekday_windows"}) {
    auto plan = read("name: a\nworking_days: every-day\n" + std::string(key) +
                     ": {mon: [\"13:00-17:00\", \"08:00-12:00\"], makeup: [\"10:00-11:00\"]}\n");
    ASSERT_TRUE(plan.ok()) << plan.error().message;
    EXPECT_EQ(plan->windows[0].size(), 2U);
    EXPECT_EQ(plan->windows[0][0].begin, hours(8));
    EXPECT_TRUE(plan->windows[1].empty());
    EXPECT_EQ(plan->makeup_windows->size(), 1U);
  }
}

TEST(CalendarPlan, HolidaysAreDatesRangesOrDaysOfEachYear) {
  auto plan = read(
      "name: a\ntimezone: Europe/Berlin\nworking_days: mon-fri\nwindows: [\"09:00-12:00\"]\n"
      "holidays: [2026-05-06, 2026-07-01/2026-07-03, \"12-25\", 02-29]\nmakeup: [2026-05-09]\n");
  ASSERT_TRUE(plan.ok()) << plan.error().message;
  EXPECT_EQ(plan->timezone, "Europe/Berlin");
  EXPECT_EQ(plan->holidays.size(), 2U);
  EXPECT_EQ(plan->yearly_holidays.size(), 2U);
  EXPECT_EQ(plan->makeup.size(), 1U);
}

TEST(CalendarPlan, FaultsAreToldWithTheirPlace) {
  const std::string head = "name: a\nworking_days: mon-fri\n";
  EXPECT_EQ(refusal(head + "windows: [\"09:00-12:00\", \"11:00-13:00\"]\n"),
            "c.yaml:3:10: two of these windows overlap");
  EXPECT_EQ(refusal(head + "windows: [\"09:00-12:00\"]\nholidays: [2026-02-30]\n").find("c.yaml:4"),
            0U);
  EXPECT_EQ(refusal(head + "windows: []\n"), "c.yaml:1:1: a calendar needs at least one window");
  for (const char* tail :
       {"", "windows: [\"nine to five\"]\n", "windows: {monday: [\"09:00-12:00\"]}\n",
        "windows: [\"09:00-12:00\"]\nholiday: []\n",
        "windows: [\"09:00-12:00\"]\nweekday_windows: {mon: []}\n",
        "windows: [\"09:00-12:00\"]\nmakeup: [05-09]\n",
        "windows: [\"09:00-12:00\"]\nholidays: [2026-05-09]\nmakeup: [2026-05-09]\n"}) {
    EXPECT_EQ(refusal(head + tail).find("c.yaml:"), 0U) << tail;
  }
  EXPECT_EQ(refusal("working_days: mon-fri\nwindows: [\"09:00-12:00\"]\n").find("c.yaml:"), 0U);
}

TEST(CalendarPlan, MakeUpDaysNeedHours) {
  const std::string head = "name: a\nworking_days: official\nwindows: {mon: [\"09:00-12:00\"]";
  EXPECT_NE(refusal(head + "}\n").find("make-up working days fall on weekends"), std::string::npos);
  EXPECT_EQ(refusal(head + ", makeup: [\"09:00-12:00\"]}\n"), "taken");
  EXPECT_EQ(refusal(head + ", sat: [\"09:00-12:00\"], sun: [\"09:00-12:00\"]}\n"), "taken");
}

}  // namespace
}  // namespace jieban
