#include "tests/bench/notify.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include "common/base/file.h"
#include "common/json/json.h"
#include "tests/bench/gateway_sink.h"
#include "tests/bench/load.h"
#include "tests/bench/processors.h"
#include "tests/bench/quantiles.h"
#include "tests/bench/street.h"

namespace jieban::bench {
namespace {

constexpr std::chrono::microseconds kLookInterval{100};
constexpr std::chrono::milliseconds kProgressLook{5};
constexpr std::chrono::seconds kStuck{60};
constexpr uint64_t kFloodBatch = 250;
constexpr double kTargetMilliseconds = 50;
constexpr std::string_view kBreached = "deadline.breached";

// A call to one person by text message, and a webhook that is told of each order.
std::string notices_text(const GatewaySink& sink, const std::string& account) {
  return "version: bench\nofficial: false\nattempts_max: 60\ncall_attempts_max: 3\n"
         "retry_first: 1s\nretry_max: 5s\nchannels:\n"
         "  - {name: hook, kind: webhook, target: \"" +
         sink.url(Gateway::webhook) +
         "\", topics: [deadline.breached]}\n"
         "  - {name: kannel, kind: kannel_sms, target: \"" +
         sink.url(Gateway::sms) + "\", account_file: \"" + account +
         "\", method: sms}\n"
         "templates: {deadline.breached: \"{order_no}\", call: \"{order_no} {count}\"}\n"
         "unit_names: {}\n";
}

// The breach, and nothing else, is told at once: each order by itself, or all in one group.
std::string ladders_text(const std::string& group) {
  return "version: bench\nofficial: false\ntimes: {}\ninhibitions: []\nroutes:\n  receiver: "
         "later\n  group_by: [topic]\n"
         "  group_wait: 12h\n  group_interval: 12h\n  repeat_interval: 24h\n  routes:\n"
         "    - {matchers: [topic=deadline, level=red], receiver: phone, group_by: [\"" +
         group +
         "\"], group_wait: 0s}\npolicies:\n"
         "  later: {steps: [{tell: [{person: li}], wait: 12h}]}\n"
         "  phone: {steps: [{tell: [{person: li}], wait: 12h}]}\n"
         "everybody: {default: [{sms: 0s}]}\n"
         "silences: {length_max: 24h, reason_characters_min: 4, never: []}\ndestinations: {}\n";
}

Result<void> write_rules(const Site& site, const GatewaySink& sink, bool one_group) {
  const std::string account = site.root + "/kannel-account.yaml";
  RETURN_IF_ERROR(
      write_file(account, "username: bench\npassword: bench\nfrom: '10655000'\n", 0600));
  RETURN_IF_ERROR(write_file(site.etc + "/contacts.yaml",
                             "version: bench\npersons: {li: {sms: \"13800138000\"}}\n"
                             "units: {}\ngroups: {}\n",
                             0600));
  RETURN_IF_ERROR(write_file(site.etc + "/notices.yaml", notices_text(sink, account)));
  return write_file(site.etc + "/escalation.yaml", ladders_text(one_group ? "topic" : "..."));
}

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

Result<void> push_overdue(Pusher& pusher, uint64_t first, uint64_t count) {
  Value orders{Value::Array{}};
  for (uint64_t i = 0; i < count; ++i) orders.push(overdue_order(first + i));
  Value body;
  body.set("batch_id", "bench-" + std::to_string(first))
      .set("source", "city")
      .set("orders", std::move(orders));
  return pusher.push(to_json(body), count);
}

// Notes when each breach was committed.
class BreachClock {
 public:
  explicit BreachClock(const Street& street)
      : store_(street.store("sla-watcher")), next_(store_.head() + 1) {}

  void follow(uint64_t breaches, const std::atomic<bool>& stop) {
    while (committed_.size() < breaches && !stop) {
      const Duration now = monotonic_now();
      next_ = store_.visit(next_, [&](std::string_view record) {
        if (record.find(kBreached) == std::string_view::npos) return;
        committed_.emplace(order_no_in(record), now);
      });
      pass(kLookInterval);
    }
  }
  const std::map<std::string, Duration>& committed() const { return committed_; }

