// A table of rotas in, its shifts out; a row that cannot be read is named.
#include "tools/jieban/rota_eval.h"

#include <gtest/gtest.h>

#include "common/json/json.h"

namespace jieban {
namespace {

// A row of one rule from 08:00 to 10:00, asked from 08:00 to 09:00; `more` are further members.
std::string row(const std::string& more = "", const std::string& rule_more = "") {
  return R"({"name": "Simple", "tz": "UTC", "window_start": "2018-01-01T08:00:00Z",
    "window_end": "2018-01-01T09:00:00Z", "rules": [{"start": "08:00", "end": "10:00",
    "weekdays_sun_to_sat": "1111111")" +
         (rule_more.empty() ? R"(, "target": "foobar")" : rule_more) + "}]" + more + "}";
}

std::string rows(const std::string& list) { return "{\"rows\": [" + list + "]}"; }

std::string answer(const std::string& list) {
  const auto told = evaluate_rota_table(rows(list));
  return told.ok() ? *told : "error: " + told.error().message;
}

std::string shift(const std::string& user, const std::string& start, const std::string& end,
                  bool truncated) {
  return R"({"user":")" + user + R"(","start":"2018-01-01T)" + start +
         R"(:00Z","end":"2018-01-01T)" + end + R"(:00Z","truncated":)" +
         (truncated ? "true" : "false") + "}";
}

std::string told(const std::string& shifts) {
  return R"({"rows":[{"name":"Simple","shifts":[)" + shifts + "]}]}\n";
}

TEST(RotaEval, PrintsTheShiftsOfEachRowAndNothingElse) {
  EXPECT_EQ(answer(row()), told(shift("foobar", "08:00", "09:00", true)));
  EXPECT_EQ(answer(""), "{\"rows\":[]}\n");
  const auto two = evaluate_rota_table(rows(row() + "," + row()));
  ASSERT_TRUE(two.ok());
  EXPECT_EQ(parse_json(*two)->find("rows")->array()->size(), 2U);
}

TEST(RotaEval, OverridesAndTemporarySchedulesCount) {
  EXPECT_EQ(
      answer(row(R"(, "overrides": [{"start": "2018-01-01T08:30:00Z",
      "end": "2018-01-01T08:45:00Z", "add_user": "x", "remove_user": "foobar"}])")),
      told(shift("foobar", "08:00", "08:30", false) + "," + shift("x", "08:30", "08:45", false) +
           "," + shift("foobar", "08:45", "09:00", true)));
  EXPECT_EQ(answer(row(R"(, "temporary_schedules": [{"start": "2018-01-01T08:00:00Z",
      "end": "2018-01-01T09:00:00Z", "shifts": []}])")),
            told(""));
}

TEST(RotaEval, SecondsAreCutToTheMinute) {
  EXPECT_EQ(
      answer(row(R"(, "now": "2018-01-01T08:30:59Z", "history": [
      {"user": "x", "start": "2018-01-01T07:00:03Z", "end": "2018-01-01T08:10:59Z"}])")),
      told(shift("x", "07:00", "08:10", false) + "," + shift("foobar", "08:30", "09:00", true)));
}

TEST(RotaEval, ARotationIsTurnedToWhoseTurnItIs) {
  const auto rotation = [](int index) {
    return R"(, "target": "r", "rotation": {"type": "daily", "shift_length": 1, "tz": "UTC",
      "start": "2017-12-01T00:00:00Z", "current_index": )" +
           std::to_string(index) +
           R"(, "current_start": "2017-12-31T00:00:00Z", "users": ["a", "b", "c"]})";
  };
  EXPECT_EQ(answer(row("", rotation(0))), told(shift("b", "08:00", "09:00", true)));
  EXPECT_EQ(answer(row("", rotation(2))), told(shift("a", "08:00", "09:00", true)));
  EXPECT_NE(answer(row("", rotation(3))).find("current_index is no place in users"),
            std::string::npos);
}

TEST(RotaEval, WhatIsNoJsonSaysSo) {
  for (const char* text : {"", "[", "{\"rows\": [}", "{\"rows\": 1}", "[]", "7"}) {
    const auto refused = evaluate_rota_table(text);
    ASSERT_FALSE(refused.ok()) << text;
    EXPECT_FALSE(refused.error().message.empty());
  }
}

TEST(RotaEval, ABadRowIsNamed) {
  std::string other_zone = row();
  other_zone.replace(other_zone.find("UTC"), 3, "Mars");
  std::string other_mask = row();
  other_mask.replace(other_mask.find("1111111"), 7, "1111112");
  std::string backwards = row();
  backwards.replace(backwards.find("window_end"), 10, "window_bad");
  std::string long_one = row();
  long_one.replace(long_one.find("2018-01-01T09"), 13, "2028-01-01T09");
  const std::vector<std::pair<std::string, std::string>> wrong = {
      {"7", "row 2 is no object"},
      {"{}", "row 2: name is missing"},
      {other_zone, "row 2 (Simple): tz names no time zone"},
      {other_mask, "row 2 (Simple): rules[0].weekdays_sun_to_sat is not seven digits"},
      {backwards, "row 2 (Simple): window_end is missing"},
      {long_one, "row 2 (Simple): window_end lies more than three years"},
      {row(R"(, "now": "yesterday")"), "row 2 (Simple): now is no time such as"},
      {row(R"(, "overrides": {})"), "row 2 (Simple): overrides is no list"},
      {row(R"(, "overrides": [7])"), "row 2 (Simple): overrides[0] is neither an object nor"},
      {row(R"(, "overrides": [{"start": "2018-01-01T08:30:00Z", "end": "2018-01-01T08:45:00Z",
          "add_user": "", "remove_user": null}])"),
       "row 2 (Simple): overrides[0] has neither add_user nor remove_user"},
      {row(R"(, "temporary_schedules": [{"start": "2018-01-01T08:30:00Z"}])"),
       "row 2 (Simple): temporary_schedules[0].end is missing"},
      {row("", R"(, "target": "r", "target_type": "TargetTypeRotation")"),
       "row 2 (Simple): rules[0] has no rotation"},
      {row("", R"(, "rotation": {"type": "yearly"})"),
       "row 2 (Simple): rules[0].rotation has no type"},
      {row("", R"(, "rotation": {"type": "daily", "shift_length": 0})"),
       "row 2 (Simple): rules[0].rotation.shift_length is no length"},
      {row("", R"(, "rotation": {"type": "daily", "shift_length": 1, "start":
          "2018-01-01T08:30:00Z", "users": []})"),
       "row 2 (Simple): rules[0].rotation has no users"},
  };
  for (const auto& [text, why] : wrong) {
    const std::string refusal = answer(row() + "," + text);
    EXPECT_NE(refusal.find("error: " + why), std::string::npos) << refusal;
  }
}

}  // namespace
}  // namespace jieban
