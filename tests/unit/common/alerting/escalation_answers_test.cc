// Goal: what people and means answer moves a ladder as far as it should: enough acknowledgements
// stop it, and nobody waits for those who cannot be reached.
#include "tests/unit/common/alerting/ladder.h"

namespace jieban {
namespace {

using namespace ladder_test;

TEST(EscalationAnswers, SeveralHaveToAcknowledgeWhereTheStepSaysSo) {
  std::vector<EscalationStep> steps = {step({"seat", "leader", "chief"}, 5), step({"chief"}, 5)};
  steps[0].acknowledgers = 2;
  Ladder ladder(steps);
  ladder.rules.everybody.by_severity["default"] = {{"sms", 0}, {"voice", 120'000'000}};
  ladder.until(0);
  EXPECT_EQ(ladder.acknowledge("seat", 1), AcknowledgeResult::counted);
  EXPECT_EQ(ladder.acknowledge("seat", 1), AcknowledgeResult::repeated);
  EXPECT_EQ(ladder.until(3), "2 leader voice; 2 chief voice; ");  // the seat has heard enough
  EXPECT_EQ(ladder.acknowledge("leader", 4), AcknowledgeResult::stopped);
  EXPECT_EQ(ladder.until(1000), "");
}

// Two heads where two have to: not two names, be they known.
TEST(EscalationAnswers, WhereSeveralHaveToOnlyThoseWhoWereToldCount) {
  std::vector<EscalationStep> steps = {step({"seat", "leader"}, 5), step({"chief"}, 5)};
  steps[0].acknowledgers = 2;
  Ladder ladder(steps);
  ladder.until(0);
  EXPECT_EQ(ladder.acknowledge("other", 1), AcknowledgeResult::noted);
  EXPECT_EQ(ladder.acknowledge("other", 1), AcknowledgeResult::repeated);
  EXPECT_EQ(ladder.acknowledge("another", 1), AcknowledgeResult::noted);
  EXPECT_EQ(ladder.acknowledge("seat", 2), AcknowledgeResult::counted);
  EXPECT_EQ(ladder.until(5), "5 chief sms; ") << "one of two";
  EXPECT_EQ(ladder.acknowledge("chief", 6), AcknowledgeResult::stopped);
}

// The street's leader, whom the second step would tell, has said so before it.
TEST(EscalationAnswers, WhoAnswersBeforeHisStepCountsWhenItComes) {
  std::vector<EscalationStep> steps = {step({"seat", "leader"}, 5), step({"chief", "seat"}, 5)};
  for (EscalationStep& each : steps) each.acknowledgers = 2;
  Ladder ladder(steps);
  ladder.until(0);
  EXPECT_EQ(ladder.acknowledge("chief", 1), AcknowledgeResult::noted);
  EXPECT_EQ(ladder.until(5), "5 seat sms; ");
  EXPECT_EQ(ladder.acknowledge("seat", 6), AcknowledgeResult::stopped);
}

TEST(EscalationAnswers, WhereNobodyWasToldAnybodyMayAnswer) {
  std::vector<EscalationStep> steps = {step({"seat", "leader"}, 5)};
  steps[0].acknowledgers = 2;
  Ladder ladder(steps);
  ladder.on["seat"] = ladder.on["leader"] = {};
  ladder.until(0);
  EXPECT_EQ(ladder.acknowledge("other", 1), AcknowledgeResult::stopped);
}

// Found by the random walk: after a downtime, a step that had to wait for its hours overtook them.
TEST(EscalationAnswers, LaterMeansThatFellDueBeforeAStepOpenedAreToldBeforeIt) {
  std::vector<EscalationStep> steps = {step({"seat"}, 5), step({"leader"}, 5)};
  steps[1].within = "from minute 10";
  Ladder ladder(steps);
  ladder.rules.everybody.by_severity["default"] = {{"sms", 0}, {"voice", 480'000'000}};
  ladder.world.opening = [](const std::string&, Timestamp at) { return std::max(at, minute(10)); };
  ladder.until(0);
  EXPECT_EQ(ladder.at(minute(11)), "11 seat voice late; 11 leader sms; ");
}

// Held outside of its hours, it is the next step.
TEST(EscalationAnswers, ByHandAStepThatHasNotRunYetIsNotPassedOver) {
  Ladder ladder(night());
  EXPECT_TRUE(escalate_now(ladder.state, ladder.rules, minute(0)));
  EXPECT_EQ(ladder.until(0), "0 seat sms; ");
}

TEST(EscalationAnswers, NoMoreHaveToAcknowledgeThanWereTold) {
  std::vector<EscalationStep> steps = {step({"seat"}, 5)};
  steps[0].acknowledgers = 3;
  Ladder ladder(steps);
  ladder.until(0);
  EXPECT_EQ(ladder.acknowledge("seat", 1), AcknowledgeResult::stopped);
}

TEST(EscalationAnswers, TooFewAcknowledgementsDoNotKeepTheLadderFromClimbing) {
  std::vector<EscalationStep> steps = {step({"seat", "leader"}, 5), step({"chief"}, 5)};
  steps[0].acknowledgers = 2;
  Ladder ladder(steps);
  ladder.until(0);
  ladder.acknowledge("seat", 1);
  EXPECT_EQ(ladder.until(5), "5 chief sms; ");
  EXPECT_EQ(ladder.acknowledge("chief", 6), AcknowledgeResult::stopped);
}

// Whoever acknowledged is not asked again, and counts for each step that would tell him.
TEST(EscalationAnswers, WhoAcknowledgedInAnEarlierRoundCountsInTheNext) {
  std::vector<EscalationStep> steps = {step({"seat", "leader"}, 5)};
  steps[0].acknowledgers = 2;
  Ladder ladder(steps);
  ladder.policy().repeats = 2;
  ladder.until(0);
  ASSERT_EQ(ladder.acknowledge("seat", 1), AcknowledgeResult::counted);
  EXPECT_EQ(ladder.until(5), "5 leader sms; ");
  EXPECT_EQ(ladder.acknowledge("seat", 6), AcknowledgeResult::repeated);
  EXPECT_EQ(ladder.acknowledge("leader", 6), AcknowledgeResult::stopped);
  EXPECT_EQ(ladder.until(1000), "");
}

TEST(EscalationAnswers, WhoAcknowledgedAnEarlierStepCountsForALaterOneThatTellsHim) {
  std::vector<EscalationStep> steps = {step({"seat", "leader"}, 5), step({"seat", "chief"}, 5)};
  steps[0].acknowledgers = 2;
  steps[1].acknowledgers = 2;
  Ladder ladder(steps);
  ladder.until(0);
  ladder.acknowledge("seat", 1);
  EXPECT_EQ(ladder.until(5), "5 chief sms; ");
  EXPECT_EQ(ladder.acknowledge("chief", 6), AcknowledgeResult::stopped);
}

TEST(EscalationAnswers, AStepWhosePeopleHaveAllAcknowledgedStopsTheLadderAloud) {
  std::vector<EscalationStep> steps = {step({"seat", "leader"}, 5)};
  steps[0].acknowledgers = 2;
  Ladder ladder(steps);
  ladder.policy().repeats = 2;
  ladder.policy().lapse_micros = 3'600'000'000;
  ladder.until(0);
  ladder.acknowledge("seat", 1);
  ladder.on["leader"] = {};  // his watch is over, and nobody has come
  EXPECT_EQ(ladder.until(60), "5 gap leader; 5 acknowledged ; ");
  EXPECT_EQ(ladder.last.back().person, "seat");
  EXPECT_EQ(ladder.state.phase, EscalationPhase::acknowledged);
  EXPECT_EQ(next_due(ladder.state), minute(65)) << "it lapses as any other";
}

// One of two has acknowledged where two had to: the step after it is climbed all the same.
TEST(EscalationAnswers, WhoWasNotAskedYetIsToldThoughTheCountWouldSuffice) {
  std::vector<EscalationStep> steps = {step({"seat", "leader"}, 5), step({"seat", "chief"}, 5)};
  steps[0].acknowledgers = 2;
  Ladder ladder(steps);
  ladder.until(0);
  ladder.acknowledge("seat", 1);
  EXPECT_EQ(ladder.until(9), "5 chief sms; ");
}

TEST(EscalationAnswers, AMeansThatFailedBringsTheNextOneForward) {
  Ladder ladder(night());
  ladder.rules.everybody.by_severity["default"] = {{"sms", 0}, {"voice", 240'000'000}};
  ladder.until(0);
  call_failed(ladder.state, "seat", true, minute(1));
  EXPECT_EQ(ladder.until(1), "1 seat voice; ");
  call_failed(ladder.state, "seat", true, minute(2));  // the last one: the next person
  EXPECT_EQ(ladder.until(2), "2 leader sms; ");
}

TEST(EscalationAnswers, AMeansThatFailedHurriesNobodyWhereOthersWereTold) {
  Ladder ladder({step({"seat", "leader"}, 5), step({"chief"}, 5)});
  ladder.until(0);
  call_failed(ladder.state, "seat", true, minute(1));
  EXPECT_EQ(ladder.until(4), "");
}

TEST(EscalationAnswers, WhenNobodyOfSeveralIsReachedTheNextStepIsDueAtOnce) {
  Ladder ladder({step({"seat", "leader"}, 60), step({"chief"}, 5)});
  ladder.until(0);
  call_failed(ladder.state, "seat", true, minute(1));
  EXPECT_EQ(ladder.until(1), "");
  call_failed(ladder.state, "leader", true, minute(2));
  EXPECT_EQ(ladder.until(2), "2 chief sms; ");
}

TEST(EscalationAnswers, WhoHasAcknowledgedIsNotWaitedForWhenAllOthersAreOutOfReach) {
  std::vector<EscalationStep> steps = {step({"seat", "leader"}, 60), step({"chief"}, 5)};
  steps[0].acknowledgers = 2;
  Ladder ladder(steps);
  ladder.until(0);
  ladder.acknowledge("seat", 1);
  call_failed(ladder.state, "leader", true, minute(2));
  EXPECT_EQ(ladder.until(2), "2 chief sms; ");
}

// Found with a street that has no channel for voice: each step was cut short by it.
TEST(EscalationAnswers, AMeansThatFailedHurriesNobodyWhereAnotherOneWentOut) {
  Ladder ladder({step({"seat"}, 60), step({"chief"}, 5)});
  ladder.rules.everybody.by_severity["default"] = {
      {"sms", 0}, {"robot", 0}, {"voice", 300'000'000}};
  EXPECT_EQ(ladder.until(5), "0 seat sms; 0 seat robot; 5 seat voice; ");
  call_failed(ladder.state, "seat", true, minute(5));
  EXPECT_EQ(ladder.until(6), "");
  call_failed(ladder.state, "seat", true, minute(7));
  EXPECT_EQ(ladder.until(7), "") << "the robot got through";
  call_failed(ladder.state, "seat", true, minute(8));
  EXPECT_EQ(ladder.until(8), "8 chief sms; 8 chief robot; ");
}

TEST(EscalationAnswers, EachStepIsReachedByItsOwnMeans) {
  Ladder ladder({step({"seat"}, 60), step({"leader", "chief"}, 60), step({"seat"}, 5)});
  ladder.until(0);
  call_failed(ladder.state, "seat", true, minute(1));
  EXPECT_EQ(ladder.until(1), "1 leader sms; 1 chief sms; ");
  call_failed(ladder.state, "chief", true, minute(2));
  EXPECT_EQ(ladder.until(2), "");
  call_failed(ladder.state, "leader", true, minute(3));
  EXPECT_EQ(ladder.until(3), "3 seat sms; ");
}

// A receipt may come an hour after the message, when the ladder is elsewhere.
TEST(EscalationAnswers, ACallOfAnEarlierStepThatFailsLateDoesNotEndThisOne) {
  std::vector<EscalationStep> steps = {step({"seat"}, 10), step({"seat"}, 60), step({"chief"}, 5)};
  Ladder ladder(steps);
  ladder.until(10);
  EXPECT_EQ(ladder.state.told_step, 1U);
  call_failed(ladder.state, "seat", false, minute(11));
  EXPECT_EQ(ladder.until(11), "");
  call_failed(ladder.state, "seat", true, minute(12));
  EXPECT_EQ(ladder.until(12), "12 chief sms; ");
}

// A row of before there was a count.
TEST(EscalationAnswers, OfAStepThatRanBeforeAnUpdateEachPersonIsTakenToBeReachedByOneMeans) {
  Ladder ladder({step({"seat", "leader"}, 60), step({"chief"}, 5)});
  ladder.until(0);
  ladder.state.reaching.reset();
  call_failed(ladder.state, "seat", true, minute(1));
  EXPECT_EQ(ladder.until(1), "");
  call_failed(ladder.state, "leader", true, minute(2));
  EXPECT_EQ(ladder.until(2), "2 chief sms; ");
}

// Two of the first step have to; the second finds nobody, or only waits, and asks nobody.
TEST(EscalationAnswers, AStepThatCallsNobodyChangesNotWhoseAcknowledgementsAreAskedFor) {
  for (const bool gap : {true, false}) {
    std::vector<EscalationStep> steps = {
        step({"seat", "leader"}, 5), gap ? step({"nobody"}, 5) : step({}, 5), step({"chief"}, 5)};
    steps[0].acknowledgers = 2;
    steps[2].within = "from minute 60";
    Ladder ladder(steps);
    ladder.world.opening = [](const std::string&, Timestamp at) {
      return std::max(at, minute(60));
    };
    ladder.on["nobody"] = {};
    ladder.until(0);
    EXPECT_EQ(ladder.acknowledge("seat", 1), AcknowledgeResult::counted);
    ladder.until(20);
    EXPECT_EQ(ladder.acknowledge("other", 21), AcknowledgeResult::noted) << "none of those told";
    EXPECT_EQ(ladder.state.phase, EscalationPhase::climbing) << "one of two has";
    EXPECT_EQ(ladder.acknowledge("leader", 22), AcknowledgeResult::stopped) << "the second of two";
  }
}

}  // namespace
}  // namespace jieban
