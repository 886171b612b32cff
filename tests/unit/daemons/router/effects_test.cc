// Goal: what a command leaves behind beside the state: assignments, counts, flags, what is told.
#include "daemons/router/effects.h"

#include <algorithm>

#include "tests/unit/daemons/router/walks.h"

namespace jieban {
namespace {

using enum OrderState;
using enum AssignmentState;

AssignmentState lead_of(RouterFixture& router, uint64_t order_id) {
  auto rows = router.course(order_id).assignments;
  auto lead = std::find_if(rows.rbegin(), rows.rend(),
                           [](const Assignment& row) { return row.role == AssignmentRole::lead; });
  CHECK(lead != rows.rend());
  return lead->state;
}

uint64_t open_count(RouterFixture& router, uint64_t order_id) {
  auto rows = router.course(order_id).assignments;
  return uint64_t(std::ranges::count_if(rows, &Assignment::is_open));
}

TEST(Effects, ADispatchByTheRulesLeavesNoCourse) {
  RouterFixture router;
  router.receive(1);
  router.command(1, "sign");
  EXPECT_EQ(router.course(1), OrderCourse());
  EXPECT_EQ(router.order(1)->assist_units->size(), 2U);
  Transaction txn = router.read();
  EXPECT_EQ(*router.core().courses().count(txn), 0U);
}

TEST(Effects, TheLeadFollowsTheOrder) {
  RouterFixture router(desk_rules());
  bring(router, 1, dispatched);
  take(router, 1, "accept");
  EXPECT_EQ(lead_of(router, 1), accepted);
  take(router, 1, "hand_in");
  EXPECT_EQ(lead_of(router, 1), done);
  take(router, 1, "audit_fail");
  EXPECT_EQ(lead_of(router, 1), accepted);
  take(router, 1, "hand_in");
  take(router, 1, "submit");
  take(router, 1, "reject");
  EXPECT_EQ(lead_of(router, 1), done);
  EXPECT_EQ(router.course(1).reject_count, 1U);
  take(router, 1, "redo");
  EXPECT_EQ(lead_of(router, 1), accepted);
}

TEST(Effects, AContactIsAlsoAnAcceptance) {
  RouterFixture router(desk_rules());
  bring(router, 1, dispatched);
  take(router, 1, "contact");
  EXPECT_EQ(router.state(1), handling);
  EXPECT_EQ(lead_of(router, 1), accepted);
  EXPECT_TRUE(router.course(1).contacted);
}

TEST(Effects, ABouncedUnitStaysListedAndTheNextDispatchReplacesTheAssistants) {
  RouterFixture router(desk_rules());
  bring(router, 1, dispatched);
  take(router, 1, "unit_bounce");
  EXPECT_EQ(lead_of(router, 1), bounced);
  EXPECT_FALSE(router.order(1)->lead_unit.has_value());
  take(router, 1, "dispatch");
  auto rows = router.course(1).assignments;
  ASSERT_EQ(rows.size(), 6U);
  EXPECT_EQ(rows[1].state, replaced);
  EXPECT_EQ(lead_of(router, 1), pending);
  EXPECT_EQ(open_count(router, 1), 3U);
}

TEST(Effects, AReassignmentReplacesTheLeadOnly) {
  RouterFixture router(desk_rules());
  bring(router, 1, handling);
  GoodCommand good = good_command("reassign");
  good.arguments["lead_unit"] = "urban_office";  // assisted before
  good.arguments["assist_units"] = "community,y";
  EXPECT_EQ(give(router, 1, good), "");
  EXPECT_EQ(router.state(1), dispatched);
  EXPECT_EQ(open_count(router, 1), 3U) << "urban_office leads; community and y assist";
  EXPECT_EQ(open_assignment(router.course(1), "urban_office"), nullptr);
}

TEST(Effects, ATerminalOrderHasNoOpenAssignment) {
  RouterFixture router(desk_rules());
  bring(router, 1, handling, "whistle");
  EXPECT_EQ(open_count(router, 1), 5U);
  take(router, 1, "cancel");
  EXPECT_EQ(open_count(router, 1), 0U);
  bring(router, 2, closed);
  EXPECT_EQ(open_count(router, 2), 0U);
  EXPECT_EQ(lead_of(router, 2), done);
}

TEST(Effects, ANewRoundForgetsWhatTheOldOneCounted) {
  RouterFixture router(desk_rules());
  bring(router, 1, dispatched);
  for (const char* word : {"unit_bounce", "dispatch", "accept", "hand_in", "submit",
                           "accept_completion", "visit_result"}) {
    take(router, 1, word);
  }
  EXPECT_EQ(router.course(1).bounce_count, 1U);
  take(router, 1, "again");
  EXPECT_EQ(router.course(1).bounce_count, 0U);
  EXPECT_EQ(open_count(router, 1), 0U);
  EXPECT_FALSE(router.order(1)->signed_at.has_value());
}

TEST(Effects, AHardCaseHangsUpTheOrder) {
  RouterFixture router(desk_rules());
  bring(router, 1, handling, "register_hard_case");
  EXPECT_TRUE(has_flag(router.course(1), "hang_up"));
}

TEST(Effects, TheTargetOfARefusedReturnIsWhereTheOrderWas) {
  const Transition* row = find_transition(return_requested, "return_refused");
  OrderCourse course;
  EXPECT_EQ(target_of(*row, course), signed_in);
  course.previous = handling;
  EXPECT_EQ(target_of(*row, course), handling);
}

}  // namespace
}  // namespace jieban
