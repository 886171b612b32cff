// A CHECK that holds costs nothing to see; one that fails says what and where, and ends the
// process.
#include "common/base/check.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

TEST(Check, WhatHoldsGoesOn) {
  int evaluated = 0;
  CHECK(++evaluated == 1);
  EXPECT_EQ(evaluated, 1);
}

TEST(CheckDeathTest, WhatFailsSaysWhatAndWhereAndAborts) {
  EXPECT_EXIT(CHECK(1 + 1 == 3), ::testing::KilledBySignal(SIGABRT), "check_test.*1 \\+ 1 == 3");
}

}  // namespace
}  // namespace jieban
