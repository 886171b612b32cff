// Waits for the thing itself: for tests of real processes and sockets, where no clock can be
// stepped. The one place of the tests that sleeps (tests/tidy).
#pragma once

#include <chrono>
#include <functional>
#include <thread>

#include "common/base/clock.h"

namespace jieban {

// True as soon as `condition` holds; false when it did not within `at_most`.
inline bool wait_until(const std::function<bool()>& condition,
                       Duration at_most = std::chrono::seconds(10)) {
  const Duration end = monotonic_now() + at_most;
  while (!condition()) {
    if (monotonic_now() >= end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return true;
}

// Lets real time pass, where the passing itself is what a socket's deadline is tested with.
inline void let_pass(Duration span) {
  (void)wait_until([] { return false; }, span);
}

}  // namespace jieban
