#include "daemons/sla-watcher/sla_gauges.h"

#include "common/base/log.h"
#include "common/domain/topics.h"

namespace jieban {
namespace {

struct CountedSignal {
  std::string_view topic;
  const char* metric;
  const char* help;
  const char* log_event;  // null: not logged
};

constexpr std::array<CountedSignal, 5> kSignals = {{
    {topics::kDeadlineWarned, "jieban_deadlines_warned_total", "warnings told since the start",
     nullptr},
    {topics::kDeadlineBreached, "jieban_deadlines_breached_total",
     "breaches told since the start, repeats included", nullptr},
    {watcher_topics::kDrift, "jieban_deadline_drifts_total",
     "due times on orders that differ from the rule by more than five minutes", nullptr},
    {topics::kCalendarMissing, "jieban_calendar_missing_total",
     "deadlines in natural time because a year has no official calendar", "calendar_missing"},
    {watcher_topics::kOrphan, "jieban_timers_orphaned_total",
     "timers that belonged to no clock and were erased", "timer_orphaned"},
}};

}  // namespace

Result<void> SlaGauges::start(const EdgeContext& context) {
  clock_ = &context.clock;
  MetricRegistry& metrics = context.metrics;
  running_ = &metrics.gauge("jieban_clocks_running", "clocks that run, paused ones included");
  paused_ = &metrics.gauge("jieban_clocks_paused", "clocks that stand still");
  flagged_ = &metrics.gauge("jieban_orders_calendar_missing",
                            "orders of which a deadline is in natural time for want of a calendar");
  next_ = &metrics.gauge("jieban_next_deadline_seconds",
                         "until the next rung of a running clock; 0 when none runs");
  for (size_t i = 0; i < kSignals.size(); ++i) {
    told_.at(i) = &metrics.counter(kSignals.at(i).metric, kSignals.at(i).help);
  }
  return {};
}

void SlaGauges::signalled(const Signal& signal) {
  for (size_t i = 0; i < kSignals.size(); ++i) {
    const CountedSignal& counted = kSignals.at(i);
    if (counted.topic != signal.topic) continue;
    told_.at(i)->increment();
    if (counted.log_event == nullptr) return;
    log(LogLevel::error, counted.log_event, {{"order_id", signal.id}, {"what", signal.text}});
    return;
  }
}

void SlaGauges::observe(const Transaction& store) {
  auto totals = watcher_.totals(store);
  if (totals.ok()) {
    running_->set(double(totals->running));
    paused_->set(double(totals->paused.value_or(0)));
    flagged_->set(double(totals->flagged.value_or(0)));
  }
  auto due = watcher_.next_due(store);
  if (!due.ok()) return;
  bool none = *due == kTimestampMax;
  next_->set(none ? 0 : std::chrono::duration<double>(*due - clock_->now()).count());
}

}  // namespace jieban
