// What a timer costs: arming it, and firing it while ever more others sleep. The watcher's core on
// a store on disk, in one thread, batches as the engine makes them; events are trimmed as they are
// there. Usage: timers_bench [--max N] [--directory DIR]; N timers at most (1000000), a power of
// ten. 10^7 need about 8 GB of disk and some minutes.
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <fstream>
#include <memory>

#include "common/base/file.h"
#include "common/daemon/fold.h"
#include "common/domain/topics.h"
#include "common/wire/record.h"
#include "daemons/sla-watcher/sla_watcher.h"
#include "tests/support/temp_dir.h"

namespace jieban {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

constexpr uint64_t kClocksOfAnOrder = 2;
constexpr uint64_t kBatchOrders = 1024;
constexpr uint64_t kFirings = 50'000;  // at each size
constexpr uint64_t kTrimEvery = 32;    // batches
constexpr Timestamp kMorning = from_micros(1'784'336'400'000'000);

ClockRules rules() {
  ClockRules made;
  made.version = "bench";
  ClassRules& asleep = made.classes["asleep"];
  asleep.sign = asleep.due = ClockLimit{.span = Duration(hours(24 * 3650)).count()};
  ClassRules& awake = made.classes["awake"];
  awake.sign = awake.due = ClockLimit{.span = Duration(seconds(10)).count()};
  return made;
}

uint64_t anonymous_kib() {
  std::ifstream status("/proc/self/status");
  std::string line;
  while (std::getline(status, line)) {
    if (line.starts_with("RssAnon:")) return std::stoull(line.substr(8));
  }
  return 0;
}

class Bench {
 public:
  explicit Bench(const std::string& directory) {
    EnvironmentOptions options;
    options.path = directory + "/store";
    options.stream = "110102007.sla-watcher";
    options.now = kMorning;
    options.map_size = size_t{64} << 30U;
    auto opened = Fold::open(options, watcher_);
    CHECK(opened.ok());
    fold_ = std::move(*opened);
    BatchPart part;
    part.kind = BatchPart::Kind::input;
    part.input = rules_input("clocks", rules());
    run(std::move(part));
  }

  // Returns seconds.
  double arm_until(uint64_t timers) {
    const Duration begin = monotonic_now();
    while (armed_ < timers) open_orders((timers - armed_ + 1) / kClocksOfAnOrder, "asleep");
    return seconds_since(begin);
  }

  // Arms kFirings more, lets them fire, and returns the seconds that the firing took.
  double fire() {
    for (uint64_t left = kFirings / kClocksOfAnOrder; left > 0;) {
      left -= open_orders(left, "awake");
    }
    now_ += seconds(11);
    const Duration begin = monotonic_now();
    uint64_t fired = 0;
    while (fired < kFirings) {
      const StepOutcome outcome = run({});
      CHECK(!outcome.records.empty());
      fired += outcome.records.size();
    }
    armed_ -= kFirings;
    const double took = seconds_since(begin);
    trim();
    return took;
  }

  uint64_t armed() const { return armed_; }
  size_t used_bytes() const {
    auto usage = fold_->environment().usage();
    CHECK(usage.ok());
    return usage->used_bytes;
  }

 private:
  static double seconds_since(Duration begin) {
    return std::chrono::duration<double>(monotonic_now() - begin).count();
  }

  uint64_t open_orders(uint64_t wanted, const char* order_class) {
    const uint64_t count = std::min(wanted, kBatchOrders);
    std::vector<std::string> records;
    for (uint64_t i = 0; i < count; ++i) {
      Event event;
      event.topic = topics::kOrderOpened;
      event.order_id = ++order_;
      event.occurred_at = now_ += Duration(1);
      OrderOpening opening;
      opening.order_no = "260718" + std::to_string(100'000'000 + order_);
      opening.order_class = order_class;
      opening.category = "住房城乡建设>房屋质量>渗漏";
      opening.community = "真武庙社区";
      // Deadlines do not rise with the orders: timers go in anywhere among those that sleep.
      opening.clock_start = now_ + seconds(order_ * 7919 % 864'000);
      if (std::strcmp(order_class, "awake") == 0) opening.clock_start = now_;
      event.payload = encode_payload(opening);
      records.push_back(encode_record(event));
    }
    BatchPart part;
    part.kind = BatchPart::Kind::run;
    part.stream = "110102007.router";
    part.epoch = 1;
    part.first = next_sequence_;
    for (const std::string& record : records) part.records.emplace_back(record);
    next_sequence_ += count;
    CHECK(run(std::move(part)).quarantined == 0);
    armed_ += count * kClocksOfAnOrder;
    if (++batches_ % kTrimEvery == 0) trim();
    return count;
  }

  void trim() {
    while (true) {
      auto trimmed = fold_->trim(fold_->head(), now_ + hours(1));
      CHECK(trimmed.ok());
      if (*trimmed == 0) return;
    }
  }

  StepOutcome run(BatchPart part) {
    Batch batch{now_, {}};
    batch.parts.push_back(std::move(part));
    auto outcome = fold_->run(batch);
    CHECK(outcome.ok());
    return std::move(*outcome);
  }

  SlaWatcher watcher_;
  std::unique_ptr<Fold> fold_;
  Timestamp now_ = kMorning;
  uint64_t order_ = 0;
  uint64_t armed_ = 0;
  uint64_t batches_ = 0;
  uint64_t next_sequence_ = 1;
};

int run(uint64_t most, const std::string& directory) {
  TempDir dir(directory);
  Bench bench(dir.path(""));
  std::printf("%10s %14s %14s %10s %12s %12s\n", "asleep", "armed/s", "fired/s", "us/firing",
              "anon_mib", "store_mib");
  for (uint64_t timers = 10'000; timers <= most; timers *= 10) {
    const uint64_t before = bench.armed();
    const double arming = bench.arm_until(timers);
    const double rate = double(bench.armed() - before) / arming;
    const double firing = bench.fire();
    std::printf("%10llu %14.0f %14.0f %10.2f %12.1f %12.1f\n",
                static_cast<unsigned long long>(timers), rate, double(kFirings) / firing,
                firing * 1e6 / double(kFirings), double(anonymous_kib()) / 1024,
                double(bench.used_bytes()) / (1 << 20));
    std::fflush(stdout);
  }
  return 0;
}

}  // namespace
}  // namespace jieban

int main(int argc, char** argv) {
  uint64_t most = 1'000'000;
  std::string directory = "/tmp";
  for (int i = 1; i + 1 < argc; i += 2) {
    if (std::strcmp(argv[i], "--max") == 0) most = std::stoull(argv[i + 1]);
    if (std::strcmp(argv[i], "--directory") == 0) directory = argv[i + 1];
  }
  return jieban::run(most, directory);
}
