// Goal: what a gateway says reaches the core in its own words, under the notice's id.
#include "daemons/notifier/door_parts.h"

#include "tests/unit/daemons/notifier/callout_fixture.h"

namespace jieban {
namespace {

TEST(DoorParts, AReceiptNamesTheNoticeWhereItIsKnown) {
  const SmsReceipt known = receipt_of_notice("n-1", SmsState::failed, "unreachable");
  const DeliveryReceipt receipt = delivery_receipt("phone", known);
  EXPECT_EQ(receipt.notice_id, "n-1");
  EXPECT_EQ(receipt.gateway_id, "");
  EXPECT_EQ(receipt.state, "failed");
  EXPECT_EQ(receipt.error, "unreachable");
  SmsReceipt unknown;
  unknown.gateway_id = "gw-7";
  unknown.state = SmsState::delivered;
  EXPECT_EQ(delivery_receipt("phone", unknown).gateway_id, "gw-7");
  EXPECT_EQ(delivery_receipt("phone", unknown).channel, "phone");
  EXPECT_EQ(delivery_receipt("phone", unknown).part, std::nullopt);
  unknown.part = 2;
  EXPECT_EQ(delivery_receipt("phone", unknown).part, 2U);
}

TEST(DoorParts, KannelsQueriesAreReadAndWrongOnesNamed) {
  const HttpHeaders good = {{"notice", "6e2d31"}, {"type", "1"}};
  auto receipt = kannel_delivery(good);
  ASSERT_TRUE(receipt.ok()) << receipt.error().message;
  EXPECT_EQ(receipt->notice_id, "n-1");
  EXPECT_EQ(receipt->state, "delivered");
  EXPECT_FALSE(kannel_delivery({{"type", "1"}}).ok());
  EXPECT_FALSE(kannel_text({{"text", "1"}}).ok());
}

TEST(DoorParts, TheWordsOfRepliesAreThoseOfTheRulesInForce) {
  CalloutFixture desk;
  const WordsNow words = words_in_force(desk.core(), desk.fold());
  EXPECT_EQ(words(), ReplyWords());
  NotifierRules rules = test_rules();
  rules.version = "next";
  rules.replies = ReplyWords{{"收到"}, {"回复"}};
  desk.load(rules);
  EXPECT_EQ(words(), *rules.replies);
}

TEST(DoorParts, SilencesAreShownAsTheyWereAskedFor) {
  CalloutFixture desk;
  desk.answer(topics::kSilenceAdd,
              SilenceAdd{"s1", "unit=urban_office, level=~\"blue|yellow\"", std::nullopt,
                         desk.now + std::chrono::hours(1), "zhou", "管网检修"});
  desk.answer(topics::kSilenceLift, SilenceLift{"s1", "zhou"});
  auto txn = desk.fold().environment().read();
  auto entries = silence_entries(desk.core(), *txn);
  ASSERT_TRUE(entries.ok());
  ASSERT_EQ(entries->size(), 1U);
  EXPECT_EQ((*entries)[0].silence.matchers, "unit=\"urban_office\", level=~\"blue|yellow\"");
  EXPECT_EQ((*entries)[0].lifted_by, "zhou");
}

}  // namespace
}  // namespace jieban
