// Goal: what a core emits is numbered in order and carries who, when and why.
#include "common/daemon/step.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

const Timestamp kNow = from_micros(1'770'000'000'000'000);

TEST(Step, NumbersWhatIsEmittedWithoutHoles) {
  Step step(kNow, "demo.router", 41);
  EXPECT_EQ(step.emit({.topic = "order.opened", .order_id = 1, .payload = ""}), 41U);
  EXPECT_EQ(step.emit({.topic = "order.opened", .order_id = 2, .payload = ""}), 42U);
  Step other(kNow, "demo.router", 1);
  EXPECT_EQ(other.emit({.topic = "order.opened", .payload = ""}), 1U);
}

TEST(Step, TellsTheTimeAndTheStreamItWasMadeFor) {
  Step step(kNow, "demo.router", 1);
  EXPECT_EQ(step.now(), kNow);
  EXPECT_EQ(step.stream(), "demo.router");
}

TEST(Step, AnEmissionIsBySystemAndWithoutCauseUnlessItSaysOtherwise) {
  Emission plain{.topic = "order.opened", .payload = ""};
  EXPECT_EQ(plain.actor, "system");
  EXPECT_FALSE(plain.cause.has_value());
  Emission told{.topic = "order.opened", .payload = "", .cause = Cause{"demo.receiver", 3}};
  EXPECT_EQ(told.cause->sequence, 3U);
}

}  // namespace
}  // namespace jieban
