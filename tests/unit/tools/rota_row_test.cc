// Goal: what a row says is read as GoAlert means it, and what cannot be read is named.
#include "tools/jieban/rota_row.h"

#include <gtest/gtest.h>

#include "common/json/json.h"

namespace jieban {
namespace {

// A row of one rule from 08:00 to 10:00, asked from 08:00 to 09:00; `more` are further members.
std::string row_text(const std::string& more = "", const std::string& rule_more = "") {
  return R"({"name": "Simple", "tz": "UTC", "window_start": "2018-01-01T08:00:00Z",
    "window_end": "2018-01-01T09:00:00Z", "rules": [{"start": "08:00", "end": "10:00",
    "weekdays_sun_to_sat": "1111111")" +
         (rule_more.empty() ? R"(, "target": "foobar")" : rule_more) + "}]" + more + "}";
}

Result<RotaRow> read_row(const std::string& text) {
  auto value = parse_json(text);
  EXPECT_TRUE(value.ok()) << text;
  return read_rota_row(*value);
}

std::string row_refusal(const std::string& text) {
  const auto row = read_row(text);
  return row.ok() ? "" : row.error().message;
}

std::string without(std::string text, const std::string& what, const std::string& with) {
  return text.replace(text.find(what), what.size(), with);
}

std::vector<PersonId> on_duty_at(const RotaRow& row, Timestamp at) {
  return on_duty(row.rota, row.changes, at);
}

using Persons = std::vector<PersonId>;

TEST(RotaRow, InstantsAreCutToTheMinute) {
  const auto row = read_row(row_text(R"(, "now": "2018-01-01T08:30:59Z", "history": [
      {"user": "x", "start": "2018-01-01T07:00:03Z", "end": "2018-01-01T08:10:59Z"}])"));
  ASSERT_TRUE(row.ok());
  const Timestamp eight = row->from;
  EXPECT_EQ(row->history->now, eight + std::chrono::minutes(30));
  EXPECT_EQ(row->history->shifts.front().start, eight - std::chrono::hours(1));
  EXPECT_EQ(row->history->shifts.front().end, eight + std::chrono::minutes(10));
}

std::string rotation(const std::string& more, const std::string& users = R"("a", "b", "c")",
                     const std::string& length = "1") {
  return R"(, "target": "r", "rotation": {"type": "daily", "shift_length": )" + length +
         R"(, "tz": "UTC", "start": "2017-12-01T00:00:00Z", "users": [)" + users + "]" + more + "}";
}

std::string current(int index) {
  return R"(, "current_start": "2017-12-31T00:00:00Z", "current_index": )" + std::to_string(index);
}

Persons turn_of(const std::string& rule_more, const std::string& more = "") {
  const auto row = read_row(row_text(more, rule_more));
  EXPECT_TRUE(row.ok()) << row.error().message;
  return on_duty_at(*row, row->from);
}

TEST(RotaRow, ARotationIsTurnedToWhoseTurnItIs) {
  EXPECT_EQ(turn_of(rotation(current(0))), Persons{"b"});
  EXPECT_EQ(turn_of(rotation(current(2))), Persons{"a"});
  EXPECT_NE(
      row_refusal(row_text("", rotation(current(3)))).find("current_index is no place in users"),
      std::string::npos);
  EXPECT_EQ(turn_of(rotation(R"(, "current_start": "2017-12-31T00:00:00Z")")), Persons{"b"});
}

// GoAlert counts from the first instant that it is asked about.
TEST(RotaRow, AnIndexWithoutItsTimeIsThatOfTheBeginning) {
  EXPECT_EQ(turn_of(rotation(R"(, "current_index": 2)")), Persons{"c"});
  EXPECT_EQ(turn_of(rotation(R"(, "current_index": 2)"), R"(, "now": "2017-12-31T12:00:00Z")"),
            Persons{"a"});
}

TEST(RotaRow, OneAloneHasEveryTurnWhateverTheIndex) {
  EXPECT_EQ(turn_of(rotation(current(7), R"("a")")), Persons{"a"});
}

TEST(RotaRow, WhatPutsNobodyOnDutyIsNoError) {
  EXPECT_EQ(turn_of(rotation("", "")), Persons{});
  EXPECT_EQ(turn_of(rotation(current(0), "")), Persons{});
  EXPECT_EQ(turn_of(R"(, "target": "")"), Persons{});
  const auto row = read_row(row_text(R"(, "overrides": [{"start": "2018-01-01T08:00:00Z",
      "end": "2018-01-01T08:45:00Z", "add_user": "", "remove_user": null}])"));
  ASSERT_TRUE(row.ok());
  EXPECT_TRUE(row->changes.overrides.empty());
}

TEST(RotaRow, ALengthBelowOneIsOne) {
  for (const char* length : {"0", "-3"}) {
    EXPECT_EQ(turn_of(rotation(current(0), R"("a", "b", "c")", length)), Persons{"b"}) << length;
  }
}

TEST(RotaRow, WhatCannotBeReadIsNamed) {
  const std::vector<std::pair<std::string, std::string>> wrong = {
      {"7", "is no object"},
      {"{}", "name is missing"},
      {without(row_text(), "UTC", "Mars"), "tz names no time zone"},
      {without(row_text(), "1111111", "1111112"),
       "rules[0].weekdays_sun_to_sat is not seven digits"},
      {without(row_text(), "window_end", "window_bad"), "window_end is missing"},
      {without(row_text(), "2018-01-01T09", "2028-01-01T09"),
       "window_end lies more than three years"},
      {row_text(R"(, "now": "yesterday")"), "now is no time such as"},
      {row_text(R"(, "overrides": {})"), "overrides is no list"},
      {row_text(R"(, "overrides": [7])"), "overrides[0] is neither an object nor"},
      {row_text(R"(, "temporary_schedules": [{"start": "2018-01-01T08:30:00Z"}])"),
       "temporary_schedules[0].end is missing"},
      {row_text("", R"(, "target_type": "TargetTypeUser")"), "target is missing"},
      {row_text("", R"(, "target": "r", "target_type": "TargetTypeRotation")"),
       "rules[0] has no rotation"},
      {row_text("", R"(, "rotation": {"type": "yearly"})"), "rules[0].rotation has no type"},
      {row_text("", R"(, "rotation": {"type": "daily", "shift_length": 100001})"),
       "rules[0].rotation.shift_length is no length"},
      {row_text("", rotation(R"(, "current_index": "1")")), "current_index is no whole number"},
  };
  for (const auto& [text, why] : wrong) {
    EXPECT_NE(row_refusal(text).find(why), std::string::npos) << row_refusal(text);
  }
}

}  // namespace
}  // namespace jieban
