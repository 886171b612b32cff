// A seed gives the same numbers everywhere; bounds hold.
#include "common/base/random.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

TEST(Random, TheSameSeedGivesTheSameNumbers) {
  SeededRandom a(42);
  SeededRandom b(42);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(a.next(), b.next());
}

TEST(Random, BelowStaysBelowAndReachesAll) {
  SeededRandom random(1);
  int seen[5] = {};
  for (int i = 0; i < 1000; ++i) ++seen[random.below(5)];
  for (int count : seen) EXPECT_GT(count, 100);
}

}  // namespace
}  // namespace jieban
