// A clock that a test steps by hand, forwards and back.
#pragma once

#include "common/base/clock.h"

namespace jieban {

class FakeClock : public Clock {
 public:
  explicit FakeClock(Timestamp at = from_micros(1'770'000'000'000'000)) : at_(at) {}
  Timestamp now() const override { return at_; }
  void advance(Duration span) { at_ += span; }

 private:
  Timestamp at_;
};

}  // namespace jieban
