#include "tests/bench/pipeline.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <map>
#include <optional>
#include <thread>

#include "tests/bench/ballast.h"
#include "tests/bench/processors.h"
#include "tests/bench/quantiles.h"

namespace jieban::bench {
namespace {

using std::chrono::microseconds;

constexpr std::chrono::milliseconds kLightInterval{20};  // 50 orders a second
constexpr microseconds kWatchInterval{100};
constexpr microseconds kProgressInterval{1000};
constexpr std::chrono::seconds kQuietMax{60};         // without progress: something is broken
constexpr std::chrono::milliseconds kUsageAge{1500};  // the store's size is measured each second
constexpr uint64_t kEventsPerOrder = 3;               // opened, signed, dispatched
constexpr uint64_t kBytesPerOrder = 12'000;           // of the stores, and what the heaps take
constexpr double kMicros = 1e6;

// Notes when each further event of the router came into the archive.
class ArchiveClock {
 public:
  explicit ArchiveClock(const Street& street) : street_(street) {}

  void follow(uint64_t base, uint64_t orders, std::atomic<bool>& stop) {
    archived_.reserve(orders);
    const std::string stream = street_.stream("router");
    while (archived_.size() < orders && !stop) {
      const uint64_t applied = street_.store("archiver").applied(stream);
      const Duration now = monotonic_now();
      while (archived_.size() < orders &&
             applied >= base + kEventsPerOrder * (archived_.size() + 1)) {
        archived_.push_back(now);
      }
      pass(kWatchInterval);
    }
  }
  const std::vector<Duration>& archived() const { return archived_; }

 private:
  const Street& street_;
  std::vector<Duration> archived_;
};

struct LightTimes {
  std::vector<Duration> due;
  std::vector<Duration> answered;
};

Result<LightTimes> push_lightly(const Site& site, const OrderText& text, uint64_t first,
                                uint64_t orders) {
  auto pusher = Pusher::open(site);
  if (!pusher.ok()) return pusher.error();
  LightTimes times;
  const Duration begin = monotonic_now() + kLightInterval;
  for (uint64_t i = 0; i < orders; ++i) {
    const Duration due = begin + int64_t(i) * Duration(kLightInterval);
    const std::string body = text.batch(first + i, 1);
    const Duration now = monotonic_now();
    if (now < due) pass(due - now);
    RETURN_IF_ERROR(pusher->push(body, 1));
    times.due.push_back(due);
    times.answered.push_back(monotonic_now());
  }
  return times;
}

struct Snapshot {
  std::map<std::string, uint64_t> commits;
  std::map<std::string, double> cpu;
  double own_cpu = 0;
  std::map<std::string, uint64_t> bytes;
};

Result<Snapshot> take_snapshot(const Street& street) {
  pass(kUsageAge);
  Snapshot snapshot;
  for (const DaemonSeat& seat : kSeats) {
    const std::string name(seat.name);
    auto bytes = street.store_used_bytes(name);
    if (!bytes.ok()) return bytes.error();
    snapshot.bytes[name] = *bytes;
    snapshot.commits[name] = street.store(name).commits();
    snapshot.cpu[name] = street.cpu_seconds(name);
  }
  snapshot.own_cpu = own_cpu_seconds();
  return snapshot;
}

// What changed between two snapshots, for each order and daemon, and the sum.
template <class Number>
Value per_order(const std::map<std::string, Number>& before,
                const std::map<std::string, Number>& after, double scale, double& sum) {
  Value out;
  sum = 0;
  for (const DaemonSeat& seat : kSeats) {
    const std::string name(seat.name);
    const double each = (double(after.at(name)) - double(before.at(name))) * scale;
    sum += each;
    out.set(name, rounded(each, 4));
  }
  return out;
}

Value memory_of(const Street& street, double Memory::*member) {
  Value out;
  for (const DaemonSeat& seat : kSeats) {
    const std::string name(seat.name);
    out.set(name, rounded(street.memory(name).*member, 1));
  }
  return out;
}

// Watches the pipeline until all is archived; fills `samples` on the way.
class Watcher {
 public:
  Watcher(Street& street, const PipelinePlan& plan)
      : street_(street),
        plan_(plan),
        receiver_(street.stream("receiver")),
        base_(street.store("archiver").applied(receiver_)),
        next_sample_(plan.sample_every) {}

  // Returns the moment at which everything had arrived.
  Result<Duration> wait(Duration begin, Ballast& ballast) {
    Duration moved_at = begin;
    uint64_t before = 0;
    while (true) {
      const uint64_t orders = street_.store("archiver").applied(receiver_) - base_;
      const bool all = orders >= plan_.orders && street_.settled();
      const Duration now = monotonic_now();
      sample(orders, now - begin);
      ballast.let_go(orders);
      if (all) return now;
      if (orders != before) moved_at = now;
      before = orders;
      if (now - moved_at > kQuietMax) return Error{ErrorCode::unavailable, "orders got stuck"};
      RETURN_IF_ERROR(street_.check());
      pass(kProgressInterval);
    }
  }
  Value samples() const { return samples_; }

 private:
  void sample(uint64_t orders, Duration elapsed) {
    if (orders < next_sample_) return;
    next_sample_ += plan_.sample_every;
    Value row;
    row.set("orders", orders)
        .set("seconds", rounded(double(elapsed.count()) / kMicros, 2))
        .set("rss_mib", memory_of(street_, &Memory::resident_mib))
        .set("rss_anonymous_mib", memory_of(street_, &Memory::anonymous_mib));
    if (plan_.progress) {
      std::fprintf(stderr,
                   "%9llu orders, %7.2f s, anonymous MiB:", static_cast<unsigned long long>(orders),
                   double(elapsed.count()) / kMicros);
      for (const DaemonSeat& seat : kSeats) {
        std::fprintf(stderr, " %s %.1f", seat.name.data(),
                     street_.memory(std::string(seat.name)).anonymous_mib);
      }
      std::fprintf(stderr, "\n");
    }
    samples_.push(std::move(row));
  }

