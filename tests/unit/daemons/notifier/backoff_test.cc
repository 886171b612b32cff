// Goal: waiting grows, is bounded, spreads, and is the same on every replay.
#include "daemons/notifier/backoff.h"

#include <gtest/gtest.h>

#include <set>

namespace jieban {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr Duration kFirst = seconds(30);
constexpr Duration kMax = minutes(15);

TEST(Backoff, DoublesUpToTheCapWithinHalfAndWhole) {
  Duration whole = kFirst;
  for (uint64_t failures = 1; failures <= 40; ++failures) {
    Duration delay = backoff_delay(kFirst, kMax, failures, "s:1:spool");
    EXPECT_GE(delay, whole / 2) << failures;
    EXPECT_LE(delay, whole) << failures;
    whole = std::min<Duration>(whole * 2, kMax);
  }
}

TEST(Backoff, NeverOverflowsHoweverOftenItFailed) {
  Duration delay = backoff_delay(Duration(1), Duration::max(), 1'000'000, "s:1:spool");
  EXPECT_GE(delay, Duration::max() / 2);
  EXPECT_LE(delay, Duration::max());
}

TEST(Backoff, TheSameAttemptAlwaysWaitsEquallyLong) {
  EXPECT_EQ(backoff_delay(kFirst, kMax, 3, "s:7:spool"),
            backoff_delay(kFirst, kMax, 3, "s:7:spool"));
}

TEST(Backoff, NoticesThatFailedTogetherDoNotComeBackTogether) {
  std::set<Duration> delays;
  for (int i = 0; i < 100; ++i) {
    delays.insert(backoff_delay(kFirst, kMax, 1, "s:" + std::to_string(i) + ":spool"));
  }
  EXPECT_GT(delays.size(), 90U);
}

}  // namespace
}  // namespace jieban
