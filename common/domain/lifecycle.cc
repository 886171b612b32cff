#include "common/domain/lifecycle.h"

#include <algorithm>

namespace jieban {
namespace {

using enum OrderState;
using enum Role;
using enum Guard;

constexpr Target kStay = Target::Kind::stay;
constexpr Target kPrevious = Target::Kind::previous;

// What an order is while somebody works on it.
constexpr StateSet kAtWork = {dispatched, handling, auditing, rejected};
constexpr StateSet kOpen = {signed_in, dispatched, handling, auditing, rejected};
constexpr StateSet kReturnable = {signed_in, dispatched, handling};
constexpr StateSet kHandled = {handling, auditing, submitted, rejected, completed};
constexpr StateSet kBeforeReply = {new_order, signed_in, return_requested, dispatched,
                                   handling,  auditing,  rejected};

// The upper level decides; somebody of the desk notes down what it decided.
constexpr RoleSet kDecided = {city, system, seat, hard_case, audit, team_leader};
constexpr RoleSet kDispatchers = {seat, team_leader, system};
constexpr RoleSet kUnits = {unit, Role::audit};
constexpr RoleSet kContacts = {unit, Role::audit, seat, hard_case};
constexpr RoleSet kAuditors = {Role::audit, hard_case, team_leader};
constexpr RoleSet kLeader = {team_leader};
constexpr RoleSet kApprovers = {team_leader, city};
constexpr RoleSet kOfficers = {seat, hard_case, Role::audit, team_leader};
constexpr RoleSet kHardCases = {hard_case, team_leader, street_leader};

// The two of every order stand first in their states: nobody searches long for them.
constexpr std::array kRules = std::to_array<CommandRule>({
    {new_order, "sign", signed_in, "order.signed", "签收", kDispatchers, {}},
    {signed_in,
     "dispatch",
     dispatched,
     "order.dispatched",
     "派单",
     kDispatchers,
     {needs_unit, bounce_cap}},
    {signed_in,
     "self_answer",
     auditing,
     "order.self_answered",
     "直接答复",
     kDispatchers,
     {Guard::self_answer}},

    {kReturnable,
     "draft_return",
     kStay,
     "order.return_drafted",
     "拟退单",
     {seat, hard_case, unit, team_leader},
     {return_fields}},
    {kReturnable,
     "request_return",
     return_requested,
     "order.return_requested",
     "申请退单",
     kLeader,
     {return_second_person, return_window}},
    {return_requested, "return_accepted", returned, "order.returned", "退单通过", kDecided, {}},
    {return_requested,
     "return_refused",
     kPrevious,
     "order.return_refused",
     "退单驳回",
     kDecided,
     {reason_given}},

    {dispatched, "accept", handling, "order.accepted", "接收", kUnits, {}},
    {dispatched,
     "unit_bounce",
     signed_in,
     "order.bounced",
     "部门退回",
     kUnits,
     {may_bounce, bounce_fields}},
    {{dispatched, handling},
     "reassign",
     dispatched,
     "order.reassigned",
     "改派",
     kDispatchers,
     {unit_named, bounce_cap, reason_given}},
    {kAtWork,
     "add_assignment",
     kStay,
     "order.assignment_added",
     "加派",
     kDispatchers,
     {assignment_fields}},
    {kAtWork,
     "accept_assignment",
     kStay,
     "order.assignment_accepted",
     "协办接收",
     kUnits,
     {assignment_open}},
    {kAtWork,
     "finish_assignment",
     kStay,
     "order.assignment_done",
     "协办反馈",
     kUnits,
     {assignment_open}},
    {kAtWork,
     "bounce_assignment",
     kStay,
     "order.assignment_bounced",
     "协办退回",
     kUnits,
     {assignment_open, bounce_fields}},

    // Who has talked to the caller has taken the order on.
    {dispatched, "contact", handling, "order.contacted", "联系诉求人", kContacts, {contact_fields}},
    {{signed_in, handling, auditing, rejected},
     "contact",
     kStay,
     "order.contacted",
     "联系诉求人",
     kContacts,
     {contact_fields}},
    {handling,
     "extend_request",
     kStay,
     "order.extension_requested",
     "申请延期",
     {unit, Role::audit, seat, hard_case, team_leader},
     {extension_single, extension_count, extension_fields}},
    {{handling, auditing},
     "extend_approved",
     kStay,
     "order.extension_approved",
     "批准延期",
     kApprovers,
     {extension_pending, extension_second_person, extension_proofs}},
    {{handling, auditing},
     "extend_refused",
     kStay,
     "order.extension_refused",
     "不予延期",
     kApprovers,
     {extension_pending, reason_given}},
    {{handling, rejected},
     "stage_report",
     kStay,
     "order.stage_reported",
     "阶段性报告",
     kUnits,
     {stage_fields}},
    // A unit that hands in without a word before has accepted by doing so.
    {{dispatched, handling},
     "hand_in",
     auditing,
     "order.handed_in",
     "提交材料",
     kUnits,
     {hand_in_policy}},
    {auditing, "audit_fail", handling, "order.audit_failed", "审核退回", kAuditors, {failed_items}},
    {auditing, "audit_pass", kStay, "order.audit_passed", "审核通过", kAuditors, {audit_open}},
    {auditing,
     "submit",
     submitted,
     "order.submitted",
     "提交",
     {seat, hard_case, Role::audit, team_leader, system},
     {submit_policy}},

    {submitted, "reject", rejected, "order.rejected", "驳回", kDecided, {reject_fields}},
    {rejected, "redo", handling, "order.redone", "重办", {hard_case, team_leader, unit}, {}},
    {rejected, "redo", auditing, "order.redone", "重办", {hard_case, team_leader, unit}, {}},
    {submitted, "accept_completion", completed, "order.completed", "办结", kDecided, {}},
    {completed,
     "visit_result",
     visited,
     "order.visited",
     "回访结果",
     {city, system, seat, hard_case, analyst, team_leader},
     {visit_fields}},
    {{visited, closed},
     "again",
     new_order,
     "order.reopened",
     "再次派单",
     {city, system, seat, team_leader},
     {round_next}},
    {visited,
     "cycle_settled",
     closed,
     "order.closed",
     "归档",
     {system, analyst, team_leader},
     {appeals_decided}},
    {kLiveStates,
     "cancel",
     cancelled,
     "order.cancelled",
     "撤单",
     {city, system, seat, team_leader},
     {cancel_fields}},

    {kHandled, "feedback", kStay, "order.fed_back", "反馈", kContacts, {feedback_times}},
    {kHandled,
     "street_visit",
     kStay,
     "order.street_visited",
     "街道回访",
     kOfficers,
     {visit_fields}},
    {{completed, visited, closed},
     "review",
     kStay,
     "order.reviewed",
     "复盘",
     {hard_case, analyst, Role::audit, team_leader},
     {review_fields}},
    {kOpen,
     "register_hard_case",
     kStay,
     "order.hard_case_registered",
     "登记疑难台账",
     kHardCases,
     {hard_case_fields}},
    {kOpen,
     "whistle",
     kStay,
     "order.whistled",
     "吹哨",
     {seat, hard_case, team_leader, street_leader},
     {whistle_fields}},
    {kOpen,
     "whistle_arrived",
     kStay,
     "order.whistle_arrived",
     "报到",
     {unit, seat, hard_case, team_leader},
     {whistle_unit}},
    {visited,
     "appeal_submit",
     kStay,
     "order.appeal_submitted",
     "申诉上报",
     kLeader,
     {appeal_fields}},
    {visited,
     "appeal_decided",
     kStay,
     "order.appeal_decided",
     "申诉结果",
     {city, system, hard_case, team_leader},
     {appeal_pending}},

    {kBeforeReply,
     "raise_class",
     kStay,
     "order.reclassified",
     "提高类别",
     {city, system, seat, hard_case, team_leader, street_leader},
     {class_raised, reason_given}},
    {kBeforeReply,
     "lower_class",
     kStay,
     "order.reclassified",
     "降低类别",
     kLeader,
     {class_lowered, reason_given}},
    {kLiveStates,
     "set_flag",
     kStay,
     "order.flagged",
     "设置标记",
     {city, system, seat, hard_case, team_leader, street_leader},
     {flag_to_set}},
    {kLiveStates,
     "clear_flag",
     kStay,
     "order.unflagged",
     "取消标记",
     {hard_case, team_leader, street_leader},
     {flag_to_clear}},
    {kLiveStates,
     "link_parent",
     kStay,
     "order.linked",
     "关联首次工单",
     kDispatchers,
     {parent_fields}},
    {kBeforeReply,
     "pause_clock",
     kStay,
     "order.clock_paused",
     "暂停时限",
     {hard_case, team_leader},
     {clock_to_pause}},
    {kLiveStates,
     "resume_clock",
     kStay,
     "order.clock_resumed",
     "恢复时限",
     {hard_case, team_leader, system},
     {clock_to_resume}},
});

constexpr size_t kTransitionCount = [] {
  size_t count = 0;
  for (const CommandRule& rule : kRules) {
    for (size_t state = 0; state < kOrderStateCount; ++state) {
      count += rule.from.has(OrderState(state)) ? 1 : 0;
    }
  }
  return count;
}();

constexpr std::optional<OrderState> target_of(const CommandRule& rule, OrderState from) {
  switch (rule.to.kind) {
    case Target::Kind::state:
      return rule.to.state;
    case Target::Kind::stay:
      return from;
    case Target::Kind::previous:
      return std::nullopt;
  }
  return std::nullopt;
}

struct Expanded {
  std::array<Transition, kTransitionCount> rows;
  std::array<size_t, kOrderStateCount + 1> begin;  // the rows of each state
};

constexpr Expanded kExpanded = [] {
  Expanded all{};
  size_t next = 0;
  for (size_t state = 0; state < kOrderStateCount; ++state) {
    all.begin[state] = next;
    const auto from = OrderState(state);
    for (const CommandRule& rule : kRules) {
      if (!rule.from.has(from)) continue;
      all.rows[next++] = {from,       rule.command, target_of(rule, from),
                          rule.topic, rule.chinese, &rule};
    }
  }
  all.begin[kOrderStateCount] = next;
  return all;
}();

std::span<const Transition> rows_of(OrderState state) {
  const size_t at = size_t(state);
  return lifecycle().subspan(kExpanded.begin[at], kExpanded.begin[at + 1] - kExpanded.begin[at]);
}

}  // namespace

std::span<const CommandRule> command_rules() { return kRules; }
std::span<const Transition> lifecycle() { return kExpanded.rows; }

const Transition* find_transition(OrderState state, std::string_view command,
                                  std::string_view choice) {
  const std::string_view wanted = canonical_command(command);
  const Transition* first = nullptr;
  size_t found = 0;
  for (const Transition& row : rows_of(state)) {
    if (row.command != wanted) continue;
    if (choice.empty()) return &row;
    if (row.to && to_string(*row.to) == choice) return &row;
    if (found++ == 0) first = &row;
  }
  return found == 1 ? first : nullptr;
}

std::string_view canonical_command(std::string_view command) {
  return command == "complete" ? std::string_view("accept_completion") : command;
}

bool is_command(std::string_view command) { return !command_chinese(command).empty(); }

std::string_view command_chinese(std::string_view command) {
  const std::string_view wanted = canonical_command(command);
  for (const CommandRule& rule : kRules) {
    if (rule.command == wanted) return rule.chinese;
  }
  return {};
}

std::string states_allowing(std::string_view command) {
  const std::string_view wanted = canonical_command(command);
  std::string names;
  for (OrderState state : all_order_states()) {
    bool allowed = std::ranges::any_of(
        rows_of(state), [&](const Transition& row) { return row.command == wanted; });
    if (!allowed) continue;
    if (!names.empty()) names += "、";
    names += to_chinese(state);
  }
  return names;
}

bool has_guard(const CommandRule& rule, Guard guard) {
  return std::ranges::find(rule.guards, guard) != rule.guards.end();
}

}  // namespace jieban
