// Goal: every record has the fields of its page: what is missing is refused under the record's own
// code, the nearest whole one is taken.
#include "daemons/router/record_guards.h"

#include "tests/unit/daemons/router/walks.h"

namespace jieban {
namespace {

using enum OrderState;

// Without this argument (or sealed text) the command is refused under this code.
struct Need {
  const char* command;
  OrderState state;
  const char* argument;
  const char* code;
};

const Need kNeeds[] = {
    {"contact", handling, "method", "contact_fields"},
    {"contact", handling, "connected", "contact_fields"},
    {"stage_report", handling, "text", "stage_fields"},
    {"feedback", handling, "caller_told_at", "feedback_times"},
    {"feedback", handling, "hotline_told_at", "feedback_times"},
    {"audit_fail", auditing, "failed_items", "failed_items"},
    {"reject", submitted, "reason_code", "reject_fields"},
    {"return_refused", return_requested, "reason_code", "reason_given"},
    {"cancel", handling, "reason_code", "cancel_fields"},
    {"visit_result", completed, "method", "visit_fields"},
    {"visit_result", completed, "reached", "visit_fields"},
    {"visit_result", completed, "contacted", "visit_fields"},
    {"visit_result", completed, "solved", "visit_fields"},
    {"visit_result", completed, "satisfied", "visit_fields"},
    {"street_visit", handling, "method", "visit_fields"},
    {"review", visited, "cause", "review_fields"},
    {"review", closed, "conclusion", "review_fields"},
    {"register_hard_case", handling, "reason_code", "hard_case_fields"},
    {"register_hard_case", handling, "case_leader", "hard_case_fields"},
    {"register_hard_case", handling, "plan", "hard_case_fields"},
    {"register_hard_case", handling, "exit_condition", "hard_case_fields"},
    {"register_hard_case", handling, "next_check_at", "hard_case_fields"},
    {"whistle", handling, "called_units", "whistle_fields"},
    {"whistle", handling, "matter", "whistle_fields"},
    {"whistle", handling, "respond_by", "whistle_fields"},
    {"appeal_submit", visited, "route", "appeal_fields"},
    {"appeal_submit", visited, "target", "appeal_fields"},
    {"appeal_submit", visited, "point_code", "appeal_fields"},
};

TEST(RecordGuards, EachFieldThatIsMissingIsNamed) {
  RouterFixture router(desk_rules());
  uint64_t order_id = 0;
  for (const Need& need : kNeeds) {
    bring(router, ++order_id, need.state);
    GoodCommand good = good_command(need.command);
    good.arguments.erase(need.argument);
    if (std::string_view(good.texts) == need.argument) good.texts = "";
    EXPECT_EQ(give(router, order_id, good), need.code) << need.command << " " << need.argument;
    EXPECT_NE(router.reason.find(need.argument), std::string::npos) << router.reason;
    EXPECT_EQ(give(router, order_id, good_command(need.command)), "") << router.reason;
  }
}

TEST(RecordGuards, CodesOutsideOfTheirListsAreRefused) {
  RouterFixture router(desk_rules());
  bring(router, 1, completed);
  GoodCommand visit = good_command("visit_result");
  visit.arguments["satisfied"] = "DELIGHTED";
  EXPECT_EQ(give(router, 1, visit), "visit_fields");
  visit.arguments["satisfied"] = "很满意";
  EXPECT_EQ(give(router, 1, visit), "argument");
  visit.arguments["satisfied"] = "UNRATED";
  EXPECT_EQ(give(router, 1, visit), "");
}

TEST(RecordGuards, WhoWasNotReachedHasAnsweredNothing) {
  RouterFixture router(desk_rules());
  bring(router, 1, completed);
  EXPECT_EQ(
      router.as("c", "city").refusal(1, "visit_result", {{"method", "phone"}, {"reached", "no"}}),
      "");
}

TEST(RecordGuards, NoRecordIsOfTheFuture) {
  RouterFixture router(desk_rules());
  bring(router, 1, handling);
  GoodCommand contact = good_command("contact");
  contact.arguments["happened_at"] = "2026-03-10 08:30";
  EXPECT_EQ(give(router, 1, contact), "contact_fields");
  GoodCommand feedback = good_command("feedback");
  feedback.arguments["hotline_told_at"] = "2026-03-10 08:30";
  EXPECT_EQ(give(router, 1, feedback), "feedback_times");
  router.now += std::chrono::minutes(30);
  EXPECT_EQ(give(router, 1, contact), "");
  EXPECT_EQ(give(router, 1, feedback), "");
}

TEST(RecordGuards, WhatIsAskedForLiesAhead) {
  RouterFixture router(desk_rules());
  bring(router, 1, handling);
  GoodCommand whistle = good_command("whistle");
  whistle.arguments["respond_by"] = "2026-03-10 08:00";
  EXPECT_EQ(give(router, 1, whistle), "whistle_fields");
  GoodCommand hard = good_command("register_hard_case");
  hard.arguments["next_check_at"] = "2026-03-09 08:00";
  EXPECT_EQ(give(router, 1, hard), "hard_case_fields");
}

TEST(RecordGuards, AUnitIsWhistledForOnceAndArrivesOnce) {
  RouterFixture router(desk_rules());
  bring(router, 1, handling);
  EXPECT_EQ(give(router, 1, good_command("whistle_arrived")), "whistle_unit");
  take(router, 1, "whistle");
  EXPECT_EQ(give(router, 1, good_command("whistle")), "whistle_fields");
  EXPECT_TRUE(has_flag(router.course(1), "whistled"));
  GoodCommand late = good_command("whistle_arrived");
  late.arguments["arrived_at"] = "2026-03-10 09:00";
  EXPECT_EQ(give(router, 1, late), "whistle_unit");
  take(router, 1, "whistle_arrived");
  EXPECT_EQ(give(router, 1, good_command("whistle_arrived")), "whistle_unit");
  EXPECT_EQ(open_assignment(router.course(1), "fire")->state, AssignmentState::accepted);
}

TEST(RecordGuards, AnAuditIsPassedOnceForEachHandIn) {
  RouterFixture router(desk_rules());
  bring(router, 1, auditing);
  take(router, 1, "audit_pass");
  EXPECT_EQ(give(router, 1, good_command("audit_pass")), "audit_open");
  take(router, 1, "audit_fail");
  take(router, 1, "hand_in");
  take(router, 1, "audit_pass");
}

TEST(RecordGuards, AnOrderIsNotFiledWhileAnAppealIsOpen) {
  RouterFixture router(desk_rules());
  bring(router, 1, visited);
  EXPECT_EQ(give(router, 1, good_command("appeal_decided")), "appeal_pending");
  take(router, 1, "appeal_submit");
  EXPECT_EQ(give(router, 1, good_command("appeal_submit")), "appeal_fields");
  EXPECT_EQ(give(router, 1, good_command("cycle_settled")), "appeals_decided");
  GoodCommand open = good_command("appeal_decided");
  open.arguments.clear();
  EXPECT_EQ(give(router, 1, open), "appeal_pending");
  take(router, 1, "appeal_decided");
  take(router, 1, "cycle_settled");
}

}  // namespace
}  // namespace jieban
