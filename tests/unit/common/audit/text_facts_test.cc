#include "common/audit/text_facts.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

using Marks = std::vector<std::string>;

const TextRules kRules = {
    {{"citation", {"第#条", "《"}}, {"date", {"#月#日", "#-#-#"}}, {"number", {"第一"}}}, {}};

Marks marks_of(const std::string& text) { return text_facts(kRules, text, nullptr).marks; }

TEST(TextFacts, CharactersAreCountedAsPeopleDo) {
  EXPECT_EQ(text_facts(kRules, "  已办结。 ", nullptr).characters, 4u);
}

TEST(TextFacts, ANumberInAWordIsAnyArabicOrChineseOne) {
  EXPECT_EQ(marks_of("3月10日到场"), Marks{"date"});
  EXPECT_EQ(marks_of("三月十日到场"), Marks{"date"});
  EXPECT_EQ(marks_of("2026-03-10 到场"), Marks{"date"});
  EXPECT_EQ(marks_of("依据条例第二十三条"), Marks{"citation"});
  EXPECT_EQ(marks_of("月底到场"), Marks());
}

TEST(TextFacts, AWordWithoutNumberIsLookedForAsItStands) {
  EXPECT_EQ(marks_of("第一"), Marks{"number"});
  EXPECT_EQ(marks_of("第二"), Marks());
}

TEST(TextFacts, WithoutAHashThereIsNoSignature) {
  EXPECT_FALSE(text_facts(kRules, "现场核查", nullptr).signature);
  const auto one = [](std::string_view) { return uint64_t{1}; };
  EXPECT_TRUE(text_facts(kRules, "现场核查", one).signature);
  EXPECT_FALSE(text_facts(kRules, "无", one).signature);
}

}  // namespace
}  // namespace jieban
