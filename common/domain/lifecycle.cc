#include "common/domain/lifecycle.h"

#include <algorithm>

#include "common/domain/lifecycle_table.h"

namespace jieban {
namespace {

using lifecycle_table::kRules;

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
