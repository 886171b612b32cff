#include "common/alerting/pattern.h"

#include <gtest/gtest.h>

#include <string>

namespace jieban {
namespace {

TEST(Pattern, MatchesWholeTextsOnly) {
  EXPECT_TRUE(matches_pattern("red", "red"));
  EXPECT_FALSE(matches_pattern("red", "hundred"));
  EXPECT_FALSE(matches_pattern("red", "reds"));
  EXPECT_TRUE(matches_pattern("red|blue", "blue"));
  EXPECT_FALSE(matches_pattern("red|blue", "redblue"));
  EXPECT_TRUE(matches_pattern("街道.*", "街道办"));
  EXPECT_TRUE(matches_pattern("", ""));
}

TEST(Pattern, WhatIsNotUnderstoodIsRefusedAndMatchesNothing) {
  EXPECT_TRUE(check_pattern("a(b|c)*").ok());
  for (const char* bad : {"(", "[a", "a{2,1}", "(?=a)", R"((a)\1)", "*"}) {
    EXPECT_EQ(check_pattern(bad).error().code, ErrorCode::invalid) << bad;
    EXPECT_FALSE(matches_pattern(bad, bad)) << bad;
  }
}

TEST(Pattern, LongOnesAreRefused) {
  EXPECT_TRUE(check_pattern(std::string(kPatternBytesMax, 'a')).ok());
  EXPECT_EQ(check_pattern(std::string(kPatternBytesMax + 1, 'a')).error().code, ErrorCode::limit);
  const std::string huge(kPatternBytesMax + 1, 'a');
  EXPECT_FALSE(matches_pattern(huge, huge));
  EXPECT_FALSE(check_pattern("((a{100}){100}){100}").ok());
}

// A backtracking matcher needs 2^40 steps for it; this test would not end.
TEST(Pattern, HostilePatternsTakeLinearTime) {
  const std::string text(40, 'a');
  EXPECT_FALSE(matches_pattern("(a+)+b", text));
  EXPECT_FALSE(matches_pattern("(a|aa)*(a|aa)*(a|aa)*b", std::string(100'000, 'a')));
}

TEST(Pattern, AnswersStayTheSameHoweverManyWereAskedBefore) {
  for (int i = 0; i < 1000; ++i) {
    const std::string n = std::to_string(i);
    ASSERT_TRUE(matches_pattern("x" + n + ".*", "x" + n));
    ASSERT_FALSE(matches_pattern("x" + n, "y" + n));
  }
}

}  // namespace
}  // namespace jieban
