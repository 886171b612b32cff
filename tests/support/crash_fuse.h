// CrashFuse: ends a simulated process in the middle of a turn.
//
// Everything that a daemon does passes a fuse: each call of its transport and each call of its
// core. An armed fuse burns down by one at each and then throws SimCrash through the engine, which
// knows nothing of it: what was committed stays, what was not is undone by the destructors, and
// what was committed but not yet published or answered stays unsaid, as after SIGKILL.
// Thread rule: one thread.
#pragma once

#include <cstdint>
#include <optional>

namespace jieban {

// No std::exception, so that nothing of the product takes it for an error of a core.
struct SimCrash {};

class CrashFuse {
 public:
  // The call after the next `calls` does not return.
  void arm(uint64_t calls) { left_ = calls; }
  void disarm() { left_.reset(); }
  bool armed() const { return left_.has_value(); }
  void burn() {
    if (!left_) return;
    if (*left_ == 0) {
      left_.reset();
      throw SimCrash{};
    }
    --*left_;
  }

 private:
  std::optional<uint64_t> left_;
};

}  // namespace jieban
