// Goal: whoever was away for long, or comes for the first time, catches up while the day goes on,
// and nobody's memory grows with what was missed. Method: 200,000 events pass without the archiver,
// then it starts under live traffic; later it is frozen, which a publisher cannot see, while more
// pass. Memory is what is not backed by a file (RssAnon): pages of the stores are the kernel's.
#include <gtest/gtest.h>
#include <signal.h>

#include <atomic>
#include <iostream>
#include <thread>

#include "common/base/limits.h"
#include "tests/integration/backbone/site_checks.h"
#include "tests/integration/backbone/street.h"
#include "tests/support/wait_until.h"

namespace jieban {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int64_t kEvents = 200'000;
constexpr int64_t kEventsFrozen = 40'000;
constexpr size_t kMiB = size_t{1} << 20U;

// What one phase may add to a process. A subscriber fetches one frame (256 KiB) at a time from each
// of four streams and lets at most one batch (4 MiB) gather beside the one that it applies; a batch
// stands in memory as records, as decoded events and as dirty pages of its transaction: (2 + 2) x 4
// MiB, and as much again for what the allocator keeps. A publisher answers at most 2 MiB a turn,
// for one that does not read ZeroMQ holds 256 live frames, here of some 10 KiB each, and its own
// batch is as large. What passes is about 70 MiB, so that whoever keeps it is seen.
constexpr size_t kGrowthMax = 32 * kMiB;

int64_t events_of(const TestSite& site) {
  int64_t total = 0;
  for (const char* daemon : {"receiver", "router", "sla-watcher", "notifier"}) {
    total += head_of(site, daemon);
  }
  return total;
}

// Pushes in a thread of its own; live traffic is a few orders at a time, the flood is not.
class City {
 public:
  explicit City(const TestSite& site) : site_(site) {}
  ~City() { stop_live(); }

  // Orders until so many events have passed.
  void flood(int64_t events) {
    Desk desk(site_, [] { return true; });
    while (events_of(site_) < events) {
      constexpr uint64_t kBatch = 1000;
      ASSERT_TRUE(desk.push("flood-" + std::to_string(orders_ + 1), orders_ + 1, kBatch));
      orders_ += kBatch;
    }
  }
  void start_live() {
    live_ = true;
    thread_ = std::thread([this] {
      Desk desk(site_, [] { return true; });
      while (live_) {
        Duration begin = monotonic_now();
        if (!desk.push("live-" + std::to_string(orders_ + 1), orders_ + 1, 5)) break;
        slowest_ = std::max(slowest_, monotonic_now() - begin);
        orders_ += 5;
        ++answered_;
        wait_until([this] { return !live_; }, milliseconds(20));
      }
    });
  }
  void stop_live() {
    live_ = false;
    if (thread_.joinable()) thread_.join();
  }
  uint64_t orders() const { return orders_; }
  uint64_t answered() const { return answered_; }
  Duration slowest() const { return slowest_; }

 private:
  const TestSite& site_;
  std::atomic<uint64_t> orders_ = 0;
  std::atomic<uint64_t> answered_ = 0;
  std::atomic<bool> live_ = false;
  Duration slowest_{};
  std::thread thread_;
};

// By how much each daemon has grown at the most.
class MemoryWatch {
 public:
  explicit MemoryWatch(const TestSite& site) : site_(site) {
    for (const std::string& daemon : all_daemons()) before_[daemon] = site_.resident(daemon);
  }
  void look() {
    for (const std::string& daemon : all_daemons()) {
      highest_[daemon] = std::max(highest_[daemon], site_.resident(daemon));
    }
  }
  void expect_bounded(const std::string& when) {
    for (const auto& [daemon, bytes] : highest_) {
      std::cout << when << ": " << daemon << " from " << before_[daemon] / kMiB << " to "
                << bytes / kMiB << " MiB\n";
      EXPECT_LE(bytes, before_[daemon] + kGrowthMax) << daemon;
    }
    EXPECT_GT(highest_["archiver"], 0U);
  }

 private:
  const TestSite& site_;
  std::map<std::string, size_t> before_;
  std::map<std::string, size_t> highest_;
};

bool caught_up(const TestSite& site, int64_t heads) {
  auto status = site.status("archiver");
  if (!status) return false;
  int64_t applied = 0;
  for (const Value& upstream : array_at(*status, "upstreams")) {
    applied += integer_at(upstream, "applied");
  }
  return applied >= heads;
}

// Waits until the archiver has applied what stood in the streams when it began.
void expect_catches_up(const TestSite& site, MemoryWatch& memory, const std::string& when) {
  int64_t heads = events_of(site);
  Duration begin = monotonic_now();
  bool done = wait_until(
      [&] {
        memory.look();
        return caught_up(site, heads);
      },
      seconds(150));
  ASSERT_TRUE(done) << site.logs();
  std::cout << when << ": " << heads << " events, caught up in "
            << (monotonic_now() - begin).count() / 1000 << " ms\n";
}

TEST(LateJoiner, CatchesUpUnderLiveTrafficWithBoundedMemory) {
  TestSiteOptions options;
  options.sign_automatically = true;
  TestSite site(options);
  mute_dispatches(site);
  const std::vector<std::string> others = {"receiver", "router", "sla-watcher", "notifier"};
  for (const std::string& daemon : others) site.start(daemon);
  ASSERT_TRUE(site.wait_ready(seconds(60), {"receiver", "router"})) << site.logs();
  City city(site);
  city.flood(kEvents);

  city.start_live();
  MemoryWatch joining(site);
  uint64_t before = city.answered();
  site.start("archiver");
  expect_catches_up(site, joining, "late joiner");
  EXPECT_GT(city.answered(), before) << "nothing was accepted meanwhile";
  joining.expect_bounded("late joiner");
  city.stop_live();

  MemoryWatch frozen(site);
  site.signal("archiver", SIGSTOP);
  city.flood(events_of(site) + kEventsFrozen);
  frozen.look();
  city.start_live();
  site.signal("archiver", SIGCONT);
  expect_catches_up(site, frozen, "long absence");
  frozen.expect_bounded("long absence");
  city.stop_live();
  std::cout << "orders=" << city.orders() << " slowest answer " << city.slowest().count() / 1000
            << " ms\n";

  ASSERT_TRUE(site.wait_drained(seconds(60))) << site.logs();
  expect_whole_streams(site);
  expect_all_events(site);
  expect_all_orders(site, city.orders());
}

}  // namespace
}  // namespace jieban
