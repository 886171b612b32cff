#include "daemons/router/router_gauges.h"

namespace jieban {

Result<void> RouterGauges::start(const EdgeContext& context) {
  clock_ = &context.clock;
  for (OrderState state : all_order_states()) {
    orders_[state] = &context.metrics.gauge("jieban_orders", "orders by state",
                                            {{"state", std::string(to_string(state))}});
  }
  oldest_unsigned_ = &context.metrics.gauge("jieban_oldest_unsigned_seconds",
                                            "age of the oldest order that nobody has signed");
  return {};
}

void RouterGauges::observe(const Transaction& store) {
  for (const auto& [state, gauge] : orders_) {
    auto row = router_.counts().get(store, make_key(to_string(state)));
    if (row.ok()) gauge->set(*row ? double((*row)->orders) : 0);
  }
  double age = 0;
  auto scanned =
      router_.unsigned_orders().scan(store, {}, [&](std::string_view, const UnsignedOrder& row) {
        age = std::chrono::duration<double>(clock_->now() - row.since).count();
        return false;
      });
  if (scanned.ok()) oldest_unsigned_->set(age);
}

}  // namespace jieban
