// Every closed list has codes that are unique within it, with Chinese for each.
#include "common/domain/code_set.h"

#include <gtest/gtest.h>

#include <set>

namespace jieban {
namespace {

TEST(CodeSet, CodesAreUniqueAndHaveChinese) {
  for (size_t set = 0; set <= size_t(CodeSet::assignment_role); ++set) {
    std::set<std::string_view> seen;
    EXPECT_FALSE(codes_of(CodeSet(set)).empty());
    for (const Code& row : codes_of(CodeSet(set))) {
      EXPECT_TRUE(seen.insert(row.code).second) << row.code;
      EXPECT_FALSE(row.chinese.empty()) << row.code;
      EXPECT_TRUE(has_code(CodeSet(set), row.code));
    }
  }
}

TEST(CodeSet, EachListStandsWhereItsNameSays) {
  EXPECT_EQ(code_chinese(CodeSet::return_reason, "TERRITORY"), "属地不符");
  EXPECT_EQ(code_chinese(CodeSet::contact_method, "phone"), "电话");
  EXPECT_EQ(code_chinese(CodeSet::satisfied, "BASIC_SATISFIED"), "基本满意");
  EXPECT_EQ(code_chinese(CodeSet::exit_condition, "EXPLAINED"), "政策解释到位");
  EXPECT_EQ(code_chinese(CodeSet::appeal_result, "CITY_PASS"), "市通过（剔除）");
  EXPECT_EQ(code_chinese(CodeSet::order_flag, "hang_up"), "挂账");
  EXPECT_EQ(code_chinese(CodeSet::clock, "redo"), "驳回重办");
  EXPECT_EQ(code_chinese(CodeSet::assignment_role, "whistle"), "吹哨");
  EXPECT_FALSE(has_code(CodeSet::assignment_role, "lead")) << "a command adds no second lead";
}

TEST(CodeSet, AnUnknownCodeIsShownAsItIs) {
  EXPECT_FALSE(has_code(CodeSet::solved, "solved"));
  EXPECT_EQ(code_chinese(CodeSet::solved, "x"), "x");
}

TEST(CodeSet, ChoicesNameCodeAndMeaning) {
  EXPECT_EQ(choices_of(CodeSet::solved), "SOLVED 解决、PARTIAL 部分解决、UNSOLVED 未解决");
}

TEST(CodeSet, AStricterClassRanksHigher) {
  EXPECT_GT(class_rank("emergency"), class_rank("utility"));
  EXPECT_GT(class_rank("utility"), class_rank("general"));
  EXPECT_GT(class_rank("general"), class_rank("complex"));
  EXPECT_EQ(class_rank("rare"), -1);
}

}  // namespace
}  // namespace jieban
