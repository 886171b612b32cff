// OrderState: where an order stands (DOMAIN §3.2), and sets of states.
//
// Names are for ever: they are stored, and read for years. Pure functions; any thread.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace jieban {

enum class OrderState : uint8_t {
  new_order,         // 待签收
  signed_in,         // 已签收
  return_requested,  // 退单申请中
  returned,          // 已退单, terminal
  dispatched,        // 已派单
  handling,          // 办理中
  auditing,          // 待审核
  submitted,         // 已提交
  rejected,          // 被驳回
  completed,         // 已办结
  visited,           // 已回访
  closed,            // 已归档, terminal until the city dispatches it again
  cancelled,         // 已撤单, terminal
};

constexpr size_t kOrderStateCount = 13;

std::string_view to_string(OrderState state);   // "NEW", as in DOMAIN §3.2
std::string_view to_chinese(OrderState state);  // "待签收"
bool from_string(std::string_view text, OrderState& out);
// In the order of the life cycle.
std::span<const OrderState> all_order_states();

// A set of states, as a value.
class StateSet {
 public:
  constexpr StateSet() = default;
  constexpr StateSet(OrderState state) : bits_(bit(state)) {}  // NOLINT(*-explicit-*)
  constexpr StateSet(std::initializer_list<OrderState> states) {
    for (OrderState state : states) bits_ = uint16_t(bits_ | bit(state));
  }
  constexpr bool has(OrderState state) const { return (bits_ & bit(state)) != 0; }
  constexpr StateSet without(StateSet others) const {
    StateSet rest;
    rest.bits_ = uint16_t(bits_ & ~others.bits_);
    return rest;
  }
  constexpr bool operator==(const StateSet&) const = default;

 private:
  static constexpr uint16_t bit(OrderState state) { return uint16_t(1U << unsigned(state)); }
  uint16_t bits_ = 0;
};

inline constexpr StateSet kTerminalStates = {OrderState::returned, OrderState::closed,
                                             OrderState::cancelled};
inline constexpr StateSet kLiveStates = {OrderState::new_order,        OrderState::signed_in,
                                         OrderState::return_requested, OrderState::dispatched,
                                         OrderState::handling,         OrderState::auditing,
                                         OrderState::submitted,        OrderState::rejected,
                                         OrderState::completed,        OrderState::visited};

constexpr bool is_terminal(OrderState state) { return kTerminalStates.has(state); }

// "已派单、办理中".
std::string to_chinese(StateSet states);

}  // namespace jieban