 private:
  const StoreWatch& store_;
  uint64_t next_;
  std::map<std::string, Duration> committed_;
};

// Until it holds; an error when it has not for long.
Result<void> wait_for(Street& street, const std::function<uint64_t()>& count, uint64_t wanted) {
  Duration moved_at = monotonic_now();
  for (uint64_t before = 0, now = count(); now < wanted; now = count()) {
    if (now != before) moved_at = monotonic_now();
    before = now;
    if (monotonic_now() - moved_at > kStuck) {
      return Error{ErrorCode::unavailable,
                   "only " + std::to_string(now) + " of " + std::to_string(wanted) + " arrived"};
    }
    RETURN_IF_ERROR(street.check());
    pass(kProgressLook);
  }
  return {};
}

Result<Value> latency_to(const GatewaySink& sink, Gateway gateway, const BreachClock& clock) {
  const auto arrivals = sink.arrivals(gateway);
  std::vector<Duration> times;
  for (const auto& [order_no, at] : clock.committed()) {
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
  BreachClock clock(street);
  std::atomic<bool> stop = false;
  std::thread watcher([&] { clock.follow(plan.breaches, stop); });
  const ProcessorTimes before = processor_times();
  auto done = push_lightly(street, plan);
  const auto told = [&] {
    return std::min(sink.orders(Gateway::sms), sink.orders(Gateway::webhook));
  };
  if (done.ok()) done = wait_for(street, told, plan.breaches);
  const ProcessorShares shares = shares_between(before, processor_times());
  pass(10 * kLookInterval);
  stop = true;
  watcher.join();
  if (!done.ok()) return done.error();
  if (clock.committed().size() != plan.breaches) {
    return Error{ErrorCode::internal, "not every order was breached once"};
  }
  auto sms = latency_to(sink, Gateway::sms, clock);
  if (!sms.ok()) return sms.error();
  auto webhook = latency_to(sink, Gateway::webhook, clock);
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

Result<Value> measure_flood(Street& street, const GatewaySink& sink, uint64_t notices) {
  BreachClock clock(street);
  std::atomic<bool> stop = false;
  std::thread watcher([&] { clock.follow(notices, stop); });
  const Duration begin = monotonic_now();
  const auto push = [&]() -> Result<void> {
    auto pusher = Pusher::open(street.site());
    if (!pusher.ok()) return pusher.error();
    for (uint64_t first = 0; first < notices; first += kFloodBatch) {
      RETURN_IF_ERROR(push_overdue(*pusher, first, std::min(kFloodBatch, notices - first)));
    }
    return {};
  };
  auto done = push();
  const Duration pushed = monotonic_now() - begin;
  if (done.ok()) {
    done = wait_for(
        street, [&] { return sink.orders(Gateway::webhook); }, notices);
  }
  const Duration told = monotonic_now() - begin;
  stop = true;
  watcher.join();
  if (!done.ok()) return done.error();
  Duration breached{};
  for (const auto& [order_no, at] : clock.committed()) breached = std::max(breached, at - begin);
  const auto seconds = [](Duration time) { return rounded(double(time.count()) / 1e6, 2); };
  Value out;
  return out.set("notices", notices)
      .set("pushed_after_seconds", seconds(pushed))
      .set("breached_after_seconds", seconds(breached))
      .set("told_after_seconds", seconds(told))
      .set("notices_per_second", rounded(double(notices) * 1e6 / double(told.count()), 0))
      .set("webhook_requests", sink.requests(Gateway::webhook))
      .set("calls_of_the_phone", sink.requests(Gateway::sms));
}

}  // namespace

Result<Value> run_notify(const std::string& programs, const std::string& directory,
                         const NotifyPlan& plan) {
  GatewaySink sink;
  RETURN_IF_ERROR(sink.start());
  auto street = Street::make(programs, directory);
  if (!street.ok()) return street.error();
  RETURN_IF_ERROR(write_rules(street->site(), sink, plan.flood > 0));
  auto started = street->start();
  if (!started.ok()) return started.error();
  return plan.flood > 0 ? measure_flood(*street, sink, plan.flood)
                        : measure_calls(*street, sink, plan);
}

}  // namespace jieban::bench
