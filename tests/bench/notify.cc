#include "tests/bench/notify.h"

#include <algorithm>

#include "tests/bench/breaches.h"
#include "tests/bench/gateway_sink.h"
#include "tests/bench/notify_flood.h"
#include "tests/bench/notify_rules.h"
#include "tests/bench/processors.h"
#include "tests/bench/quantiles.h"

namespace jieban::bench {
namespace {

// For the clock, which may not have seen the last breach.
constexpr std::chrono::milliseconds kAfterwards{1};
constexpr double kTargetMilliseconds = 50;

Result<Value> latency_to(const GatewaySink& sink, Gateway gateway,
                         const std::map<std::string, Duration>& committed) {
  const auto arrivals = sink.arrivals(gateway);
  std::vector<Duration> times;
  for (const auto& [order_no, at] : committed) {
    auto arrived = arrivals.find(order_no);
    if (arrived == arrivals.end()) return Error{ErrorCode::internal, order_no + " was not told"};
    times.push_back(std::max(Duration::zero(), arrived->second - at));
  }
  return quantiles(std::move(times));
}

Result<void> push_lightly(Street& street, const NotifyPlan& plan) {
  auto pusher = Pusher::open(street.site());
  if (!pusher.ok()) return pusher.error();
  const Duration begin = monotonic_now() + plan.every;
  for (uint64_t i = 0; i < plan.breaches; ++i) {
    const Duration due = begin + int64_t(i) * plan.every;
    const Duration now = monotonic_now();
    if (now < due) pass(due - now);
    RETURN_IF_ERROR(push_overdue(*pusher, i, 1));
  }
  return {};
}

Result<Value> measure_calls(Street& street, const GatewaySink& sink, const NotifyPlan& plan) {
  BreachClock clock(street, plan.breaches);
  const ProcessorTimes before = processor_times();
  RETURN_IF_ERROR(push_lightly(street, plan));
  const auto told = [&] {
    return Result<uint64_t>(std::min(sink.orders(Gateway::sms), sink.orders(Gateway::webhook)));
  };
  RETURN_IF_ERROR(wait_for(street, told, plan.breaches));
  const ProcessorShares shares = shares_between(before, processor_times());
  pass(kAfterwards);
  const auto& committed = clock.stop();
  if (committed.size() != plan.breaches) {
    return Error{ErrorCode::internal, "not every order was breached once"};
  }
  auto sms = latency_to(sink, Gateway::sms, committed);
  if (!sms.ok()) return sms.error();
  auto webhook = latency_to(sink, Gateway::webhook, committed);
  if (!webhook.ok()) return webhook.error();
  Value out;
  return out.set("breaches", plan.breaches)
      .set("every_ms", plan.every.count() / 1000)
      .set("sms_call_ms", std::move(*sms))
      .set("webhook_ms", std::move(*webhook))
      .set("target_p99_ms", kTargetMilliseconds)
      .set("steal_percent", shares.steal_percent)
      .set("idle_percent", shares.idle_percent);
}

}  // namespace

Result<Value> run_notify(const std::string& programs, const std::string& directory,
                         const NotifyPlan& plan) {
  if (plan.within_limits) return run_flood_within_limits(programs, directory, plan.flood);
  if (plan.flood > 0) return run_flood(programs, directory, plan.flood);
  GatewaySink sink;
  RETURN_IF_ERROR(sink.start());
  auto street = Street::make(programs, directory);
  if (!street.ok()) return street.error();
  RETURN_IF_ERROR(write_rules(street->site(), taken_at_once(sink, "...")));
  auto started = street->start();
  if (!started.ok()) return started.error();
  return measure_calls(*street, sink, plan);
}

}  // namespace jieban::bench
