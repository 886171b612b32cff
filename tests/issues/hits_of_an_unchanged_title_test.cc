// Seen: a later row that brought a new content and no title lost the words that the lexicon had
// found in the title, and with them the order's class.
#include "tests/unit/daemons/receiver/receiver_fixture.h"

namespace jieban {
namespace {

using Words = std::vector<std::string>;

// The lexicon of test_sealer(): emergency 燃气泄漏; routing 渗漏, 油烟.
Submission order_of(const std::string& title, const std::string& content) {
  Submission order;
  order.order_no = "260310000001";
  order.title = title;
  order.content = content;
  return order;
}

OrderFacts facts_after(const std::vector<Submission>& rows) {
  ReceiverFixture receiver;
  int batch = 0;
  for (const Submission& row : rows) receiver.submit(row, "b-" + std::to_string(++batch));
  return receiver.known(1).facts;
}

TEST(LexiconHits, OfATitleStayWhenALaterRowBringsOnlyAContent) {
  OrderFacts facts =
      facts_after({order_of("燃气泄漏，天花板渗漏", "楼道里"), order_of("", "餐馆油烟")});
  EXPECT_EQ(facts.keyword_groups, Words{"emergency"});
  EXPECT_EQ(facts.keywords, (Words{"油烟", "渗漏"}));
}

TEST(LexiconHits, OfAContentStayWhenALaterRowBringsOnlyATitle) {
  OrderFacts facts = facts_after({order_of("报修", "燃气泄漏"), order_of("餐馆油烟", "")});
  EXPECT_EQ(facts.keyword_groups, Words{"emergency"});
  EXPECT_EQ(facts.keywords, Words{"油烟"});
}

TEST(LexiconHits, OfATextThatWasReplacedGo) {
  OrderFacts facts = facts_after({order_of("餐馆油烟", "燃气泄漏"), order_of("", "邻居吵闹")});
  EXPECT_EQ(facts.keyword_groups, Words{});
  EXPECT_EQ(facts.keywords, Words{"油烟"});
}

TEST(LexiconHits, AreThoseOfTheWholeRowWhenItBringsBoth) {
  OrderFacts facts =
      facts_after({order_of("餐馆油烟", "燃气泄漏"), order_of("天花板渗漏", "邻居吵闹")});
  EXPECT_EQ(facts.keyword_groups, Words{});
  EXPECT_EQ(facts.keywords, Words{"渗漏"});
}

TEST(LexiconHits, OfBothTextsAreToldOnceToTheRouter) {
  ReceiverFixture receiver;
  receiver.submit(order_of("渗漏", "渗漏"));
  StepOutcome later = receiver.submit(order_of("", "还是渗漏"), "b-2");
  auto told = payload_of<OrderIntake>(events_of(later).front());
  EXPECT_EQ(told.facts.keywords, Words{"渗漏"});
}

}  // namespace
}  // namespace jieban
