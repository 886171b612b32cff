#include "common/domain/lifecycle.h"

#include <array>

#include "common/base/check.h"

namespace jieban {
namespace {

using enum OrderState;

struct StateName {
  OrderState state;
  std::string_view code;
  std::string_view chinese;
};

constexpr std::array<StateName, 7> kStates = {{
    {new_order, "NEW", "待签收"},
    {signed_in, "SIGNED", "已签收"},
    {dispatched, "DISPATCHED", "已派单"},
    {handling, "HANDLING", "办理中"},
    {auditing, "AUDITING", "待审核"},
    {submitted, "SUBMITTED", "已提交"},
    {completed, "COMPLETED", "已办结"},
}};

constexpr std::array<OrderState, 7> kAll = {new_order, signed_in, dispatched, handling,
                                            auditing,  submitted, completed};

constexpr std::array<Transition, 7> kLifecycle = {{
    {new_order, "sign", signed_in, "order.signed", Guard::none, "签收"},
    {signed_in, "dispatch", dispatched, "order.dispatched", Guard::needs_unit, "派单"},
    {dispatched, "accept", handling, "order.accepted", Guard::none, "接收"},
    // A unit that hands in without a word before has accepted by doing so.
    {dispatched, "hand_in", auditing, "order.handed_in", Guard::none, "提交材料"},
    {handling, "hand_in", auditing, "order.handed_in", Guard::none, "提交材料"},
    {auditing, "submit", submitted, "order.submitted", Guard::none, "提交"},
    {submitted, "complete", completed, "order.completed", Guard::none, "办结"},
}};

}  // namespace

std::string_view to_string(OrderState state) {
  for (const StateName& row : kStates) {
    if (row.state == state) return row.code;
  }
  check_failed(__FILE__, __LINE__, "a known OrderState");
}

std::string_view to_chinese(OrderState state) {
  for (const StateName& row : kStates) {
    if (row.state == state) return row.chinese;
  }
  check_failed(__FILE__, __LINE__, "a known OrderState");
}

bool from_string(std::string_view text, OrderState& out) {
  for (const StateName& row : kStates) {
    if (row.code != text) continue;
    out = row.state;
    return true;
  }
  return false;
}

std::span<const OrderState> all_order_states() { return kAll; }
std::span<const Transition> lifecycle() { return kLifecycle; }

const Transition* find_transition(OrderState state, std::string_view command) {
  for (const Transition& row : kLifecycle) {
    if (row.from == state && row.command == command) return &row;
  }
  return nullptr;
}

bool is_command(std::string_view command) { return !command_chinese(command).empty(); }

std::string_view command_chinese(std::string_view command) {
  for (const Transition& row : kLifecycle) {
    if (row.command == command) return row.chinese;
  }
  return {};
}

std::string states_allowing(std::string_view command) {
  std::string names;
  for (const Transition& row : kLifecycle) {
    if (row.command != command) continue;
    if (!names.empty()) names += "、";
    names += to_chinese(row.from);
  }
  return names;
}

}  // namespace jieban
