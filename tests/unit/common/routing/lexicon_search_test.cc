#include <gtest/gtest.h>

#include "common/routing/lexicon.h"

namespace jieban {
namespace {

using Words = std::vector<std::string>;

Lexicon make() {
  auto lexicon = Lexicon::build("v1", {{"emergency", {"起火", "轻生"}},
                                       {"repeat", {"多次反映"}},
                                       {"routing", {"燃气味", "起火", "飞线充电", "abcd"}}});
  EXPECT_TRUE(lexicon.ok());
  return *lexicon;
}

TEST(LexiconSearch, TellsAGroupOnceAndTheWordsOfRoutingInTheirOrder) {
  const auto hits = make().find("楼道起火", "有人飞线充电，疑似要轻生，又起火");
  EXPECT_EQ(hits.groups, Words({"emergency"}));
  EXPECT_EQ(hits.routing, Words({"起火", "飞线充电"}));
}

TEST(LexiconSearch, FindsAWordAtTheBeginningAndAtTheEnd) {
  EXPECT_EQ(make().find("燃气味", "").routing, Words({"燃气味"}));
  EXPECT_EQ(make().find("", "楼道有燃气味").routing, Words({"燃气味"}));
  EXPECT_EQ(make().find("", "xabcd").routing, Words({"abcd"}));
  EXPECT_EQ(make().find("已多次反映", "").groups, Words({"repeat"}));
}

TEST(LexiconSearch, FindsNothingInShortOrOtherText) {
  const Lexicon lexicon = make();
  for (const char* text : {"", "起", "燃气", "飞线充", "abc", "起x火"}) {
    const auto hits = lexicon.find(text, text);
    EXPECT_TRUE(hits.groups.empty()) << text;
    EXPECT_TRUE(hits.routing.empty()) << text;
  }
}

TEST(LexiconSearch, AWordDoesNotBeginInTheTitleAndEndInTheContent) {
  EXPECT_TRUE(make().find("燃气", "味").routing.empty());
}

TEST(LexiconSearch, RefusesAWordOfOneCharacter) {
  EXPECT_FALSE(Lexicon::build("v1", {{"routing", {"火"}}}).ok());
}

}  // namespace
}  // namespace jieban
