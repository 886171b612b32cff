// Goal: a destination never gets more than its limits allow in any window, wherever it begins, and
// is never kept waiting longer than they ask. Method: random limits and random arrivals, with holds
// and clocks that step back, against a count over all that was sent.
#include "common/alerting/throttle.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "common/base/random.h"

namespace jieban {
namespace {

const Timestamp kStart = from_micros(1'772'409'600'000'000);

std::vector<RateLimit> random_limits(Random& random) {
  std::vector<RateLimit> limits(1 + random.below(4));
  for (RateLimit& limit : limits) {
    limit.count = 1 + random.below(20);
    limit.per_micros = 1 + random.below(7'200'000'000);
    limit.smooth = random.below(2) == 0;
  }
  return limits;
}

Duration random_pause(Random& random, const std::vector<RateLimit>& limits) {
  if (random.below(3) == 0) return Duration(int64_t(random.below(2'000'000)));
  return Duration(int64_t(random.below(1 + limits[random.below(limits.size())].per_micros)));
}

uint64_t most_in_a_window(const std::vector<Timestamp>& sent, Duration per) {
  uint64_t most = 0;
  for (auto last = sent.begin(); last != sent.end(); ++last) {
    const auto first = std::upper_bound(sent.begin(), last, *last - per);
    most = std::max(most, uint64_t(last - first) + 1);
  }
  return most;
}

// Everything that a walk sends, and what has to hold of it.
struct Walk {
  explicit Walk(uint64_t seed) : random(seed), limits(random_limits(random)) {}

  void send(Timestamp now) {
    const Timestamp at = earliest(row, limits, now);
    ASSERT_GE(at, now);
    if (held && *held > now) {
      ASSERT_GE(at, *held);
    }
    // Not a microsecond sooner, and then for certain.
    if (at > now) {
      ThrottleRow copy = row;
      ASSERT_FALSE(take(copy, limits, at - Duration(1)));
    }
    const bool waits = random.below(2) == 0;
    ASSERT_EQ(take(row, limits, waits ? at : now), waits || at == now);
    if (waits || at == now) sent.push_back(std::max(waits ? at : now, last()));
  }
  Timestamp last() const { return sent.empty() ? Timestamp::min() : sent.back(); }
  void check() const {
    ASSERT_TRUE(std::ranges::is_sorted(sent));
    for (const RateLimit& limit : limits) {
      ASSERT_LE(most_in_a_window(sent, limit.per()), limit.count);
    }
    ASSERT_LE(row.sent.size(), longest_count());
  }
  // What the row keeps does not grow with what was sent.
  size_t longest_count() const {
    const auto longest = std::ranges::max_element(limits, {}, &RateLimit::per_micros);
    return size_t(longest->count);
  }

  SeededRandom random;
  std::vector<RateLimit> limits;
  ThrottleRow row;
  std::optional<Timestamp> held;
  std::vector<Timestamp> sent;
};

TEST(ThrottleProperty, NeverMoreThanTheLimitInAnyWindowForRandomArrivals) {
  size_t sent = 0;
  for (uint64_t seed = 1; seed <= 400; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Walk walk(seed);
    Timestamp now = kStart;
    for (int i = 0; i < 200; ++i) {
      now = std::max(now + random_pause(walk.random, walk.limits), walk.last());
      if (walk.random.below(20) == 0) {
        walk.held = std::max(now + random_pause(walk.random, walk.limits), walk.held.value_or(now));
        hold(walk.row, *walk.held);
      }
      walk.send(now);
      if (::testing::Test::HasFatalFailure()) return;
    }
    walk.check();
    if (::testing::Test::HasFatalFailure()) return;
    sent += walk.sent.size();
  }
  EXPECT_GT(sent, 20'000U);
}

TEST(ThrottleProperty, AClockThatStepsBackAllowsNotOneMore) {
  for (uint64_t seed = 1; seed <= 400; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Walk walk(seed);
    Timestamp now = kStart;
    for (int i = 0; i < 200; ++i) {
      const Duration pause = random_pause(walk.random, walk.limits);
      now += walk.random.below(4) == 0 ? -pause : pause;
      walk.send(now);
      if (::testing::Test::HasFatalFailure()) return;
    }
    walk.check();
    if (::testing::Test::HasFatalFailure()) return;
  }
}

// The vendor counts arrivals: at random between the beginning of a message and its end.
TEST(ThrottleProperty, NeverMoreThanTheLimitArrivesInAnyWindowHoweverSlowTheGateway) {
  size_t total = 0;
  for (uint64_t seed = 1; seed <= 400; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    SeededRandom random(seed);
    const std::vector<RateLimit> limits = random_limits(random);
    ThrottleRow row;
    std::vector<Timestamp> arrived;
    Timestamp now = kStart;
    for (int group = 0; group < 60; ++group) {
      size_t begun = 0;
      while (begun < 8 && begin_message(row, limits, now)) ++begun;
      if (begun == 0) now = earliest(row, limits, now);
      for (size_t i = 0; i < begun; ++i) {
        const Timestamp over = now + Duration(int64_t(random.below(10'000'000)));
        if (random.below(10) == 0) {
          drop_message(row);
          continue;
        }
        arrived.push_back(now +
                          Duration(int64_t(random.below(uint64_t((over - now).count()) + 1))));
        now = over;
        end_message(row, over);
      }
    }
    total += arrived.size();
    ASSERT_TRUE(std::ranges::is_sorted(arrived));
    for (const RateLimit& limit : limits) {
      ASSERT_LE(most_in_a_window(arrived, limit.per()), limit.count);
    }
  }
  EXPECT_GT(total, 5'000U);
}

}  // namespace
}  // namespace jieban
