// Goal: shifts begin and end where GoAlert lets them, where its tables say nothing too.
#include "tools/jieban/rota_row_shifts.h"

#include <gtest/gtest.h>

#include "common/calendar/instant_text.h"
#include "common/json/json.h"

namespace jieban {
namespace {

using Lines = std::vector<std::string>;

std::string rule(const std::string& start, const std::string& end, const std::string& who) {
  return R"({"start": ")" + start + R"(", "end": ")" + end +
         R"(", "weekdays_sun_to_sat": "1111111", )" + who + "}";
}
std::string user(const std::string& name) { return R"("target": ")" + name + "\""; }

std::string window_row(const std::string& start, const std::string& end, const std::string& rules,
                       const std::string& more = "", const std::string& zone = "UTC") {
  return R"({"name": "n", "tz": ")" + zone + R"(", "window_start": ")" + start +
         R"(", "window_end": ")" + end + R"(", "rules": [)" + rules + "]" + more + "}";
}

// "x 08:00..09:00", with a + behind it when it is truncated.
Lines shifts_in(const std::string& text) {
  const auto value = parse_json(text);
  EXPECT_TRUE(value.ok()) << text;
  const auto read = read_rota_row(*value);
  EXPECT_TRUE(read.ok()) << read.error().message;
  Lines lines;
  for (const Shift& shift : shifts_of(*read)) {
    lines.push_back(shift.person + " " + to_rfc3339(shift.start).substr(11, 5) + ".." +
                    to_rfc3339(shift.end).substr(11, 5) + (shift.truncated ? "+" : ""));
  }
  return lines;
}

constexpr const char* kHalfPastEight = "2018-01-01T08:30:00Z";
constexpr const char* kNine = "2018-01-01T09:00:00Z";

Lines asked_at_half_past(const std::string& rules, const std::string& more = "") {
  return shifts_in(window_row(kHalfPastEight, kNine, rules, more));
}

std::string override_from(const std::string& start, const std::string& end, const std::string& add,
                          const std::string& remove) {
  return R"({"start": "2018-01-01T)" + start + R"(:00Z", "end": "2018-01-01T)" + end +
         R"(:00Z", "add_user": ")" + add + R"(", "remove_user": ")" + remove + "\"}";
}

std::string overrides(const std::string& list) { return R"(, "overrides": [)" + list + "]"; }

TEST(RotaRowShifts, WhatRunsAtTheBeginningOfTheWindowKeepsItsOwn) {
  EXPECT_EQ(asked_at_half_past(rule("08:00", "10:00", user("x"))), Lines{"x 08:00..09:00+"});
  EXPECT_EQ(asked_at_half_past(rule("22:00", "08:45", user("x"))), Lines{"x 22:00..08:45"});
  // What never begins does so with the window.
  EXPECT_EQ(asked_at_half_past(rule("00:00", "00:00", user("x"))), Lines{"x 08:30..09:00+"});
  EXPECT_EQ(asked_at_half_past(rule("08:45", "10:00", user("x"))), Lines{"x 08:45..09:00+"});
}

TEST(RotaRowShifts, ATurnBeginsWithItsHandOver) {
  const std::string turns = R"("target": "r", "rotation": {"type": "hourly", "shift_length": 1,
      "start": "2018-01-01T00:15:00Z", "users": ["a", "b"]})";
  EXPECT_EQ(asked_at_half_past(rule("06:00", "10:00", turns)), Lines{"a 08:15..09:00+"});
  EXPECT_EQ(asked_at_half_past(rule("08:20", "10:00", turns)), Lines{"a 08:20..09:00+"});
}

// As GoAlert has it, which knows no turns of one alone.
TEST(RotaRowShifts, OneAloneInARotationBeginsWithTheWindow) {
  EXPECT_EQ(asked_at_half_past(rule("08:00", "10:00", R"("target": "r", "rotation":
      {"type": "hourly", "shift_length": 1, "start": "2018-01-01T00:15:00Z", "users": ["a"]})")),
            Lines{"a 08:30..09:00+"});
}

TEST(RotaRowShifts, OverridesThatRunKeepTheirBeginningToo) {
  const std::string morning = rule("08:00", "10:00", user("x"));
  EXPECT_EQ(asked_at_half_past(morning, overrides(override_from("06:00", "12:00", "z", ""))),
            (Lines{"z 06:00..09:00+", "x 08:00..09:00+"}));
  EXPECT_EQ(asked_at_half_past(morning, overrides(override_from("06:00", "12:00", "z", "x"))),
            Lines{"z 08:00..09:00+"});
  EXPECT_EQ(asked_at_half_past(morning, overrides(override_from("08:10", "12:00", "z", "x"))),
            Lines{"z 08:10..09:00+"});
  // One that is over by then did nothing.
  EXPECT_EQ(asked_at_half_past(morning, overrides(override_from("08:10", "08:20", "", "x"))),
            Lines{"x 08:00..09:00+"});
  EXPECT_EQ(asked_at_half_past(morning, R"(, "temporary_schedules": [
      {"start": "2018-01-01T07:00:00Z", "end": "2018-01-01T12:00:00Z", "shifts": [
      {"user": "t", "start": "2018-01-01T08:15:00Z", "end": "2018-01-01T08:50:00Z"}]}])"),
            Lines{"t 08:15..08:50"});
}

