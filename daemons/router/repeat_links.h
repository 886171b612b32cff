// RepeatLinks: to which earlier orders a new one is linked (DOMAIN §5.4).
//
//   repeat    the same caller, category and address, at most repeat_window apart
//   cluster   another caller, the same category and point, at most cluster_window apart
//
// Both ends of a window count. Where an order has only one of address and point, it stands for the
// other; without a caller or a place nothing is linked. Orders are never merged. A cluster is named
// after its first order, until a whole window passes without another.
// One row a place and category with the latest order of each caller, at most kCallersMax of them:
// an order reads and writes one such row, two where address and point differ. Callers and addresses
// are the door's keyed hashes; nobody can be found by a row.
// Fails: with the errors of the store. Thread rule: the core's.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common/daemon/table.h"
#include "daemons/router/order_course.h"
#include "daemons/router/routed_intake.h"

namespace jieban {

struct LatestOrder {
  uint64_t caller = 0;
  uint64_t order_id = 0;
  Timestamp at;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("caller", &LatestOrder::caller);
    visit("order_id", &LatestOrder::order_id);
    visit("at", &LatestOrder::at);
  }
};

struct PlaceOrders {
  std::vector<LatestOrder> callers;
  std::optional<uint64_t> cluster;  // its first order

  template <class Visit>
  static void fields(Visit& visit) {
    visit("callers", &PlaceOrders::callers);
    visit("cluster", &PlaceOrders::cluster);
  }
};

constexpr size_t kCallersMax = 16;

class RepeatLinks {
 public:
  Result<void> open(TableOpener& tables) { return places_.open(tables, "places"); }

  // Notes the order, and tells what it is linked to.
  Result<RouteLinks> link(uint64_t order_id, const RoutedIntake& intake, Timestamp at,
                          const RepeatPolicy& policy, const Table<RouterOrder>& orders,
                          Transaction& store) const;

  const Table<PlaceOrders>& places() const { return places_; }

 private:
  Table<PlaceOrders> places_;  // by a hash of place and category
};

}  // namespace jieban
