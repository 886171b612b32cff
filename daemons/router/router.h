// Router: owns the life cycle. Signs, dispatches by the rules, and carries out or refuses what
// operators command.
//
// Follows the receiver's stream. Emits order.opened for every order that came in, one event for
// each row of the life cycle that is taken (common/domain/lifecycle.h), and command.refused.
#pragma once

#include "common/daemon/rule_book.h"
#include "common/daemon/service.h"
#include "daemons/router/routing_rules.h"

namespace jieban {

// Where an order stands, and what later decisions about it need.
struct RouterOrder {
  std::string order_no;
  OrderState state = OrderState::new_order;
  std::string order_class;
  std::string category;
  std::string community;
  std::vector<std::string> keywords;
  std::optional<std::string> lead_unit;
  std::optional<Timestamp> due_at;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("order_no", &RouterOrder::order_no);
    visit("state", &RouterOrder::state);
    visit("order_class", &RouterOrder::order_class);
    visit("category", &RouterOrder::category);
    visit("community", &RouterOrder::community);
    visit("keywords", &RouterOrder::keywords);
    visit("lead_unit", &RouterOrder::lead_unit);
    visit("due_at", &RouterOrder::due_at);
  }
};

struct StateCount {
  uint64_t orders = 0;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("orders", &StateCount::orders);
  }
};

// An order that waits for its signature.
struct UnsignedOrder {
  Timestamp since;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("since", &UnsignedOrder::since);
  }
};

class Router : public Service {
 public:
  Result<void> open(TableOpener& tables) override;
  Result<void> apply(const Event& event, Step& step) override;

  // By order id; by the name of the state; by order id, oldest first.
  const Table<RouterOrder>& orders() const { return orders_; }
  const Table<StateCount>& counts() const { return counts_; }
  const Table<UnsignedOrder>& unsigned_orders() const { return unsigned_; }

 private:
  // Who asked for a move: the system, or an operator by a command.
  struct Asker {
    std::string actor;
    const CommandRequest* request = nullptr;
  };
  Result<void> open_order(const Event& event, Step& step);
  Result<void> amend_order(const Event& event, Step& step);
  Result<void> carry_out(const Event& event, Step& step);
  Result<void> advance(uint64_t order_id, RouterOrder& order, const Asker& asker,
                       const RouterRules& rules, Step& step);
  Result<void> move(uint64_t order_id, RouterOrder& order, const Transition& row, OrderMove told,
                    const Asker& asker, Step& step);
  void tell_unrouted(uint64_t order_id, const RouterOrder& order, const RouterRules& rules,
                     Step& step);
  Result<void> recount(uint64_t order_id, std::optional<OrderState> before, OrderState after,
                       Step& step);
  Result<void> count(OrderState state, int64_t by, Step& step);
  Result<const RouterRules*> rules(Step& step) const;

  RuleBook<RouterRules> book_;
  Table<RouterOrder> orders_;
  Table<StateCount> counts_;
  Table<UnsignedOrder> unsigned_;
};

}  // namespace jieban
