// Goal: a code holds its channel for as long as escalation.yaml says, and for no other time.
#include "daemons/notifier/vendor_hold.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

using enum DeliveryOutcome;
using std::chrono::seconds;

DeliveryEnd answered(DeliveryOutcome outcome, const char* code) {
  DeliveryEnd end{"s:1:robot", 1, outcome, "why"};
  if (*code != '\0') end.code = code;
  return end;
}

const ThrottleRules kFiveSeconds{{}, {{"45009", 5'000'000}}};

TEST(VendorHold, IsThatOfTheRules) {
  DeliveryEnd end = answered(held, "45009");
  apply_hold(end, &kFiveSeconds);
  EXPECT_EQ(end.outcome, held);
  EXPECT_EQ(end.hold_micros, 5'000'000U);
}

TEST(VendorHold, ACodeThatOnlyTheRulesKnowIsAHoldToo) {
  DeliveryEnd end = answered(failed, "45009");
  apply_hold(end, &kFiveSeconds);
  EXPECT_EQ(end.outcome, held);
  EXPECT_EQ(end.hold_micros, 5'000'000U);
}

TEST(VendorHold, WithoutARuleIsAMinute) {
  for (const ThrottleRules* rules : {static_cast<const ThrottleRules*>(nullptr), &kFiveSeconds}) {
    DeliveryEnd end = answered(held, "130101");
    apply_hold(end, rules);
    EXPECT_EQ(end.hold_micros, uint64_t(kHoldUnstated.count()));
  }
}

TEST(VendorHold, TheGatewaysOwnWordIsNotShortened) {
  DeliveryEnd end = answered(failed, "45009");
  end.hold_micros = 9'000'000;
  apply_hold(end, &kFiveSeconds);
  EXPECT_EQ(end.hold_micros, 9'000'000U);
}

TEST(VendorHold, OtherCodesAndOtherOutcomesAreLeftAlone) {
  for (const DeliveryEnd& told :
       {answered(failed, "40008"), answered(failed, ""), answered(accepted, "45009"),
        answered(unknown, "45009"), answered(rejected, "45009"), answered(denied, "45009")}) {
    DeliveryEnd end = told;
    apply_hold(end, &kFiveSeconds);
    EXPECT_EQ(end.outcome, told.outcome);
    EXPECT_EQ(end.hold_micros, std::nullopt);
  }
}

}  // namespace
}  // namespace jieban