  Street& street_;
  const PipelinePlan& plan_;
  std::string receiver_;
  uint64_t base_;
  uint64_t next_sample_;
  Value samples_{Value::Array{}};
};

}  // namespace

Result<Value> measure_latency(Street& street, const OrderText& text, uint64_t first,
                              uint64_t orders) {
  const uint64_t base = street.store("archiver").applied(street.stream("router"));
  ArchiveClock clock(street);
  std::atomic<bool> stop = false;
  std::thread watcher([&] { clock.follow(base, orders, stop); });
  const ProcessorTimes before = processor_times();
  auto times = push_lightly(street.site(), text, first, orders);
  const Duration deadline = monotonic_now() + kQuietMax;
  while (!street.settled() && monotonic_now() < deadline) pass(kProgressInterval);
  const ProcessorShares shares = shares_between(before, processor_times());
  pass(10 * kWatchInterval);
  stop = true;
  watcher.join();
  if (!times.ok()) return times.error();
  const uint64_t applied = street.store("archiver").applied(street.stream("router"));
  if (clock.archived().size() != orders || applied != base + kEventsPerOrder * orders) {
    return Error{ErrorCode::internal, "the orders are not archived with three events each"};
  }
  std::vector<Duration> from_post;
  std::vector<Duration> from_answer;
  for (size_t i = 0; i < orders; ++i) {
    from_post.push_back(clock.archived()[i] - times->due[i]);
    from_answer.push_back(clock.archived()[i] - times->answered[i]);
  }
  Value out;
  return out.set("latency_ms", quantiles(std::move(from_post)))
      .set("latency_from_answer_ms", quantiles(std::move(from_answer)))
      .set("latency_steal_percent", shares.steal_percent)
      .set("latency_idle_percent", shares.idle_percent);
}

Result<Value> measure_throughput(Street& street, const OrderText& text, uint64_t first,
                                 const PipelinePlan& plan) {
  auto before = take_snapshot(street);
  if (!before.ok()) return before.error();
  Ballast ballast(plan.touch_memory ? plan.orders : 0, kBytesPerOrder);
  ballast.let_go(0);
  Watcher watcher(street, plan);
  std::atomic<uint64_t> taken = 0;
  Result<void> pushed;
  Duration accepted_at{};
  const ProcessorTimes busy_before = processor_times();
  const Duration begin = monotonic_now();
  std::thread load([&] {
    pushed =
        push_all(street.site(), text, {first, plan.orders, plan.batch, plan.connections}, taken);
    accepted_at = monotonic_now();
  });
  auto end = watcher.wait(begin, ballast);
  const ProcessorShares shares = shares_between(busy_before, processor_times());
  load.join();
  if (!pushed.ok()) return pushed.error();
  if (!end.ok()) return end.error();
  auto after = take_snapshot(street);
  if (!after.ok()) return after.error();

  const double orders = double(plan.orders);
  const double seconds = double((*end - begin).count()) / kMicros;
  double commits = 0;
  double bytes = 0;
  double cpu = 0;
  Value commits_by = per_order(before->commits, after->commits, 1 / orders, commits);
  Value bytes_by = per_order(before->bytes, after->bytes, 1 / orders, bytes);
  Value cpu_by = per_order(before->cpu, after->cpu, kMicros / orders, cpu);
  const double own = (after->own_cpu - before->own_cpu) * kMicros / orders;
  Value out;
  return out.set("orders", plan.orders)
      .set("seconds", rounded(seconds, 3))
      .set("orders_per_second", rounded(orders / seconds, 0))
      .set("accepted_per_second",
           rounded(orders * kMicros / double((accepted_at - begin).count()), 0))
      .set("commits_per_order", rounded(commits, 4))
      .set("bytes_per_order", rounded(bytes, 0))
      .set("cpu_us_per_order", rounded(cpu, 2))
      .set("load_cpu_us_per_order", rounded(own, 2))
      .set("steal_percent", shares.steal_percent)
      .set("idle_percent", shares.idle_percent)
      .set("memory_before", ballast.facts())
      .set("cpu_us_per_order_by_daemon", std::move(cpu_by))
      .set("bytes_per_order_by_daemon", std::move(bytes_by))
      .set("commits_per_order_by_daemon", std::move(commits_by))
      .set("rss_mib", memory_of(street, &Memory::resident_mib))
      .set("rss_anonymous_mib", memory_of(street, &Memory::anonymous_mib))
      .set("memory_on_the_way", watcher.samples());
}

Result<Value> run_pipeline(const std::string& programs, const std::string& directory,
                           const PipelinePlan& plan) {
  auto street = Street::make(programs, directory);
  if (!street.ok()) return street.error();
  auto started = street->start();
  if (!started.ok()) return started.error();
  const OrderText text(SystemClock().now());
  Value out;
  if (plan.light_orders > 0) {
    auto latency = measure_latency(*street, text, 0, plan.light_orders);
    if (!latency.ok()) return latency.error();
    out = std::move(*latency);
  }
  auto throughput = measure_throughput(*street, text, plan.light_orders, plan);
  if (!throughput.ok()) return throughput.error();
  for (auto& [key, value] : *throughput->object()) out.set(key, std::move(value));
  return out;
}

}  // namespace jieban::bench
