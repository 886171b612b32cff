// Missed deadlines on demand: orders whose time was over long ago come in at the door, and the
// sla-watcher makes a deadline.breached of each as soon as its clock starts.
//
// What fails and how: the errors of the load and of the street, and `unavailable` when nothing more
// arrives. Thread rule: one thread, and that of a BreachClock.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <thread>

#include "common/base/clock.h"
#include "common/base/result.h"
#include "tests/bench/load.h"
#include "tests/bench/street.h"

namespace jieban::bench {

// Orders [first, first + count), by bench_order_no, in one push.
Result<void> push_overdue(Pusher& pusher, uint64_t first, uint64_t count);

// Notes when each breach was committed: the sla-watcher's store is looked at every 100 us.
// Nobody else looks into that store before stop().
class BreachClock {
 public:
  // Ends by itself after so many.
  BreachClock(const Street& street, uint64_t breaches);
  ~BreachClock() { stop(); }
  BreachClock(const BreachClock&) = delete;
  BreachClock& operator=(const BreachClock&) = delete;

  // By the order's number.
  const std::map<std::string, Duration>& stop();
  // stop(), and from `begin` to the last one.
  Duration last_after(Duration begin);

 private:
  void follow(uint64_t breaches);

  const StoreWatch& store_;
  uint64_t next_;
  std::map<std::string, Duration> committed_;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

struct Patience {
  Duration look = std::chrono::milliseconds(5);
  Duration stuck = std::chrono::seconds(60);
};

// Until `count` says that `wanted` arrived; an error when it says one, a daemon has ended, or
// nothing more has arrived for long.
Result<void> wait_for(Street& street, const std::function<Result<uint64_t>()>& count,
                      uint64_t wanted, const Patience& patience = {});

}  // namespace jieban::bench
