// The list of 七有五性 is whole, and each tag is found by its code and by its Chinese.
#include "common/domain/livelihood_tag.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace jieban {
namespace {

TEST(LivelihoodTag, ThereAreSevenAndFive) {
  const auto count = [](LivelihoodGroup group) {
    return std::ranges::count(livelihood_tags(), group, &LivelihoodTag::group);
  };
  EXPECT_EQ(count(LivelihoodGroup::seven_have), 7);
  EXPECT_EQ(count(LivelihoodGroup::five_quality), 5);
}

TEST(LivelihoodTag, FoundByCodeAndByChinese) {
  for (const LivelihoodTag& tag : livelihood_tags()) {
    EXPECT_EQ(find_livelihood_tag(tag.code), &tag) << tag.code;
    EXPECT_EQ(find_livelihood_tag(tag.chinese), &tag) << tag.code;
  }
  EXPECT_EQ(find_livelihood_tag("住有所居")->code, "housing");
  EXPECT_EQ(find_livelihood_tag("luck"), nullptr);
}

}  // namespace
}  // namespace jieban
