// The life cycle of an order (DOMAIN §3.2), as a table.
//
// A rule says: in these states, these roles may give this command; if its guards hold, the order
// goes to that state and this topic is told. There is no other place where a transition is allowed.
// Rules are what people read; a Transition is one rule in one state, which is what is looked up.
// Thread rule: pure functions over constants.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "common/domain/guard.h"
#include "common/domain/order_state.h"
#include "common/domain/role.h"

namespace jieban {

// Where a rule leads.
struct Target {
  enum class Kind : uint8_t { state, stay, previous };
  Kind kind = Kind::stay;
  OrderState state = OrderState::new_order;

  constexpr Target() = default;
  constexpr Target(Kind where) : kind(where) {}                      // NOLINT(*-explicit-*)
  constexpr Target(OrderState to) : kind(Kind::state), state(to) {}  // NOLINT(*-explicit-*)
};

constexpr size_t kGuardsMax = 5;

struct CommandRule {
  StateSet from;
  std::string_view command;  // "sign"
  Target to;
  std::string_view topic;    // "order.signed"
  std::string_view chinese;  // "签收"
  RoleSet roles;
  std::array<Guard, kGuardsMax> guards{};  // checked in this order; the rest is none
};

struct Transition {
  OrderState from = OrderState::new_order;
  std::string_view command;
  std::optional<OrderState> to;  // empty: the state before the return was requested
  std::string_view topic;
  std::string_view chinese;
  const CommandRule* rule = nullptr;
};

std::span<const CommandRule> command_rules();
// Every rule in each of its states, state by state.
std::span<const Transition> lifecycle();

// The row for `command` in `state`, if there is one. Where a command leads to several states,
// `choice` is the name of one of them; without it the first is meant.
const Transition* find_transition(OrderState state, std::string_view command,
                                  std::string_view choice = {});

// The word of the table for an older one: "accept_completion" for "complete".
std::string_view canonical_command(std::string_view command);
// Whether any row of the table has this command.
bool is_command(std::string_view command);
std::string_view command_chinese(std::string_view command);

// The states in which `command` is allowed, in Chinese, for the person who was refused:
// "已派单、办理中".
std::string states_allowing(std::string_view command);

// Whether the rule has the guard.
bool has_guard(const CommandRule& rule, Guard guard);

}  // namespace jieban
