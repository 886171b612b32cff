#include "daemons/sla-watcher/sla_gauges.h"

#include "common/domain/topics.h"

namespace jieban {

Result<void> SlaGauges::start(const EdgeContext& context) {
  clock_ = &context.clock;
  MetricRegistry& metrics = context.metrics;
  running_ = &metrics.gauge("jieban_clocks_running", "clocks that run");
  next_ = &metrics.gauge("jieban_next_deadline_seconds",
                         "until the next rung of a running clock; 0 when none runs");
  warned_ = &metrics.counter("jieban_deadlines_warned_total", "warnings told since the start");
  breached_ = &metrics.counter("jieban_deadlines_breached_total", "breaches told since the start");
  return {};
}

void SlaGauges::signalled(const Signal& signal) {
  if (signal.topic == topics::kDeadlineWarned) warned_->increment();
  if (signal.topic == topics::kDeadlineBreached) breached_->increment();
}

void SlaGauges::observe(const Transaction& store) {
  auto running = watcher_.running(store);
  if (running.ok()) running_->set(double(*running));
  auto due = watcher_.next_due(store);
  if (!due.ok()) return;
  bool none = *due == kTimestampMax;
  next_->set(none ? 0 : std::chrono::duration<double>(*due - clock_->now()).count());
}

}  // namespace jieban
