#include "common/domain/order_state.h"

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

constexpr std::array<StateName, kOrderStateCount> kStates = {{
    {new_order, "NEW", "待签收"},
    {signed_in, "SIGNED", "已签收"},
    {return_requested, "RETURN_REQ", "退单申请中"},
    {returned, "RETURNED", "已退单"},
    {dispatched, "DISPATCHED", "已派单"},
    {handling, "HANDLING", "办理中"},
    {auditing, "AUDITING", "待审核"},
    {submitted, "SUBMITTED", "已提交"},
    {rejected, "REJECTED", "被驳回"},
    {completed, "COMPLETED", "已办结"},
    {visited, "VISITED", "已回访"},
    {closed, "CLOSED", "已归档"},
    {cancelled, "CANCELLED", "已撤单"},
}};

constexpr auto kAll = [] {
  std::array<OrderState, kOrderStateCount> all{};
  for (size_t i = 0; i < all.size(); ++i) all.at(i) = kStates.at(i).state;
  return all;
}();

// A state is its own place in the table.
const StateName& row_of(OrderState state) {
  CHECK(size_t(state) < kStates.size());
  return kStates.at(size_t(state));
}

}  // namespace

std::string_view to_string(OrderState state) { return row_of(state).code; }
std::string_view to_chinese(OrderState state) { return row_of(state).chinese; }

bool from_string(std::string_view text, OrderState& out) {
  for (const StateName& row : kStates) {
    if (row.code != text) continue;
    out = row.state;
    return true;
  }
  return false;
}

std::span<const OrderState> all_order_states() { return kAll; }

std::string to_chinese(StateSet states) {
  std::string names;
  for (const StateName& row : kStates) {
    if (!states.has(row.state)) continue;
    if (!names.empty()) names += "、";
    names += row.chinese;
  }
  return names;
}

}  // namespace jieban
