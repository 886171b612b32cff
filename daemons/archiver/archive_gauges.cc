#include "daemons/archiver/archive_gauges.h"

namespace jieban {

Result<void> ArchiveGauges::start(const EdgeContext& context) {
  events_ = &context.metrics.gauge("jieban_archive_events", "events in the archive");
  orders_ = &context.metrics.gauge("jieban_archive_orders", "orders in the archive");
  return {};
}

void ArchiveGauges::observe(const Transaction& store) {
  auto events = store.count(tables_.records);
  if (events.ok()) events_->set(double(*events));
  auto orders = tables_.orders.count(store);
  if (orders.ok()) orders_->set(double(*orders));
}

}  // namespace jieban
