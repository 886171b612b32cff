// The table of the life cycle: every rule, and nothing else (DOMAIN §3.2, §13.1).
//
// For lifecycle.cc, which looks things up in it; everybody else includes lifecycle.h. To read it,
// better print it: `jieban lifecycle`, or daemons/LIFECYCLE.md.
#pragma once

#include <array>

#include "common/domain/lifecycle.h"

namespace jieban::lifecycle_table {

using enum OrderState;
using enum Role;
using enum Guard;

inline constexpr Target kStay = Target::Kind::stay;
inline constexpr Target kPrevious = Target::Kind::previous;

// What an order is while somebody works on it.
inline constexpr StateSet kAtWork = {dispatched, handling, auditing, rejected};
inline constexpr StateSet kOpen = {signed_in, dispatched, handling, auditing, rejected};
inline constexpr StateSet kReturnable = {signed_in, dispatched, handling};
inline constexpr StateSet kHandled = {handling, auditing, submitted, rejected, completed};
inline constexpr StateSet kWithMaterial = {signed_in, return_requested, dispatched,
                                           handling,  auditing,         submitted,
                                           rejected,  completed,        visited};
inline constexpr StateSet kBeforeReply = {new_order, signed_in, return_requested, dispatched,
                                          handling,  auditing,  rejected};

// What the ledger of the contract may count (DOMAIN §17): all but what was cancelled.
inline constexpr StateSet kCounted = {new_order,  signed_in, return_requested, returned,
                                      dispatched, handling,  auditing,         submitted,
                                      rejected,   completed, visited,          closed};

// The upper level decides; somebody of the desk notes down what it decided.
inline constexpr RoleSet kDecided = {city, system, seat, hard_case, audit, team_leader};
inline constexpr RoleSet kDispatchers = {seat, team_leader, system};
inline constexpr RoleSet kUnits = {unit, Role::audit};
inline constexpr RoleSet kContacts = {unit, Role::audit, seat, hard_case};
inline constexpr RoleSet kMaterial = {unit, Role::audit, seat, hard_case, team_leader};
inline constexpr RoleSet kAuditors = {Role::audit, hard_case, team_leader};
inline constexpr RoleSet kLeader = {team_leader};
inline constexpr RoleSet kApprovers = {team_leader, city};
inline constexpr RoleSet kOfficers = {seat, hard_case, Role::audit, team_leader};
inline constexpr RoleSet kLedgerKeepers = {Role::audit, team_leader};
inline constexpr RoleSet kHardCases = {hard_case, team_leader, street_leader};

constexpr CommandRule rule(StateSet from, std::string_view command, Target to,
                           std::string_view topic, std::string_view chinese, RoleSet roles,
                           std::array<Guard, kGuardsMax> guards = {}) {
  return {from, command, to, topic, chinese, roles, guards};
}

// The two of every order stand first in their states: nobody searches long for them.
inline constexpr std::array kRules = std::to_array<CommandRule>(
    {rule(new_order, "sign", signed_in, "order.signed", "签收", kDispatchers),
     rule(signed_in, "dispatch", dispatched, "order.dispatched", "派单", kDispatchers,
          {needs_unit, bounce_cap, community_lead}),
     rule(signed_in, "self_answer", auditing, "order.self_answered", "直接答复", kDispatchers,
          {Guard::self_answer}),

     rule(kReturnable, "draft_return", kStay, "order.return_drafted", "拟退单",
          {seat, hard_case, unit, team_leader}, {return_fields}),
     rule(kReturnable, "request_return", return_requested, "order.return_requested", "申请退单",
          kLeader, {return_second_person, return_window}),
     rule(return_requested, "return_accepted", returned, "order.returned", "退单通过", kDecided),
     rule(return_requested, "return_refused", kPrevious, "order.return_refused", "退单驳回",
          kDecided, {reason_given}),

     rule(dispatched, "accept", handling, "order.accepted", "接收", kUnits),
     rule(dispatched, "unit_bounce", signed_in, "order.bounced", "部门退回", kUnits,
          {may_bounce, bounce_fields}),
     rule({dispatched, handling}, "reassign", dispatched, "order.reassigned", "改派", kDispatchers,
          {unit_named, bounce_cap, community_lead, reason_given}),
     rule(kAtWork, "add_assignment", kStay, "order.assignment_added", "加派", kDispatchers,
          {assignment_fields}),
     rule(kAtWork, "accept_assignment", kStay, "order.assignment_accepted", "协办接收", kUnits,
          {assignment_open}),
     rule(kAtWork, "finish_assignment", kStay, "order.assignment_done", "协办反馈", kUnits,
          {assignment_open}),
     rule(kAtWork, "bounce_assignment", kStay, "order.assignment_bounced", "协办退回", kUnits,
          {assignment_open, bounce_fields}),

     // Who has talked to the caller has taken the order on.
     rule(dispatched, "contact", handling, "order.contacted", "联系诉求人", kContacts,
          {contact_fields}),
     rule({signed_in, handling, auditing, rejected}, "contact", kStay, "order.contacted",
          "联系诉求人", kContacts, {contact_fields}),
     rule(handling, "extend_request", kStay, "order.extension_requested", "申请延期",
          {unit, Role::audit, seat, hard_case, team_leader},
          {extension_single, extension_count, extension_fields}),
     rule({handling, auditing}, "extend_approved", kStay, "order.extension_approved", "批准延期",
          kApprovers, {extension_pending, extension_second_person, extension_proofs}),
     rule({handling, auditing}, "extend_refused", kStay, "order.extension_refused", "不予延期",
          kApprovers, {extension_pending, reason_given}),
     rule({handling, rejected}, "stage_report", kStay, "order.stage_reported", "阶段性报告", kUnits,
          {stage_fields}),
     // A unit that hands in without a word before has accepted by doing so.
     rule({dispatched, handling}, "hand_in", auditing, "order.handed_in", "提交材料", kUnits,
          {hand_in_policy, material_complete}),
     rule(auditing, "audit_fail", handling, "order.audit_failed", "审核退回", kAuditors,
          {failed_items, audit_second_person, audit_items}),
     rule(auditing, "audit_pass", kStay, "order.audit_passed", "审核通过", kAuditors,
          {audit_open, audit_second_person, audit_items}),
     rule(auditing, "submit", submitted, "order.submitted", "提交",
          {seat, hard_case, Role::audit, team_leader, system}, {submit_policy}),

     rule(submitted, "reject", rejected, "order.rejected", "驳回", kDecided, {reject_fields}),
     rule(rejected, "redo", handling, "order.redone", "重办", {hard_case, team_leader, unit}),
     rule(rejected, "redo", auditing, "order.redone", "重办", {hard_case, team_leader, unit}),
     rule(submitted, "accept_completion", completed, "order.completed", "办结", kDecided),
     rule(completed, "visit_result", visited, "order.visited", "回访结果",
          {city, system, seat, hard_case, analyst, team_leader}, {visit_fields}),
     rule({visited, closed}, "again", new_order, "order.reopened", "再次派单",
          {city, system, seat, team_leader}, {round_next}),
     rule(visited, "cycle_settled", closed, "order.closed", "归档", {system, analyst, team_leader},
          {appeals_decided}),
     rule(kLiveStates, "cancel", cancelled, "order.cancelled", "撤单",
          {city, system, seat, team_leader}, {cancel_fields}),

     rule(kHandled, "feedback", kStay, "order.fed_back", "反馈", kContacts, {feedback_times}),
     rule(kWithMaterial, "attach", kStay, "order.attachment_added", "添加附件", kMaterial,
          {attachment_fields}),
     rule(kHandled, "street_visit", kStay, "order.street_visited", "街道回访", kOfficers,
          {visit_fields}),
     rule({completed, visited, closed}, "review", kStay, "order.reviewed", "复盘",
          {hard_case, analyst, Role::audit, team_leader}, {review_fields}),
     rule(kOpen, "register_hard_case", kStay, "order.hard_case_registered", "登记疑难台账",
          kHardCases, {hard_case_fields}),
     rule(kOpen, "whistle", kStay, "order.whistled", "吹哨",
          {seat, hard_case, team_leader, street_leader}, {whistle_fields}),
     rule(kOpen, "whistle_arrived", kStay, "order.whistle_arrived", "报到",
          {unit, seat, hard_case, team_leader}, {whistle_unit}),
     rule(visited, "appeal_submit", kStay, "order.appeal_submitted", "申诉上报", kLeader,
          {appeal_fields}),
     rule(visited, "appeal_decided", kStay, "order.appeal_decided", "申诉结果",
          {city, system, hard_case, team_leader}, {appeal_pending}),

     rule(kCounted, "note_miss", kStay, "order.miss_noted", "登记未达标原因", kLedgerKeepers,
          {miss_fields, miss_agreed}),
     rule(kCounted, "demand_rectification", kStay, "order.rectification_demanded", "登记整改要求",
          kLedgerKeepers, {rectification_fields, rectification_new}),
     rule(kCounted, "finish_rectification", kStay, "order.rectification_done", "整改完成",
          kLedgerKeepers, {rectification_open, rectification_proof}),
     rule(kCounted, "refuse_rectification", kStay, "order.rectification_refused", "拒不整改",
          kLeader, {rectification_open, rectification_proof, reason_given}),

     rule(kBeforeReply, "raise_class", kStay, "order.reclassified", "提高类别",
          {city, system, seat, hard_case, team_leader, street_leader},
          {class_raised, reason_given}),
     rule(kBeforeReply, "lower_class", kStay, "order.reclassified", "降低类别", kLeader,
          {class_lowered, reason_given}),
     rule(kLiveStates, "set_flag", kStay, "order.flagged", "设置标记",
          {city, system, seat, hard_case, team_leader, street_leader}, {flag_to_set}),
     rule(kLiveStates, "clear_flag", kStay, "order.unflagged", "取消标记",
          {hard_case, team_leader, street_leader}, {flag_to_clear}),
     rule(kLiveStates, "link_parent", kStay, "order.linked", "关联首次工单", kDispatchers,
          {parent_fields}),
     rule(kBeforeReply, "pause_clock", kStay, "order.clock_paused", "暂停时限",
          {hard_case, team_leader}, {clock_to_pause}),
     rule(kBeforeReply, "resume_clock", kStay, "order.clock_resumed", "恢复时限",
          {hard_case, team_leader, system}, {clock_to_resume}),
     // New rules count for new clocks; for those that run only where a leader says so.
     rule(kLiveStates, "reanchor", kStay, "order.reanchored", "按新规则重计时限", kLeader,
          {clock_to_reanchor, reason_given})});

}  // namespace jieban::lifecycle_table
