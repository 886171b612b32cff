// Steps until `done` says so. For what another thread of ZeroMQ must bring about: each step waits
// for a socket, briefly, and the number of steps is bounded.
#pragma once

#include <chrono>
#include <functional>

namespace jieban {

constexpr std::chrono::milliseconds kEventuallyStep{10};
constexpr int kEventuallySteps = 1000;  // 10 s: reconnecting alone may take 2

// `step` waits at most the span it is given. False when `done` never came true.
inline bool eventually(const std::function<bool()>& done,
                       const std::function<void(std::chrono::milliseconds)>& step) {
  for (int i = 0; i < kEventuallySteps; ++i) {
    if (done()) return true;
    step(kEventuallyStep);
  }
  return done();
}

}  // namespace jieban
