// Parameters are data: versioned, bounded, one set in force on any day.
#include "common/assessment/rules.h"

#include <gtest/gtest.h>

#include "tests/support/calendars.h"

namespace jieban {
namespace {

Result<AssessRules> rules(const std::string& text) {
  auto document = Document::parse(text, "a.yaml");
  if (!document.ok()) return document.error();
  return read_assess_rules(*document);
}

std::string params(const std::string& members) {
  return "version: v\nparams:\n  - {valid_from: 2020-01-01, "
         "weights: {response: 100, solved: 500, satisfied: 400}" +
         members + "}\n";
}

TEST(AssessRules, WhatIsShippedIsTheDistrictsAndNotOfficial) {
  auto shipped = load_assess_rules(JIEBAN_SOURCE_DIR "/config/assessment.yaml");
  ASSERT_TRUE(shipped.ok()) << shipped.error().message;
  EXPECT_FALSE(shipped->official);
  EXPECT_EQ(shipped->cycle.cycle_day, 19u);
  EXPECT_TRUE(shipped->cycle.rollover);
  EXPECT_EQ(shipped->cycle.closed_window_start_day, 10u);
  EXPECT_EQ(shipped->ranking_valid_min, 3u);
  EXPECT_FALSE(shipped->appeal_max_permille);
  auto today = shipped->params_at(day("2026-07-18"));
  ASSERT_TRUE(today.ok());
  EXPECT_EQ(today->basic_weight, 900u);
  EXPECT_EQ(today->response_weight, 100u);
  EXPECT_FALSE(today->zero_as_zero || today->partial_solved_counts || today->of_all);
}

TEST(AssessRules, EachDayHasTheParametersOfItsTime) {
  auto both = rules(
      "version: v\nparams:\n"
      "  - {valid_from: 2026-01-19, weights: {response: 300, solved: 350, satisfied: 350}}\n"
      "  - {valid_from: 2020-01-01, valid_to: 2026-01-18,\n"
      "     weights: {response: 100, solved: 500, satisfied: 400}}\n");
  ASSERT_TRUE(both.ok()) << both.error().message;
  EXPECT_EQ(both->params_at(day("2026-01-18"))->response_weight, 100u);
  EXPECT_EQ(both->params_at(day("2026-01-19"))->response_weight, 300u);
  auto before = both->params_at(day("2019-12-31"));
  ASSERT_FALSE(before.ok());
  EXPECT_EQ(before.error().code, ErrorCode::not_found);
}

TEST(AssessRules, OverlapsAndHalvesAreRefused) {
  const std::vector<std::string> wrong = {
      "version: v\nparams: []\n",
      "params: []\n",
      params(", basic_weight: 1001"),
      params(", basic_weigth: 900"),
      params(", rounding: bankers"),
      params(", denominator: some"),
      params(", rate_decimals: 5"),
      params(", valid_to: 2019-01-01"),
      params("") +
          "  - {valid_from: 2026-01-01, "
          "weights: {response: 100, solved: 500, satisfied: 400}}\n",
      params("") + "cycle: {day: 29}\n",
      params("") + "appeal: {max_permille: 1001}\n",
      "version: v\nparams:\n"
      "  - {valid_from: 2020-01-01, weights: {response: 1, solved: 1, satisfied: 1}}\n",
  };
  for (const std::string& text : wrong) {
    auto read = rules(text);
    ASSERT_FALSE(read.ok()) << text;
    EXPECT_TRUE(read.error().message.starts_with("a.yaml:")) << read.error().message;
  }
}

TEST(AssessRules, ACeilingOfAppealsIsOptional) {
  auto some = rules(params("") + "appeal: {max_permille: 50}\n");
  ASSERT_TRUE(some.ok());
  EXPECT_EQ(some->appeal_max_permille, 50u);
}

}  // namespace
}  // namespace jieban
