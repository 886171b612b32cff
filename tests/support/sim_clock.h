// SimClock: time that passes only when the test says so.
//
// Two hands, as a host has them: the monotonic one never goes back, the wall clock is corrected
// now and then. Thread rule: one thread.
#pragma once

#include "common/base/clock.h"

namespace jieban {

class SimClock : public Clock {
 public:
  explicit SimClock(Timestamp start) : wall_(start) {}
  Timestamp now() const override { return wall_; }
  Duration monotonic() const { return monotonic_; }

  void advance(Duration span) {
    wall_ += span;
    monotonic_ += span;
  }
  // The wall clock alone, as when the host hears from a time server.
  void correct(Duration by) { wall_ += by; }

 private:
  Timestamp wall_;
  Duration monotonic_ = std::chrono::seconds(1);
};

}  // namespace jieban
