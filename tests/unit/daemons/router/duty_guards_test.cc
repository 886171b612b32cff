// Goal: each guard of duty holds where it should, refuses the nearest case where it should not, and
// DOMAIN §19 scenarios 5, 6 and 7 come out as written.
#include "daemons/router/duty_guards.h"

#include "tests/unit/daemons/router/walks.h"

namespace jieban {
namespace {

using enum OrderState;

const Arguments kDuty = {{"reason_code", "DUTY"}};

class DutyGuards : public testing::Test {
 protected:
  explicit DutyGuards(RouterRules rules = desk_rules()) : router(rules) {}
  std::string ask(const std::string& who, const std::string& role, const std::string& command,
                  Arguments arguments = {}) {
    return router.as(who, role).refusal(1, command, std::move(arguments));
  }
  void reload(const std::function<void(RouterPolicy&)>& change) {
    RouterRules rules = desk_rules();
    rules.version = "8";
    change(*rules.policy);
    router.load(rules);
  }
  RouterFixture router;
};

TEST_F(DutyGuards, Scenario5_AfterTwoBouncesOnlyTheTeamLeaderAssignsAndTheUnitKeepsIt) {
  bring(router, 1, dispatched);
  EXPECT_EQ(ask("u", "unit", "unit_bounce"), "bounce_fields");
  EXPECT_EQ(ask("u", "unit", "unit_bounce", kDuty), "");
  EXPECT_EQ(ask("s", "seat", "dispatch", {{"lead_unit", "b"}}), "");
  EXPECT_EQ(ask("u", "unit", "unit_bounce", kDuty), "");
  EXPECT_EQ(router.course(1).bounce_count, 2U);
  EXPECT_EQ(ask("s", "seat", "dispatch", {{"lead_unit", "c"}}), "bounce_cap");
  EXPECT_NE(router.reason.find("班组长"), std::string::npos) << router.reason;
  EXPECT_EQ(ask("d", "", "dispatch", {{"lead_unit", "c"}}), "bounce_cap");
  EXPECT_EQ(ask("t", "team_leader", "dispatch", {{"lead_unit", "c"}}), "");
  EXPECT_EQ(ask("u", "unit", "unit_bounce", kDuty), "designated");
  EXPECT_EQ(router.state(1), dispatched);
  EXPECT_EQ(router.order(1)->lead_unit, "c");
}

TEST_F(DutyGuards, Scenario6_AReturnAfterTheWindowNeedsAnOverrideWhichIsToldWithIt) {
  bring(router, 1, signed_in, "draft_return");
  router.now += std::chrono::hours(2) + std::chrono::seconds(1);  // class utility
  EXPECT_EQ(ask("t", "team_leader", "request_return"), "return_window");
  EXPECT_NE(router.reason.find("override=yes"), std::string::npos) << router.reason;
  EXPECT_EQ(ask("t", "team_leader", "request_return", {{"override", "no"}}), "return_window");
  auto outcome = router.as("t", "team_leader").command(1, "request_return", {{"override", "yes"}});
  auto told = payload_of<OrderMove>(events_of(outcome).front());
  EXPECT_EQ(told.to, return_requested);
  EXPECT_EQ(told.arguments->at("override"), "yes");
  EXPECT_EQ(told.arguments->at("reason_code"), "TERRITORY");
  EXPECT_EQ(told.arguments->at("drafted_by"), "seat-1");
}

TEST_F(DutyGuards, TheLastSecondOfTheReturnWindowIsWithinIt) {
  bring(router, 1, signed_in, "draft_return");
  router.now += std::chrono::hours(2);
  EXPECT_EQ(ask("t", "team_leader", "request_return"), "");
}

TEST_F(DutyGuards, Scenario7_AnExtensionWithoutTheHotlineToldIsNotApproved) {
  bring(router, 1, handling, "extend_request");
  EXPECT_EQ(ask("t", "team_leader", "extend_approved", {{"caller_told_at", "2026-03-10 08:00"}}),
            "extension_proofs");
  EXPECT_NE(router.reason.find("hotline_told_at"), std::string::npos) << router.reason;
  EXPECT_EQ(ask("t", "team_leader", "extend_approved", {{"hotline_told_at", "2026-03-10 08:00"}}),
            "extension_proofs");
  Arguments both = {{"caller_told_at", "2026-03-10 08:00"},
                    {"hotline_told_at", "2026-03-10 09:00"}};
  EXPECT_EQ(ask("t", "team_leader", "extend_approved", both), "extension_proofs") << "not yet told";
  both["hotline_told_at"] = "2026-03-10 08:00";
  auto outcome = router.as("t", "team_leader").command(1, "extend_approved", both);
  auto told = payload_of<OrderMove>(events_of(outcome).front());
  EXPECT_EQ(told.due_at, local_time("2026-03-11 12:00:00"));
  EXPECT_EQ(told.arguments->at("requested_by"), "unit-1");
  EXPECT_EQ(router.order(1)->due_at, told.due_at);
}

TEST_F(DutyGuards, AProofMayComeWithTheRequest) {
  bring(router, 1, handling);
  Arguments asked = good_command("extend_request").arguments;
  asked["caller_told_at"] = "2026-03-10 08:00";
  EXPECT_EQ(ask("u", "unit", "extend_request", asked), "");
  EXPECT_EQ(ask("t", "team_leader", "extend_approved", {{"hotline_told_at", "2026-03-10 08:00"}}),
            "");
}

TEST_F(DutyGuards, AnExtensionHasAReasonALimitAndASecondPerson) {
  bring(router, 1, handling);
  EXPECT_EQ(ask("u", "unit", "extend_request", {{"due_at", "2026-03-11 12:00"}}),
            "extension_fields");
  EXPECT_EQ(ask("u", "unit", "extend_request",
                {{"reason_code", "COMPLEX"}, {"due_at", "2026-03-10 07:00"}}),
            "extension_fields");
  EXPECT_EQ(ask("u", "unit", "extend_request",
                {{"reason_code", "COMPLEX"}, {"due_at", "2026-03-12 08:01"}}),
            "extension_fields");
  EXPECT_NE(router.reason.find("最迟到 2026-03-12 08:00:00"), std::string::npos) << router.reason;
  EXPECT_EQ(ask("t", "team_leader", "extend_approved"), "extension_pending");
  Arguments good = good_command("extend_request").arguments;
  EXPECT_EQ(ask("t", "team_leader", "extend_request", good), "");
  EXPECT_EQ(ask("t", "team_leader", "extend_approved"), "extension_second_person");
  EXPECT_EQ(ask("u", "unit", "extend_request", good), "extension_single");
  EXPECT_EQ(ask("t2", "team_leader", "extend_refused"), "reason_given");
  EXPECT_EQ(ask("t2", "team_leader", "extend_refused", {{"reason_code", "OTHER"}}), "");
}

TEST_F(DutyGuards, AnOrderIsExtendedAsOftenAsThePolicyAllows) {
  bring(router, 1, handling, "extend_request");
  take(router, 1, "extend_approved");
  EXPECT_EQ(give(router, 1, good_command("extend_request")), "extension_count");
  reload([](RouterPolicy& policy) { policy.extension_max = 2; });
  EXPECT_EQ(give(router, 1, good_command("extend_request")), "extension_fields") << "not later";
  EXPECT_EQ(ask("u", "unit", "extend_request",
                {{"reason_code", "COMPLEX"}, {"due_at", "2026-03-12 12:00"}}),
            "");
}

TEST_F(DutyGuards, AReturnHasItsFieldsAndASecondPerson) {
  bring(router, 1, dispatched);
  const GoodCommand& good = good_command("draft_return");
  EXPECT_EQ(ask("t", "team_leader", "request_return"), "return_second_person");
  EXPECT_EQ(ask("s", "seat", "draft_return", good.arguments), "return_fields") << "no basis";
  router.with_texts("basis");
  for (const char* missing : {"reason_code", "evidence", "suggested_unit"}) {
    Arguments arguments = good.arguments;
    arguments.erase(missing);
    EXPECT_EQ(ask("s", "seat", "draft_return", arguments), "return_fields") << missing;
  }
  EXPECT_EQ(ask("s", "seat", "draft_return", {{"reason_code", "LEGAL_CHANNEL"}, {"evidence", "e"}}),
            "")
      << "only the first four name another unit";
  EXPECT_EQ(ask("t", "team_leader", "draft_return", good.arguments), "");
  router.without_texts();
  EXPECT_EQ(ask("t", "team_leader", "request_return"), "return_second_person") << "the same person";
  EXPECT_EQ(ask("t2", "team_leader", "request_return"), "");
}

TEST_F(DutyGuards, ARefusedReturnLeadsBackAndIsCounted) {
  uint64_t order_id = 0;
  for (OrderState state : {signed_in, dispatched, handling}) {
    bring(router, ++order_id, state, "draft_return");
    take(router, order_id, "request_return");
    EXPECT_EQ(router.state(order_id), return_requested);
    take(router, order_id, "return_refused");
    EXPECT_EQ(router.state(order_id), state);
    EXPECT_EQ(router.course(order_id).return_refused_count, 1U);
  }
}

TEST_F(DutyGuards, ASeatAnswersByItselfOnlyWhatItMay) {
  reload([](RouterPolicy& policy) { policy.seat_answers = {"政务服务"}; });
  bring(router, 1, signed_in);
  EXPECT_EQ(ask("s", "seat", "self_answer"), "self_answer");
  EXPECT_EQ(ask("t", "team_leader", "lower_class",
                {{"order_class", "consult"}, {"reason_code", "CHECKED"}}),
            "");
  EXPECT_EQ(ask("s", "seat", "self_answer"), "");
  EXPECT_EQ(router.state(1), auditing);
}

TEST_F(DutyGuards, AReassignmentNamesAnotherUnit) {
  bring(router, 1, handling);
  EXPECT_EQ(ask("s", "seat", "reassign", kDuty), "unit_named");
  EXPECT_EQ(ask("s", "seat", "reassign", {{"lead_unit", "heating_company"}, {"reason_code", "X"}}),
            "unit_named");
  EXPECT_EQ(ask("s", "seat", "reassign", {{"lead_unit", "police"}}), "reason_given");
  EXPECT_EQ(give(router, 1, good_command("reassign")), "");
  EXPECT_EQ(router.order(1)->lead_unit, "police");
}

TEST_F(DutyGuards, AnAssignmentIsAddedOnceAndEndedOnce) {
  bring(router, 1, dispatched);
  EXPECT_EQ(ask("s", "seat", "add_assignment", {{"unit", "x"}}), "assignment_fields");
  EXPECT_EQ(ask("s", "seat", "add_assignment",
                {{"unit", "heating_company"}, {"assignment_role", "assist"}}),
            "assignment_fields");
  EXPECT_EQ(ask("s", "seat", "add_assignment", {{"unit", "x"}, {"assignment_role", "lead"}}),
            "assignment_fields");
  take(router, 1, "add_assignment");
  EXPECT_EQ(give(router, 1, good_command("add_assignment")), "assignment_fields");
  EXPECT_EQ(ask("u", "unit", "finish_assignment", {{"unit", "y"}}), "assignment_open");
  take(router, 1, "finish_assignment");
  EXPECT_EQ(give(router, 1, good_command("finish_assignment")), "assignment_open");
}

TEST_F(DutyGuards, AHandInNeedsWhatThePolicySays) {
  reload([](RouterPolicy& policy) {
    policy.hand_in_needs = {"contact", "feedback", "text", "assignments"};
    policy.submit_needs_audit = true;
  });
  bring(router, 1, handling);
  EXPECT_EQ(ask("u", "unit", "hand_in"), "hand_in_policy");
  EXPECT_NE(router.reason.find("联系诉求人"), std::string::npos) << router.reason;
  take(router, 1, "contact");
  EXPECT_EQ(ask("u", "unit", "hand_in"), "hand_in_policy");
  take(router, 1, "feedback");
  router.with_texts("text");
  EXPECT_EQ(ask("u", "unit", "hand_in"), "hand_in_policy") << "two assist";
  for (const char* unit : {"urban_office", "community"}) {
    EXPECT_EQ(ask("u", "unit", "finish_assignment", {{"unit", unit}}), "");
  }
  EXPECT_EQ(ask("u", "unit", "hand_in"), "");
  EXPECT_EQ(ask("a", "audit", "submit"), "submit_policy");
  take(router, 1, "audit_pass");
  EXPECT_EQ(ask("a", "audit", "submit"), "");
}

TEST_F(DutyGuards, AClassIsRaisedByManyAndLoweredByTheTeamLeaderWithAReason) {
  bring(router, 1, signed_in);
  EXPECT_EQ(ask("s", "seat", "raise_class", {{"order_class", "general"}, {"reason_code", "X"}}),
            "class_raised");
  EXPECT_EQ(ask("s", "seat", "raise_class", {{"order_class", "emergency"}}), "reason_given");
  EXPECT_EQ(give(router, 1, good_command("raise_class")), "");
  EXPECT_EQ(router.order(1)->order_class, "emergency");
  EXPECT_EQ(ask("s", "seat", "lower_class", {{"order_class", "general"}, {"reason_code", "X"}}),
            "role");
  EXPECT_EQ(ask("t", "team_leader", "lower_class", {{"order_class", "general"}}), "reason_given");
  EXPECT_EQ(
      ask("t", "team_leader", "lower_class", {{"order_class", "emergency"}, {"reason_code", "X"}}),
      "class_lowered");
  take(router, 1, "lower_class");
  EXPECT_EQ(router.order(1)->order_class, "general");
}

TEST_F(DutyGuards, FlagsAreSetOnceAndADuplicateNamesItsOriginal) {
  bring(router, 1, signed_in);
  EXPECT_EQ(ask("t", "team_leader", "set_flag", {{"flag", "lucky"}}), "flag_to_set");
  EXPECT_EQ(ask("t", "team_leader", "set_flag", {{"flag", "duplicate"}}), "flag_to_set");
  EXPECT_EQ(ask("t", "team_leader", "set_flag", {{"flag", "duplicate"}, {"duplicate_of", "A-1"}}),
            "flag_to_set");
  EXPECT_EQ(ask("t", "team_leader", "set_flag", {{"flag", "duplicate"}, {"duplicate_of", "A-9"}}),
            "");
  EXPECT_EQ(router.course(1).duplicate_of, "A-9");
  EXPECT_EQ(ask("t", "team_leader", "clear_flag", {{"flag", "supervised"}}), "flag_to_clear");
  EXPECT_EQ(ask("t", "team_leader", "clear_flag", {{"flag", "duplicate"}}), "");
  EXPECT_FALSE(router.course(1).duplicate_of.has_value());
}

TEST_F(DutyGuards, AClockIsPausedOnceWithReasonAndEvidence) {
  bring(router, 1, handling);
  for (const char* missing : {"clock", "reason", "evidence"}) {
    Arguments arguments = good_command("pause_clock").arguments;
    arguments.erase(missing);
    EXPECT_EQ(ask("h", "hard_case", "pause_clock", arguments), "clock_to_pause") << missing;
  }
  EXPECT_EQ(ask("h", "hard_case", "resume_clock", {{"clock", "due"}}), "clock_to_resume");
  take(router, 1, "pause_clock");
  EXPECT_EQ(give(router, 1, good_command("pause_clock")), "clock_to_pause");
  take(router, 1, "resume_clock");
}

TEST_F(DutyGuards, OnlyATeamLeaderHasClocksCountedAnewAndSaysWhy) {
  bring(router, 1, handling);
  const Arguments good = {{"clock", "due"}, {"reason_code", "RULES"}};
  for (const char* role : {"", "operator", "seat", "hard_case", "audit", "unit", "street_leader"}) {
    EXPECT_EQ(ask("x", role, "reanchor", good), "role") << role;
    EXPECT_NE(router.reason.find("可由：班组长"), std::string::npos) << router.reason;
  }
  EXPECT_EQ(ask("t", "team_leader", "reanchor", {{"clock", "wall"}, {"reason_code", "RULES"}}),
            "clock_to_reanchor");
  EXPECT_EQ(ask("t", "team_leader", "reanchor", {{"clock", "due"}}), "reason_given");
  EXPECT_EQ(ask("t", "team_leader", "reanchor", good), "");
  EXPECT_EQ(ask("t", "team_leader", "reanchor", {{"reason_code", "RULES"}}), "") << "all of them";
  EXPECT_EQ(router.state(1), handling);
}

TEST_F(DutyGuards, RoundsCountUpAndAParentIsAnotherOrder) {
  bring(router, 1, visited);
  EXPECT_EQ(ask("c", "city", "again", {{"round", "3"}}), "round_next");
  EXPECT_EQ(ask("s", "seat", "link_parent", {{"parent_order_no", "A-1"}}), "parent_fields");
  EXPECT_EQ(ask("s", "seat", "link_parent"), "parent_fields");
  EXPECT_EQ(ask("c", "city", "again", {{"round", "2"}, {"due_at", "2026-03-01 08:00"}}),
            "round_next");
  EXPECT_EQ(ask("c", "city", "again", {{"round", "2"}, {"due_at", "2026-04-01 08:00"}}), "");
  EXPECT_EQ(router.order(1)->due_at, local_time("2026-04-01 08:00:00"));
}

TEST_F(DutyGuards, WhatIsLateIsNotExtendedAnyMore) {
  OrderIntake intake = heating_order();
  intake.facts.due_at = local_time("2026-03-10 20:00:00");
  router.receive(1, intake);
  for (const char* word : {"sign", "dispatch", "accept", "extend_request"}) take(router, 1, word);
  router.now = *intake.facts.due_at;
  EXPECT_EQ(give(router, 1, good_command("extend_refused")), "");
  EXPECT_EQ(give(router, 1, good_command("extend_request")), "") << "at the due time";
  router.now += std::chrono::seconds(1);
  EXPECT_EQ(give(router, 1, good_command("extend_approved")), "extension_proofs");
  EXPECT_NE(router.reason.find("已过"), std::string::npos) << router.reason;
  EXPECT_EQ(give(router, 1, good_command("extend_refused")), "");
  EXPECT_EQ(give(router, 1, good_command("extend_request")), "extension_fields");
}

TEST_F(DutyGuards, AnApprovedExtensionStandsUntilTheCityPrintsAnotherTime) {
  OrderIntake intake = heating_order();
  intake.facts.due_at = local_time("2026-03-10 20:00:00");
  router.receive(1, intake);
  for (const char* word : {"sign", "dispatch", "accept", "extend_request", "extend_approved"}) {
    take(router, 1, word);
  }
  router.update(1, intake);
  EXPECT_EQ(router.order(1)->due_at, local_time("2026-03-11 12:00:00")) << "printed as before";
  intake.facts.due_at = local_time("2026-03-13 20:00:00");
  intake.changes = {{"due_at", "", ""}};
  router.update(1, intake);
  EXPECT_EQ(router.order(1)->due_at, intake.facts.due_at);
}

// Art. 17.
TEST_F(DutyGuards, ACommunityIsNotGivenTheLeadOfWhatIsNotItsDuty) {
  RouterRules rules = desk_rules();
  rules.version = "8";
  StreetDirectory& street = rules.directory.emplace();
  street.communities = {{"110102007032", "真武庙社区"}};
  bring(router, 1, signed_in);
  for (const char* unit : {"community", "真武庙社区", "真武庙居委会", "110102007032"}) {
    router.load(rules);
    EXPECT_EQ(ask("s", "seat", "dispatch", {{"lead_unit", unit}}), "community_lead") << unit;
    EXPECT_NE(router.reason.find("条例第十七条"), std::string::npos) << router.reason;
    EXPECT_NE(router.reason.find("公共服务>供暖>停暖"), std::string::npos) << router.reason;
  }
  EXPECT_EQ(ask("s", "seat", "dispatch", {{"lead_unit", "office"}, {"assist_units", "community"}}),
            "")
      << "it may assist";
  EXPECT_EQ(ask("s", "seat", "reassign", {{"lead_unit", "community"}, {"reason_code", "DUTY"}}),
            "community_lead");
  street.community_duties = {{"公共服务>供暖", {}}};
  rules.version = "9";
  router.load(rules);
  EXPECT_EQ(ask("s", "seat", "reassign", {{"lead_unit", "community"}, {"reason_code", "DUTY"}}),
            "");
  EXPECT_EQ(router.order(1)->lead_unit, "community");
}

}  // namespace
}  // namespace jieban
