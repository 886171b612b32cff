// Goal: hits follow the text that they were found in, and are told together.
#include "daemons/receiver/text_hits.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

using Words = std::vector<std::string>;

HitsByText both() {
  return {{"title", {{"emergency"}, {"渗漏"}}}, {"content", {{"emergency", "repeat"}, {"油烟"}}}};
}

OrderIntake bringing(const Words& texts, const std::optional<HitsByText>& hits) {
  OrderIntake intake;
  for (const std::string& text : texts) intake.hashes[text] = Bytes{"\x01"};
  intake.hits = hits;
  return intake;
}

TEST(TextHits, AreJoinedSortedAndEachOnce) {
  OrderFacts facts;
  facts.keywords = {"旧"};
  join_hits(both(), facts);
  EXPECT_EQ(facts.keyword_groups, (Words{"emergency", "repeat"}));
  EXPECT_EQ(facts.keywords, (Words{"油烟", "渗漏"}));
  join_hits(std::nullopt, facts);
  EXPECT_TRUE(facts.keyword_groups.empty());
  EXPECT_TRUE(facts.keywords.empty());
}

TEST(TextHits, OfATextThatIsNotBroughtStay) {
  auto merged = merge_hits(both(), bringing({"content"}, HitsByText{{"content", {{}, {"噪音"}}}}));
  HitsByText wanted = both();
  wanted["content"] = {{}, {"噪音"}};
  EXPECT_EQ(merged, wanted);
  EXPECT_EQ(merge_hits(both(), bringing({"caller_phone"}, std::nullopt)), both());
}

TEST(TextHits, OfATextThatIsBroughtWithoutAnyGo) {
  auto merged = merge_hits(both(), bringing({"title"}, std::nullopt));
  EXPECT_EQ(merged, (HitsByText{{"content", both()["content"]}}));
  EXPECT_EQ(merge_hits(both(), bringing({"title", "content"}, std::nullopt)), std::nullopt);
}

}  // namespace
}  // namespace jieban
