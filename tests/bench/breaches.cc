#include "tests/bench/breaches.h"

#include <algorithm>

#include "common/json/json.h"
#include "tests/bench/gateway_sink.h"

namespace jieban::bench {
namespace {

constexpr std::chrono::microseconds kLookInterval{100};
constexpr std::string_view kBreached = "deadline.breached";

Value overdue_order(uint64_t number) {
  Value order;
  return order.set("order_no", bench_order_no(number))
      .set("order_type", "诉求")
      .set("title", "第" + std::to_string(number) + "号诉求")
      .set("content", "请尽快处理。")
      .set("community", "真武庙社区")
      .set("cat1", "公共服务")
      .set("cat2", "供暖")
      .set("due_at", "2026-01-05 12:00:00");
}

}  // namespace

Result<void> push_overdue(Pusher& pusher, uint64_t first, uint64_t count) {
  Value orders{Value::Array{}};
  for (uint64_t i = 0; i < count; ++i) orders.push(overdue_order(first + i));
  Value body;
  body.set("batch_id", "bench-" + std::to_string(first))
      .set("source", "city")
      .set("orders", std::move(orders));
  return pusher.push(to_json(body), count);
}

BreachClock::BreachClock(const Street& street, uint64_t breaches)
    : store_(street.store("sla-watcher")), next_(store_.head() + 1) {
  thread_ = std::thread([this, breaches] { follow(breaches); });
}

void BreachClock::follow(uint64_t breaches) {
  while (committed_.size() < breaches && !stopping_) {
    const Duration now = monotonic_now();
    next_ = store_.visit(next_, [&](std::string_view record) {
      if (record.find(kBreached) == std::string_view::npos) return;
      committed_.emplace(order_no_in(record), now);
    });
    pass(kLookInterval);
  }
}

const std::map<std::string, Duration>& BreachClock::stop() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
  return committed_;
}

Duration BreachClock::last_after(Duration begin) {
  Duration last{};
  for (const auto& [order_no, at] : stop()) last = std::max(last, at - begin);
  return last;
}

Result<void> wait_for(Street& street, const std::function<Result<uint64_t>()>& count,
                      uint64_t wanted, const Patience& patience) {
  Duration moved_at = monotonic_now();
  for (uint64_t before = 0;;) {
    auto now = count();
    if (!now.ok()) return now.error();
    if (*now >= wanted) return {};
    if (*now != before) moved_at = monotonic_now();
    before = *now;
    if (monotonic_now() - moved_at > patience.stuck) {
      return Error{ErrorCode::unavailable,
                   "only " + std::to_string(*now) + " of " + std::to_string(wanted) + " arrived"};
    }
    RETURN_IF_ERROR(street.check());
    pass(patience.look);
  }
}

}  // namespace jieban::bench