std::string past(const std::string& now, const std::string& shifts) {
  return R"(, "now": "2018-01-01T)" + now + R"(:59Z", "history": [)" + shifts + "]";
}

std::string past_shift(const std::string& name, const std::string& start, const std::string& end) {
  return R"({"user": ")" + name + R"(", "start": "2018-01-01T)" + start + R"(:00Z", "end": )" +
         (end.empty() ? "null" : R"("2018-01-01T)" + end + R"(:00Z")") + "}";
}

TEST(RotaRowShifts, AHistoryHoldsThroughTheMinuteOfNow) {
  const std::string always = rule("00:00", "00:00", user("y"));
  EXPECT_EQ(asked_at_half_past(always, past("08:40", past_shift("x", "06:00", ""))),
            (Lines{"x 06:00..08:41", "y 08:41..09:00+"}));
  EXPECT_EQ(asked_at_half_past(always, past("08:40", past_shift("y", "08:35", ""))),
            Lines{"y 08:35..09:00+"});
  // What was over when the window begins is not of it.
  EXPECT_EQ(asked_at_half_past(always, past("08:40", past_shift("x", "06:00", "08:30") + "," +
                                                         past_shift("x", "08:30", ""))),
            (Lines{"x 08:30..08:41", "y 08:41..09:00+"}));
  EXPECT_EQ(asked_at_half_past(always, past("10:00", past_shift("x", "06:00", ""))),
            Lines{"x 06:00..09:00+"});
}

TEST(RotaRowShifts, WhatBeginsBetweenNowAndTheWindowKeepsItsBeginning) {
  const std::string morning = rule("08:00", "10:00", user("x"));
  EXPECT_EQ(asked_at_half_past(morning, past("07:00", "")), Lines{"x 08:00..09:00+"});
  EXPECT_EQ(asked_at_half_past(morning, past("08:10", "")), Lines{"x 08:11..09:00+"});
  EXPECT_EQ(asked_at_half_past(morning, past("07:00", past_shift("x", "06:00", "07:00"))),
            Lines{"x 08:00..09:00+"});
}

// On 1 November 2020 the clock of Chicago shows 01:00 to 02:00 twice, 06:00 and 07:00 in UTC.
TEST(RotaRowShifts, AnEndThatIsShownTwiceIsTheLastShowing) {
  EXPECT_EQ(shifts_in(window_row(
                "2020-11-01T04:00:00Z", "2020-11-01T12:00:00Z",
                rule("00:00", "01:30", user("a")) + "," + rule("01:30", "05:00", user("b")), "",
                "America/Chicago")),
            (Lines{"a 05:00..07:30", "b 06:30..11:00"}));
}

// GoAlert takes no such overrides; here nobody who was asked to stand in is left out.
TEST(RotaRowShifts, TwoWhoReplaceOneAreBothOnDuty) {
  EXPECT_EQ(shifts_in(window_row("2018-01-01T08:00:00Z", kNine, rule("00:00", "00:00", user("y")),
                                 overrides(override_from("08:00", "08:30", "p", "y") + "," +
                                           override_from("08:20", "08:45", "q", "y")))),
            (Lines{"p 08:00..08:30", "q 08:20..08:45", "y 08:45..09:00+"}));
}

TEST(RotaRowShifts, NobodyIsNoUser) {
  const std::string turns = R"("target": "r", "rotation": {"type": "hourly", "shift_length": 1,
      "start": "2018-01-01T00:15:00Z", "users": ["", "b"]})";
  EXPECT_EQ(asked_at_half_past(rule("08:00", "10:00", turns)), Lines{});
}

TEST(RotaRowShifts, AnEmptyWindowHasNone) {
  EXPECT_EQ(shifts_in(window_row(kNine, kNine, rule("08:00", "10:00", user("x")))), Lines{});
}

}  // namespace
}  // namespace jieban
