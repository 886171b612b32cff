// What the router does with material: keeps it, holds the checklist against it at hand-in and
// audit, tells what is missing or refuses, and warns of copied texts.
#include <gtest/gtest.h>

#include "tests/unit/daemons/router/audit_fixture.h"

namespace jieban {
namespace {

using enum OrderState;

std::vector<std::string> failed(const OrderMove& told) {
  std::vector<std::string> codes;
  for (const AuditItem& item : told.audit->items) {
    if (item.verdict == "fail") codes.push_back(item.code);
  }
  return codes;
}

TEST(RouterAudit, AFlaggedHandInGoesThroughAndTellsWhatIsMissing) {
  AuditFixture router;
  bring(router, 1, handling);
  const OrderMove told = router.hand_in(1, 5);
  EXPECT_EQ(router.state(1), auditing);
  ASSERT_TRUE(told.audit);
  EXPECT_EQ(failed(told), (std::vector<std::string>{"has_site", "has_text", "contact_in_time"}));
  EXPECT_EQ(told.audit->met, 0u);
  EXPECT_EQ(told.audit->of, 3u);
  EXPECT_EQ(told.audit->version, "9");
  EXPECT_EQ(told.audit->unit, "heating_company");
  EXPECT_EQ(told.audit->handed_in_by, "unit-1");
  EXPECT_EQ(told.audit->attempt, 1u);
}

TEST(RouterAudit, ARefusedHandInNamesTheItemsAndKeepsNothing) {
  Checklists lists = audit_lists();
  lists.policy.refuse_hand_in = true;
  AuditFixture router(lists);
  bring(router, 1, handling);
  const Event told = router.as("unit-1", "unit").say(1, "hand_in", {}, 5);
  EXPECT_EQ(refusal_code(told), "material_incomplete");
  EXPECT_NE(refusal_reason(told).find("有现场（附件不足"), std::string::npos);
  EXPECT_NE(refusal_reason(told).find("有过程（文字说明过短"), std::string::npos);
  EXPECT_EQ(refusal_reason(told).find("答复规范"), std::string::npos) << "waits for the audit";
  EXPECT_EQ(router.state(1), handling);
  EXPECT_EQ(router.material(1), OrderMaterial());
  take(router, 1, "attach");
  EXPECT_EQ(failed(router.hand_in(1)), std::vector<std::string>{"contact_in_time"});
}

TEST(RouterAudit, ContactsAndAttachmentsCountForTheHandIn) {
  AuditFixture router;
  bring(router, 1, handling);
  take(router, 1, "contact");
  take(router, 1, "attach");
  const OrderMove told = router.hand_in(1);
  EXPECT_EQ(failed(told), std::vector<std::string>());
  EXPECT_EQ(told.audit->timely_met, 1u);
  EXPECT_EQ(router.material(1).records.size(), 2u);
}

TEST(RouterAudit, TheAuditorsAnswersStandInTheRecordWithBothAxes) {
  AuditFixture router;
  bring(router, 1, handling);
  router.hand_in(1);
  const Event told =
      router.as("audit-1", "audit").say(1, "audit_pass", {{"passed_items", "polite,has_site"}});
  ASSERT_EQ(told.topic, "order.audit_passed");
  const AuditNote note = *payload_of<OrderMove>(told).audit;
  EXPECT_EQ(note.met, 3u);
  EXPECT_EQ(note.of, 3u);
  EXPECT_EQ(note.timely_met, 0u);
  EXPECT_EQ(note.timely_of, 1u);
  EXPECT_EQ(note.items[0].automatic, "fail");
  EXPECT_EQ(note.handed_in_by, "unit-1");
  EXPECT_EQ(note.handed_in_at, router.material(1).handed_in_at);
}

TEST(RouterAudit, AnAttemptIsCountedAndANewRoundBeginsWithoutMaterial) {
  AuditFixture router;
  bring(router, 1, handling);
  router.hand_in(1);
  router.as("audit-1", "audit").say(1, "audit_fail", {{"failed_items", "polite"}});
  EXPECT_EQ(router.hand_in(1).audit->attempt, 2u);
  for (const char* word : {"submit", "accept_completion", "visit_result", "again"}) {
    take(router, 1, word);
  }
  EXPECT_EQ(router.material(1), OrderMaterial());
}

TEST(RouterAudit, ACopiedTextIsToldOfTheSameUnitOnly) {
  AuditFixture router;
  const std::string signature(2 * kSignatureSlots, 's');
  router.handle(1);
  router.handle(2);
  router.handle(3, "urban_office");
  EXPECT_EQ(router.hand_in(1, 60, signature).reuse, std::nullopt);
  const OrderMove copied = router.hand_in(2, 60, signature);
  ASSERT_TRUE(copied.reuse);
  EXPECT_EQ(copied.reuse->order_no, "A-1");
  EXPECT_EQ(copied.reuse->permille, 1000u);
  EXPECT_EQ(router.hand_in(3, 60, signature).reuse, std::nullopt) << "another unit";
}

TEST(RouterAudit, WithoutChecklistsNothingIsAskedNorKept) {
  RouterFixture router(desk_rules());
  bring(router, 1, handling);
  take(router, 1, "contact");
  auto events = events_of(router.as("unit-1", "unit").command(1, "hand_in"));
  EXPECT_EQ(payload_of<OrderMove>(events.front()).audit, std::nullopt);
  Transaction txn = router.read();
  EXPECT_EQ(*router.core().materials().count(txn), 0u);
}

TEST(RouterAudit, NewListsCountFromThenOnAndAreAnEvent) {
  AuditFixture router;
  bring(router, 1, handling);
  Checklists lists = audit_lists();
  lists.version = "lists-2";
  lists.lists[0].items.erase(lists.lists[0].items.begin());
  EXPECT_EQ(topics_of(router.load_lists(lists)), std::vector<std::string>{"rules.loaded"});
  EXPECT_TRUE(topics_of(router.load_lists(lists)).empty());
  EXPECT_EQ(router.hand_in(1).audit->items.size(), 3u);
}

TEST(RouterAudit, AReplayOfTheJournalGivesTheSameTables) {
  AuditFixture day;
  bring(day, 1, handling);
  take(day, 1, "contact");
  take(day, 1, "attach");
  day.hand_in(1, 60, std::string(2 * kSignatureSlots, 's'));
  CoreHarness<Router> empty("router");
  empty.replay(day);
  EXPECT_EQ(empty.contents(), day.contents());
}

}  // namespace
}  // namespace jieban
