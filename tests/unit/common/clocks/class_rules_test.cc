// Goal: each clock has its own limit, and pauses for the reasons that are named only.
#include "common/clocks/class_rules.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

TEST(ClassRules, EachClockHasALimitOfItsOwn) {
  ClassRules rules;
  for (size_t i = 0; i < kClockKinds.size(); ++i) {
    EXPECT_FALSE(rules.limit(kClockKinds.at(i)).has_value());
    rules.limit(kClockKinds.at(i)) = ClockLimit{.span = int64_t(i) + 1};
  }
  for (size_t i = 0; i < kClockKinds.size(); ++i) {
    EXPECT_EQ(rules.limit(kClockKinds.at(i))->span, int64_t(i) + 1);
  }
  EXPECT_EQ(rules.return_window->span, 3);
  EXPECT_EQ(rules.review->span, 10);
}

TEST(ClassRules, NoReasonPausesByDefault) {
  ClassRules rules;
  EXPECT_FALSE(rules.may_pause(PauseReason::court));
  rules.pauses = {PauseReason::court};
  EXPECT_TRUE(rules.may_pause(PauseReason::court));
  EXPECT_FALSE(rules.may_pause(PauseReason::return_pending));
}

}  // namespace
}  // namespace jieban
