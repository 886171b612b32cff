// Goal: what becomes worse while its ladder is climbed is told by the means for that, each once,
// and no step comes later for it.
#include "tests/unit/common/alerting/ladder.h"

namespace jieban {
namespace {

using namespace ladder_test;

Ladder ladder_of_blue() {
  Ladder ladder(night());
  SeverityCalls& lists = ladder.rules.everybody.by_severity;
  lists["default"] = {{"robot", 0}, {"mail", 240'000'000}};
  lists["red"] = {{"robot", 0}, {"sms", 0}, {"mail", 60'000'000}, {"voice", 120'000'000}};
  ladder.state = start_escalation("it", "blue", minute(0));
  return ladder;
}

TEST(EscalationSeverity, WhoWasToldIsToldByTheMeansThatAreNewAndTheStepsKeepTheirTimes) {
  Ladder ladder = ladder_of_blue();
  EXPECT_EQ(ladder.until(1), "0 seat robot; ");
  change_severity(ladder.state, ladder.rules, "red", minute(1));
  EXPECT_EQ(ladder.until(4), "1 seat sms; 2 seat mail; 3 seat voice; ");
  EXPECT_EQ(ladder.until(5), "5 leader robot; 5 leader sms; ");
}

TEST(EscalationSeverity, WhatBecomesLessSevereIsToldByFewerMeansFromTheNextStepOn) {
  Ladder ladder = ladder_of_blue();
  ladder.state.severity = "red";
  EXPECT_EQ(ladder.until(0), "0 seat robot; 0 seat sms; ");
  change_severity(ladder.state, ladder.rules, "blue", minute(0));
  EXPECT_EQ(ladder.until(5), "1 seat mail; 2 seat voice; 5 leader robot; ");
}

TEST(EscalationSeverity, WhoHasAcknowledgedIsToldNothing) {
  Ladder ladder = ladder_of_blue();
  ladder.policy().steps[0].acknowledgers = 2;
  ladder.on["seat"] = {"seat", "other"};
  ladder.until(0);
  ASSERT_EQ(ladder.acknowledge("seat", 0), AcknowledgeResult::counted);
  change_severity(ladder.state, ladder.rules, "red", minute(1));
  EXPECT_EQ(ladder.until(1), "1 other sms; ");
  ASSERT_EQ(ladder.acknowledge("other", 1), AcknowledgeResult::stopped);
  change_severity(ladder.state, ladder.rules, "emergency", minute(1));
  EXPECT_EQ(ladder.until(100), "") << "the ladder is stopped";
}

TEST(EscalationSeverity, AStepWithMeansOfItsOwnHasThemWhateverTheSeverity) {
  Ladder ladder = ladder_of_blue();
  ladder.policy().steps[0].means_of = "red";
  EXPECT_EQ(ladder.until(3), "0 seat robot; 0 seat sms; 1 seat mail; 2 seat voice; ");
  ladder.rules.everybody.by_severity["orange"] = {{"pager", 0}};
  change_severity(ladder.state, ladder.rules, "orange", minute(4));
  EXPECT_EQ(ladder.until(5), "5 leader pager; ");
}

}  // namespace
}  // namespace jieban
