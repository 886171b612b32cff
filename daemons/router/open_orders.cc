#include "daemons/router/open_orders.h"

#include "common/store/key.h"

namespace jieban {
namespace {

using enum OrderState;

// Nothing has been answered yet.
constexpr StateSet kBeforeReply = {new_order, signed_in, return_requested, dispatched,
                                   handling,  auditing,  rejected};

}  // namespace

Result<void> OpenOrders::follow(uint64_t order_id, std::optional<OrderState> before,
                                OrderState after, Transaction& store, Timestamp now) const {
  const bool was = before && kBeforeReply.has(*before);
  const bool is = kBeforeReply.has(after);
  if (was == is) return {};
  const std::string key = make_key(order_id);
  if (is) {
    table_.add(store, key, {now});
    return {};
  }
  auto erased = table_.erase(store, key);
  return erased.ok() ? Result<void>() : erased.error();
}

Result<void> OpenOrders::for_each(
    const Transaction& store, const std::function<Result<void>(uint64_t order_id)>& visit) const {
  Range range(store, table_.id());
  auto found = range.seek({});
  while (found.ok() && *found) {
    RETURN_IF_ERROR(visit(KeyReader(range.key()).number()));
    found = range.next();
  }
  return found.ok() ? Result<void>() : found.error();
}

}  // namespace jieban
