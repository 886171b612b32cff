#include "tests/bench/restart.h"

namespace jieban::bench {
namespace {

// order.opened, order.signed and order.dispatched in the stream of the router.
constexpr uint64_t kRouterEventsPerOrder = 3;

double seconds_of(Duration time) { return double(time.count() / 1000) / 1000; }

}  // namespace

Result<Value> run_restart(const std::string& programs, const std::string& directory,
                          uint64_t events, bool progress) {
  auto street = Street::make(programs, directory);
  if (!street.ok()) return street.error();
  auto started = street->start();
  if (!started.ok()) return started.error();
  PipelinePlan plan;
  plan.orders = (events + kRouterEventsPerOrder - 1) / kRouterEventsPerOrder;
  plan.progress = progress;
  auto filled = measure_throughput(*street, OrderText(SystemClock().now()), 0, plan);
  if (!filled.ok()) return filled.error();
  Value behind;
  for (const DaemonSeat& seat : kSeats) {
    const std::string name(seat.name);
    Value row;
    row.set("emitted", street->store(name).head());
    for (const DaemonSeat& other : kSeats) {
      const uint64_t applied = street->store(name).applied(street->stream(std::string(other.name)));
      if (applied > 0) row.set("applied_of_" + std::string(other.name), applied);
    }
    behind.set(name, std::move(row));
  }
  street->stop();
  auto again = street->start();
  if (!again.ok()) return again.error();
  Value out;
  Value running;
  Value ready;
  for (const auto& [name, times] : *again) {
    running.set(name, seconds_of(times.running));
    ready.set(name, seconds_of(times.ready));
  }
  return out.set("events", events)
      .set("history", std::move(behind))
      .set("running_seconds", std::move(running))
      .set("ready_seconds", std::move(ready));
}

}  // namespace jieban::bench
