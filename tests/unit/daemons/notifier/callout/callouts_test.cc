// Goal: the right person is called, in time, once; and no longer than needed (DOMAIN §4.4, §13.4).
#include "daemons/notifier/callout/callouts.h"

#include "tests/unit/daemons/notifier/callout_fixture.h"

namespace jieban {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using Calls = std::vector<std::string>;

TEST(Callouts, AnEmergencyGoesFromTheSeatToTheLeaderToTheStreetUntilSomebodyAnswers) {
  CalloutFixture desk;
  EXPECT_EQ(calls_in(desk.emergency(1, "A-1")), Calls{"li/sms"}) << "at once";
  EXPECT_EQ(calls_in(desk.advance(minutes(4))), Calls{"li/robot"}) << "the next means, at +1";
  EXPECT_EQ(calls_in(desk.advance(seconds(61))), Calls{"zhou/sms"}) << "5 minutes";
  EXPECT_EQ(calls_in(desk.advance(minutes(1))), Calls{"zhou/robot"});
  EXPECT_EQ(calls_in(desk.advance(minutes(9))), Calls{"wu/sms"}) << "10 more";
}

TEST(Callouts, AnAcknowledgementStopsTheLadderAndTakesBackWhatHasNotGoneOut) {
  CalloutFixture desk;
  const auto told = desk.emergency(1, "A-1");
  const NoticeStep notice = queued_in(told);
  const AlertAcknowledge ack{"li", "reply", code_of(*notice.alert), "", ""};
  EXPECT_EQ(desk.answer(topics::kAlertAcknowledge, ack), "taken");
  EXPECT_EQ(desk.row(notice.notice_id).state, NoticeState::cancelled);
  EXPECT_TRUE(desk.advance(hours(1)).empty()) << "nobody else is called";
  EXPECT_EQ(desk.answer(topics::kAlertAcknowledge, ack), "repeated");
  EXPECT_EQ(calls_in(desk.advance(hours(1))), Calls{"li/sms"})
      << "an acknowledgement without an end of the matter lapses, and the step runs again";
}

TEST(Callouts, AnAttemptThatFailsWhenNobodyIsToBeCalledAnyMoreIsNotRepeated) {
  for (const bool is_over : {false, true}) {
    CalloutFixture desk;
    const NoticeStep call = queued_in(desk.emergency(1, "A-1"));
    EXPECT_EQ(desk.begin(call.notice_id, 1), "go");
    if (is_over) desk.moved(1, "order.signed", OrderState::new_order, OrderState::signed_in);
    const AlertAcknowledge ack{"li", "cli", "", "", *call.alert};
    EXPECT_EQ(desk.answer(topics::kAlertAcknowledge, ack), is_over ? "refused" : "taken");
    desk.end(call.notice_id, 1, DeliveryOutcome::failed);
    desk.advance(minutes(10));
    EXPECT_EQ(desk.row(call.notice_id).state, NoticeState::cancelled) << is_over;
  }
}

TEST(Callouts, ANextRungTakesThePlaceOfTheOneBefore) {
  CalloutFixture desk;
  desk.deadline(1, "A-1", "orange");
  EXPECT_EQ(calls_in(desk.advance(seconds(30))), Calls{"li/sms"});
  const auto told = desk.deadline(1, "A-1", "red", 100);
  EXPECT_EQ(count_of(told, topics::kAlertResolved), 1U) << "that of the orange rung";
  EXPECT_EQ(calls_in(told), (Calls{"li/sms", "zhou/sms"}));
}

// PRODUCTS row 29: a step that nobody covers is passed at once and told.
TEST(Callouts, AStepWithNobodyOnDutyIsPassedAtOnceAndToldAsAGap) {
  CalloutFixture desk;
  desk.now = noon() + hours(10);  // 22:00: the seat's rule ends at 20:00
  const auto told = desk.emergency(1, "A-1");
  EXPECT_EQ(calls_in(told), Calls{"zhou/sms"});
  EXPECT_EQ(alert_in(told, topics::kAlertGap).target, "rota seat");
}

// Found by the red alarms of Scenario04: the second call went by the id of the first, and was none.
TEST(Callouts, AnAcknowledgementThatLapsesIsFollowedByTheSameCallsAgain) {
  CalloutFixture desk;
  const NoticeStep notice = queued_in(desk.emergency(1, "A-1"));
  for (int round = 0; round < 2; ++round) {
    AlertAcknowledge ack;
    ack.person = "li";
    ack.via = "reply";
    ack.code = code_of(*notice.alert);
    ASSERT_EQ(desk.answer(topics::kAlertAcknowledge, ack), "taken");
    EXPECT_EQ(calls_in(desk.advance(hours(2) - seconds(1))), Calls());
    EXPECT_EQ(calls_in(desk.advance(seconds(2))), Calls{"li/sms"}) << round;
  }
}

// Two have to, one has, and the other one's duty is over with nobody after him.
TEST(Callouts, AStepWhosePeopleHaveAllAcknowledgedEndsTheCallAndIsToldAsThat) {
  CalloutFixture desk;
  std::string text = kLadders;
  const std::string old = "- {tell: [{rota: seat}], wait: 5m}";
  text.replace(text.find(old), old.size(),
               "- {tell: [{rota: seat}, {role: team_leader}], wait: 5m, acknowledgers: 2}");
  const std::string next =
      "      - {tell: [{role: team_leader}], wait: 10m}\n"
      "      - {tell: [{role: street_leader}], wait: 10m}\n";
  text.replace(text.find(next), next.size(), "");
  auto ladders = parse_alerting_rules(text, "ladders");
  ASSERT_TRUE(ladders.ok()) << ladders.error().message;
  desk.input(rules_input(Callouts::kRulesName, *ladders));
  const auto called = desk.emergency(1, "A-1");
  ASSERT_EQ(calls_in(called), (Calls{"li/sms", "zhou/sms"}));
  AlertAcknowledge ack;
  ack.person = "zhou";
  ack.via = "reply";
  ack.code = code_of(*queued_in(called).alert);
  ASSERT_EQ(desk.answer(topics::kAlertAcknowledge, ack), "taken");
  RotaBook book = two_seats();
  book.version = "2";
  book.rotas[0].rules[0].persons = {"nobody"};
  DutyLeave leave;
  leave.person = "nobody";
  leave.from = desk.now - minutes(1);
  leave.until = desk.now + hours(3);
  book.changes.leaves = {leave};
  desk.input(rules_input(Callouts::kRotaName, book));
  const auto told = desk.advance(minutes(5));
  const AlertStep step = alert_in(told, topics::kAlertAcknowledged);
  EXPECT_EQ(step.person, "zhou");
  EXPECT_EQ(step.reason, "stopped");
  EXPECT_EQ(step.topic, "emergency.unsigned");
}

TEST(Callouts, AlertsOfOneCauseAreOneCallWithTheRightCount) {
  CalloutFixture desk;
  Calls calls;
  for (uint64_t id = 1; id <= 40; ++id) {
    for (const std::string& call : calls_in(desk.deadline(id, "A-" + std::to_string(id), "orange")))
      calls.push_back(call);
  }
  EXPECT_TRUE(calls.empty()) << "the group waits for company";
  const auto told = desk.advance(seconds(30));
  EXPECT_EQ(calls_in(told), Calls{"li/sms"});
  EXPECT_EQ(alert_in(told, topics::kAlertOpened).orders, 40U);
  for (uint64_t id = 41; id <= 60; ++id) desk.deadline(id, "A-" + std::to_string(id), "orange");
  const auto later = desk.advance(minutes(9));
  EXPECT_EQ(calls_in(later), Calls{"zhou/sms"}) << "the ladder goes on, and is not begun anew";
  EXPECT_EQ(desk.row(queued_in(later).notice_id).orders, 60U) << "with the count of now";
}

TEST(Callouts, AGroupThatWasOverRingsAgainWhenSomethingNewHappensInIt) {
  CalloutFixture desk;
  for (uint64_t id = 1; id <= 3; ++id) {
    const auto told = desk.deadline(id, "A-" + std::to_string(id), "red", 100);
    EXPECT_EQ(calls_in(told), (Calls{"li/sms", "zhou/sms"})) << id;
    const NoticeStep call = queued_in(told);
    desk.begin(call.notice_id, 1);
    desk.end(call.notice_id, 1, DeliveryOutcome::accepted);
    EXPECT_EQ(count_of(desk.met(id, "due"), topics::kAlertResolved), 1U);
    desk.advance(hours(1));
  }
}

TEST(Callouts, WhatComesWhileTheLastStepWaitsIsToldWithTheNextTickAndNotWhenItIsOver) {
  CalloutFixture desk;
  EXPECT_EQ(calls_in(desk.deadline(1, "A-1", "red", 100)), (Calls{"li/sms", "zhou/sms"}));
  EXPECT_TRUE(calls_in(desk.advance(minutes(10))).empty());
  Calls called = calls_in(desk.deadline(2, "A-2", "red", 100));
  for (const std::string& call : calls_in(desk.advance(minutes(5)))) called.push_back(call);
  EXPECT_EQ(called, (Calls{"li/sms", "zhou/sms"})) << "the step waits for two hours";
}

TEST(Callouts, ACallTellsOfWhatStillFires) {
  CalloutFixture desk;
  desk.deadline(1, "A-1", "orange");
  desk.deadline(2, "A-2", "orange");
  EXPECT_EQ(queued_in(desk.advance(seconds(30))).order_no, "A-2");
  desk.met(2, "due");
  EXPECT_EQ(queued_in(desk.advance(minutes(8))).order_no, "A-1");
}

TEST(Callouts, AGroupWhoseFirstAlertsHaveEndedIsToldAgainForTheOthers) {
  CalloutFixture desk;
  constexpr uint64_t kAll = kGroupAlertsMax + 8;
  for (uint64_t id = 1; id <= kAll; ++id) desk.deadline(id, "A-" + std::to_string(id), "orange");
  desk.advance(hours(1));
  for (uint64_t id = 1; id <= kGroupAlertsMax; ++id) desk.met(id, "due");
  desk.reopen();
  const auto told = desk.advance(hours(4));
  ASSERT_GE(count_of(told, topics::kAlertOpened), 1U);
  EXPECT_EQ(alert_in(told, topics::kAlertOpened).orders, 8U);
  for (uint64_t id = kGroupAlertsMax + 1; id < kAll; ++id) desk.met(id, "due");
  EXPECT_EQ(count_of(desk.met(kAll, "due"), topics::kAlertResolved), 1U);
  EXPECT_TRUE(calls_in(desk.advance(hours(9))).empty());
}

TEST(Callouts, ALadderThatHasAnotherNameIsClimbedByWhatComesThen) {
  CalloutFixture desk;
  desk.deadline(1, "A-1", "red", 100);
  std::string text = kLadders;
  for (const std::string& part : {std::string("receiver: red"), std::string("  red:")}) {
    text.replace(text.find(part), part.size(),
                 part.substr(0, part.find("red")) + "rouge" + part.substr(part.find("red") + 3));
  }
  auto ladders = parse_alerting_rules(text, "ladders");
  ASSERT_TRUE(ladders.ok()) << ladders.error().message;
  desk.input(rules_input(Callouts::kRulesName, *ladders));
  Calls called = calls_in(desk.deadline(2, "A-2", "red", 100));
  for (const std::string& call : calls_in(desk.advance(hours(1)))) called.push_back(call);
  EXPECT_EQ(called, (Calls{"li/sms", "zhou/sms"}));
}

TEST(Callouts, WhatIsMutedIsToldWhenItIsSoNoLonger) {
  CalloutFixture desk;
  desk.now = noon() + hours(10) + minutes(30);  // 22:30
  desk.deadline(1, "A-1", "blue");
  EXPECT_TRUE(calls_in(desk.advance(hours(8))).empty()) << "until 06:30";
  EXPECT_FALSE(calls_in(desk.advance(hours(2))).empty()) << "after 07:00";
}

TEST(Callouts, AUnitThatIsDownKeepsItsRemindersQuiet) {
  CalloutFixture desk;
  AlertRaised down{"alertmanager", {{"topic", "unit.down"}, {"unit", "urban_office"}}, {}};
  EXPECT_EQ(desk.answer(topics::kAlertRaised, down), "taken");
  EXPECT_EQ(desk.answer(topics::kAlertRaised, down), "repeated");
  desk.advance(minutes(1));
  desk.deadline(1, "A-1", "yellow");
  EXPECT_EQ(count_of(desk.advance(minutes(5)), topics::kAlertOpened), 0U);
  down.ends_at = desk.now;
  EXPECT_EQ(desk.answer(topics::kAlertRaised, down), "taken");
  EXPECT_FALSE(calls_in(desk.advance(minutes(10))).empty()) << "the reminder comes through then";
}

// A street gives a policy another name while a ladder of it is being climbed.
TEST(Callouts, ALadderWhosePolicyWasRenamedGoesOnWhereItIs) {
  CalloutFixture desk;
  EXPECT_EQ(calls_in(desk.emergency(1, "A-1")), (Calls{"li/sms"}));
  std::string text = kLadders;
  for (const auto& [from, to] :
       {std::pair<std::string, std::string>("receiver: emergency,", "receiver: alarm,"),
        {"  emergency:\n    steps", "  alarm:\n    steps"}}) {
    text.replace(text.find(from), from.size(), to);
  }
  auto ladders = parse_alerting_rules(text, "ladders");
  ASSERT_TRUE(ladders.ok()) << ladders.error().message;
  EXPECT_EQ(calls_in(events_of(desk.input(rules_input(Callouts::kRulesName, *ladders)))), Calls());
  const std::vector<Event> told = desk.advance(minutes(6));
  EXPECT_EQ(count_of(told, topics::kAlertExhausted), 0U);
  const std::vector<std::string> calls = calls_in(told);
  EXPECT_NE(std::ranges::find(calls, "zhou/sms"), calls.end()) << "the second step, in its time";
  EXPECT_EQ(std::ranges::find(calls, "li/sms"), calls.end()) << "nobody is called anew";
}

TEST(Callouts, WithoutLaddersNobodyIsCalled) {
  NotifierFixture desk;
  desk.load(test_rules());
  for (const Event& event : events_of(desk.warn())) {
    EXPECT_FALSE(event.topic.starts_with("alert.")) << event.topic;
  }
}

}  // namespace
}  // namespace jieban
