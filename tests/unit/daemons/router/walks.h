// Short ways to bring an order of the fixture to any state of the life cycle.
#pragma once

#include "tests/unit/daemons/router/router_fixture.h"

namespace jieban {

using Arguments = std::map<std::string, std::string>;

inline const Arguments kVisit = {{"method", "phone"},
                                 {"reached", "yes"},
                                 {"contacted", "yes"},
                                 {"solved", "SOLVED"},
                                 {"satisfied", "SATISFIED"}};

inline RouterRules desk_rules() {
  RouterRules rules = router_rules();
  rules.dispatch_automatically = false;
  rules.policy.emplace();
  rules.policy->seat_answers = {"公共服务"};
  return rules;
}

// A command with which a typical order has nothing against it.
struct GoodCommand {
  const char* command;
  const char* role;
  Arguments arguments;
  const char* texts;   // names of the sealed ones
  const char* before;  // a command that must have been taken some time before
};

inline const std::vector<GoodCommand> kGoodCommands = {
    {"sign", "seat", {}, "", ""},
    {"dispatch", "seat", {}, "", ""},
    {"self_answer", "seat", {}, "", ""},
    {"draft_return",
     "seat",
     {{"reason_code", "TERRITORY"}, {"evidence", "map-1"}, {"suggested_unit", "德胜街道"}},
     "basis",
     ""},
    {"request_return", "team_leader", {}, "", "draft_return"},
    {"return_accepted", "city", {}, "", ""},
    {"return_refused", "city", {{"reason_code", "DUTY"}}, "", ""},
    {"accept", "unit", {}, "", ""},
    {"unit_bounce", "unit", {{"reason_code", "DUTY"}}, "", ""},
    {"reassign", "seat", {{"lead_unit", "police"}, {"reason_code", "DUTY"}}, "", ""},
    {"add_assignment", "seat", {{"unit", "x"}, {"assignment_role", "assist"}}, "", ""},
    {"accept_assignment", "unit", {{"unit", "x"}}, "", "add_assignment"},
    {"finish_assignment", "unit", {{"unit", "x"}}, "", "add_assignment"},
    {"bounce_assignment", "unit", {{"unit", "x"}, {"reason_code", "DUTY"}}, "", "add_assignment"},
    {"contact", "unit", {{"method", "phone"}, {"connected", "yes"}}, "", ""},
    {"extend_request",
     "unit",
     {{"reason_code", "COMPLEX"}, {"due_at", "2026-03-11 12:00"}},
     "",
     ""},
    {"extend_approved",
     "team_leader",
     {{"caller_told_at", "2026-03-10 08:00"}, {"hotline_told_at", "2026-03-10 08:00"}},
     "",
     "extend_request"},
    {"extend_refused", "team_leader", {{"reason_code", "OTHER"}}, "", "extend_request"},
    {"stage_report", "unit", {}, "text", ""},
    {"hand_in", "unit", {}, "", ""},
    {"audit_fail", "audit", {{"failed_items", "has_site,has_basis"}}, "", ""},
    {"audit_pass", "audit", {}, "", ""},
    {"submit", "audit", {}, "", ""},
    {"reject", "city", {{"reason_code", "INCOMPLETE"}}, "", ""},
    {"redo", "hard_case", {}, "", ""},
    {"accept_completion", "city", {}, "", ""},
    {"visit_result", "city", kVisit, "", ""},
    {"again", "city", {}, "", ""},
    {"cycle_settled", "analyst", {}, "", ""},
    {"cancel", "city", {{"reason_code", "CALLER"}}, "", ""},
    {"feedback",
     "unit",
     {{"caller_told_at", "2026-03-10 08:00"}, {"hotline_told_at", "2026-03-10 08:00"}},
     "",
     ""},
    {"attach",
     "unit",
     {{"attachment", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      {"attachment_kind", "photo"},
      {"media_type", "image/jpeg"},
      {"bytes", "1024"}},
     "file_name",
     ""},
    {"street_visit", "seat", {{"method", "phone"}, {"reached", "no"}}, "", ""},
    {"review", "analyst", {{"cause", "POLICY"}}, "conclusion", ""},
    {"register_hard_case",
     "hard_case",
     {{"reason_code", "HISTORY"},
      {"case_leader", "wang"},
      {"exit_condition", "EXPLAINED"},
      {"next_check_at", "2026-04-10 09:00"}},
     "plan",
     ""},
    {"whistle",
     "seat",
     {{"called_units", "fire,water"}, {"respond_by", "2026-03-10 20:00"}},
     "matter",
     ""},
    {"whistle_arrived",
     "unit",
     {{"unit", "fire"}, {"arrived_at", "2026-03-10 08:00"}},
     "",
     "whistle"},
    {"appeal_submit",
     "team_leader",
     {{"route", "assessment"}, {"target", "solved"}, {"point_code", "SC3"}},
     "",
     ""},
    {"appeal_decided", "city", {{"result", "CITY_PASS"}}, "", "appeal_submit"},
    {"note_miss",
     "audit",
     {{"figure", "on_time"}, {"cause", "unit"}, {"evidence", "log-7"}},
     "",
     ""},
    {"demand_rectification",
     "audit",
     {{"rectification", "R1"}, {"evidence", "letter-1"}},
     "matter",
     ""},
    {"finish_rectification",
     "audit",
     {{"rectification", "R1"}, {"evidence", "report-1"}},
     "",
     "demand_rectification"},
    {"refuse_rectification",
     "team_leader",
     {{"rectification", "R1"}, {"evidence", "letter-2"}, {"reason_code", "DISPUTED"}},
     "",
     "demand_rectification"},
    {"raise_class", "seat", {{"order_class", "emergency"}, {"reason_code", "RISK"}}, "", ""},
    {"lower_class",
     "team_leader",
     {{"order_class", "general"}, {"reason_code", "CHECKED"}},
     "",
     ""},
    {"set_flag", "team_leader", {{"flag", "supervised"}}, "", ""},
    {"clear_flag", "team_leader", {{"flag", "supervised"}}, "", "set_flag"},
    {"link_parent", "seat", {{"parent_order_no", "A-0"}}, "", ""},
    {"pause_clock",
     "hard_case",
     {{"clock", "due"}, {"reason", "court"}, {"evidence", "doc-7"}},
     "",
     ""},
    {"resume_clock", "hard_case", {{"clock", "due"}}, "", "pause_clock"},
    {"reanchor", "team_leader", {{"clock", "due"}, {"reason_code", "RULES"}}, "", ""},
};

inline const std::vector<GoodCommand>& good_commands() { return kGoodCommands; }

inline const GoodCommand& good_command(std::string_view command) {
  for (const GoodCommand& good : good_commands()) {
    if (good.command == command) return good;
  }
  check_failed(__FILE__, __LINE__, "a command of the list");
}

// The code of the refusal, "" when it was taken.
inline std::string give(RouterFixture& router, uint64_t order_id, const GoodCommand& good) {
  router.without_texts();
  if (*good.texts != '\0') router.with_texts(good.texts);
  std::string code = router.as(std::string(good.role) + "-1", good.role)
                         .refusal(order_id, good.command, good.arguments);
  router.without_texts();
  return code;
}

inline void take(RouterFixture& router, uint64_t order_id, std::string_view command) {
  ASSERT_EQ(give(router, order_id, good_command(command)), "") << command << " " << router.reason;
}

// A fresh order, received and brought there; `before` is taken as soon as the table allows it.
inline void bring(RouterFixture& router, uint64_t order_id, OrderState state,
                  std::string_view before = {}) {
  using enum OrderState;
  static const std::map<OrderState, std::vector<const char*>> kLegs = {
      {new_order, {}},
      {signed_in, {"sign"}},
      {return_requested, {"sign", "draft_return", "request_return"}},
      {returned, {"sign", "draft_return", "request_return", "return_accepted"}},
      {dispatched, {"sign", "dispatch"}},
      {handling, {"sign", "dispatch", "accept"}},
      {auditing, {"sign", "dispatch", "accept", "hand_in"}},
      {submitted, {"sign", "dispatch", "accept", "hand_in", "submit"}},
      {rejected, {"sign", "dispatch", "accept", "hand_in", "submit", "reject"}},
      {completed, {"sign", "dispatch", "accept", "hand_in", "submit", "accept_completion"}},
      {visited,
       {"sign", "dispatch", "accept", "hand_in", "submit", "accept_completion", "visit_result"}},
      {closed,
       {"sign", "dispatch", "accept", "hand_in", "submit", "accept_completion", "visit_result",
        "cycle_settled"}},
      {cancelled, {"cancel"}}};
  router.receive(order_id);
  bool waits = !before.empty();
  auto take_before = [&] {
    if (!waits || find_transition(router.state(order_id), before) == nullptr) return;
    take(router, order_id, before);
    waits = false;
  };
  take_before();
  for (const char* leg : kLegs.at(state)) {
    take(router, order_id, leg);
    take_before();
  }
  ASSERT_EQ(router.state(order_id), state) << to_string(state);
  ASSERT_FALSE(waits) << before;
}

}  // namespace jieban
