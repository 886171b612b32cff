// Median, 99th percentile and maximum of measured times, in milliseconds.
#pragma once

#include <algorithm>
#include <vector>

#include "common/base/clock.h"
#include "common/base/value.h"
#include "tests/bench/processors.h"

namespace jieban::bench {

// REQUIRES: not empty.
inline Value quantiles(std::vector<Duration> times) {
  std::sort(times.begin(), times.end());
  const auto at = [&](double share) {
    const Duration time = times[size_t(share * double(times.size() - 1))];
    return rounded(double(time.count()) / 1000, 2);
  };
  Value out;
  return out.set("p50", at(0.50)).set("p99", at(0.99)).set("max", at(1));
}

}  // namespace jieban::bench
