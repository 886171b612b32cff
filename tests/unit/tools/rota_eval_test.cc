// A table of rotas in, its shifts out; a row that cannot be read is named, and stops no other one.
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
  return told.ok() ? told->json : "error: " + told.error().message;
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
  EXPECT_EQ(parse_json(two->json)->find("rows")->array()->size(), 2U);
  EXPECT_TRUE(two->refusals.empty());
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

TEST(RotaEval, WhatIsNoJsonSaysSo) {
  for (const char* text : {"", "[", "{\"rows\": [}", "{\"rows\": 1}", "[]", "7"}) {
    const auto refused = evaluate_rota_table(text);
    ASSERT_FALSE(refused.ok()) << text;
    EXPECT_FALSE(refused.error().message.empty());
  }
}

TEST(RotaEval, ABadRowIsToldInItsPlaceAndTheOthersAreAnswered) {
  std::string other_zone = row();
  other_zone.replace(other_zone.find("UTC"), 3, "Mars");
  const auto told = evaluate_rota_table(rows(row() + "," + other_zone + ",7,{}," + row()));
  ASSERT_TRUE(told.ok());
  const std::string good =
      R"({"name":"Simple","shifts":[)" + shift("foobar", "08:00", "09:00", true) + "]}";
  EXPECT_EQ(told->json, "{\"rows\":[" + good +
                            R"(,{"name":"Simple","shifts":[],"error":"tz names no time zone"})"
                            R"(,{"name":"","shifts":[],"error":"is no object"})"
                            R"(,{"name":"","shifts":[],"error":"name is missing"},)" +
                            good + "]}\n");
  EXPECT_EQ(told->refusals,
            (std::vector<std::string>{"row 2 (Simple): tz names no time zone",
                                      "row 3: is no object", "row 4: name is missing"}));
}

// Some megabytes of rotations with many users: more values than a request at a door may have.
TEST(RotaEval, ALongTableIsNoTooLongOne) {
  std::string users = "\"u0\"";
  for (int i = 1; i < 200; ++i) users += ",\"u" + std::to_string(i) + "\"";
  const std::string each = row("", R"(, "target": "r", "rotation": {"type": "daily",
      "shift_length": 1, "start": "2018-01-01T00:00:00Z", "users": [)" +
                                       users + "]}");
  std::string list = each;
  for (int i = 1; i < 1500; ++i) list += "," + each;
  const auto told = evaluate_rota_table(rows(list));
  ASSERT_TRUE(told.ok()) << told.error().message;
  EXPECT_TRUE(told->refusals.empty());
}

}  // namespace
}  // namespace jieban
