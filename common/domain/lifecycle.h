// The life cycle of an order (DOMAIN §3.2), as a table.
//
// A row says: in this state, this command leads to that state and tells this topic, if the guard
// holds. There is no other place where a transition is allowed. The states that this release does
// not reach yet are listed too, because they are stored and displayed.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace jieban {

enum class OrderState {
  new_order,   // 待签收
  signed_in,   // 已签收
  dispatched,  // 已派单
  handling,    // 办理中
  auditing,    // 待审核
  submitted,   // 已提交
  completed,   // 已办结
};

std::string_view to_string(OrderState state);   // "NEW", as in DOMAIN §3.2
std::string_view to_chinese(OrderState state);  // "待签收"
bool from_string(std::string_view text, OrderState& out);
std::span<const OrderState> all_order_states();

// What must be true of the order or of the command, beside the state.
enum class Guard {
  none,
  needs_unit,  // a lead unit, named by the command or found by the routing rules
};

struct Transition {
  OrderState from;
  std::string_view command;  // "sign"
  OrderState to;
  std::string_view topic;  // "order.signed"
  Guard guard;
  std::string_view chinese;  // "签收"
};

std::span<const Transition> lifecycle();

// The row for `command` in `state`, if there is one.
const Transition* find_transition(OrderState state, std::string_view command);

// Whether any row of the table has this command.
bool is_command(std::string_view command);
std::string_view command_chinese(std::string_view command);

// The states in which `command` is allowed, in Chinese, for the person who was refused:
// "已派单、办理中".
std::string states_allowing(std::string_view command);

}  // namespace jieban
