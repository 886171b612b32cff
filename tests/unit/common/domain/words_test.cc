// Each word of a closed set has one meaning; others are told apart, not guessed.
#include "common/domain/words.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

std::string_view word(std::string_view field, std::string_view text) {
  return find_word(*find_words(field), text).value_or("?");
}

TEST(Words, TheVocabularyOfTheTradeIsUnderstood) {
  EXPECT_EQ(word("order_type", "投诉"), "complaint");
  EXPECT_EQ(word("order_type", "举报"), "report");
  EXPECT_EQ(word("order_type", "撤单"), "withdraw");
  EXPECT_EQ(word("order_type", "complaint"), "complaint");
  EXPECT_EQ(word("order_type", "控烟"), "?");
  EXPECT_EQ(word("visit_satisfied", "基本满意"), "basic");
  EXPECT_EQ(word("visit_satisfied", "一般"), "unsatisfied");
  EXPECT_EQ(word("visit_satisfied", "无人接听"), "not_rated");
  EXPECT_EQ(word("visit_solved", "部分解决"), "partial");
  EXPECT_EQ(word("visit_solved", "否"), "unsolved");
  EXPECT_EQ(word("urgency", "特急"), "emergency");
  EXPECT_EQ(word("solve_round", "二次解决"), "2");
}

TEST(Words, FlagsAreYesNoOrUnknown) {
  EXPECT_EQ(find_flag("是"), true);
  EXPECT_EQ(find_flag("不纳入"), false);
  EXPECT_EQ(find_flag("未按时签收"), false);
  EXPECT_FALSE(find_flag("也许"));
  EXPECT_FALSE(find_flag(""));
}

TEST(Words, PlaceholdersAreNoValues) {
  EXPECT_TRUE(is_placeholder("—"));
  EXPECT_FALSE(is_placeholder("2026"));
}

}  // namespace
}  // namespace jieban
