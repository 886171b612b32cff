// OpenOrders: which orders the desk still has to see to: those in the states before the reply.
//
// A hand-over walks through them; orders of years that are done cost it nothing. Follows the state
// of every order, one small row each, written in the order of their ids. Fails: as the store does.
// Thread rule: written by the core; read in a transaction of one's own.
#pragma once

#include <functional>
#include <optional>

#include "common/daemon/table.h"
#include "common/domain/order_state.h"

namespace jieban {

struct OpenOrder {
  Timestamp since;  // in these states

  template <class Visit>
  static void fields(Visit& visit) {
    visit("since", &OpenOrder::since);
  }
};

class OpenOrders {
 public:
  Result<void> open(TableOpener& tables) { return table_.open(tables, "open_orders"); }
  // `before` is empty for a new order.
  Result<void> follow(uint64_t order_id, std::optional<OrderState> before, OrderState after,
                      Transaction& store, Timestamp now) const;
  // The lowest id first, until `visit` fails.
  Result<void> for_each(const Transaction& store,
                        const std::function<Result<void>(uint64_t order_id)>& visit) const;
  Result<uint64_t> count(const Transaction& store) const { return table_.count(store); }

 private:
  Table<OpenOrder> table_;
};

}  // namespace jieban
