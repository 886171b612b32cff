// Goal: an order that gets worse is told at once by what it is now, and nothing about it is taken
// for mended meanwhile (DOMAIN §4.4).
#include "daemons/notifier/callout/callouts.h"
#include "tests/unit/daemons/notifier/callout_fixture.h"

namespace jieban {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using Calls = std::vector<std::string>;

// Ladders of one route for all levels, in which what is orange has a means more.
void load_means_by_level(CalloutFixture& desk) {
  std::string text = kLadders;
  const std::string old = "default: [{sms: 0s}]";
  text.replace(text.find(old), old.size(),
               "default: [{robot: 0s}]\n  orange: [{robot: 0s}, {sms: 0s}]");
  auto ladders = parse_alerting_rules(text, "ladders");
  ASSERT_TRUE(ladders.ok()) << ladders.error().message;
  desk.input(rules_input(Callouts::kRulesName, *ladders));
}

TEST(Callouts, ALevelThatRisesInItsGroupIsToldAtOnceAndTheLadderGoesOn) {
  CalloutFixture desk;
  load_means_by_level(desk);
  desk.deadline(1, "A-1", "yellow");
  ASSERT_EQ(calls_in(desk.advance(seconds(30))), Calls{"li/robot"});
  ASSERT_EQ(calls_in(desk.advance(minutes(7))), Calls());
  const auto told = desk.deadline(1, "A-1", "orange", 90);
  EXPECT_EQ(count_of(told, topics::kAlertResolved), 0U) << "nothing is mended";
  EXPECT_EQ(count_of(told, topics::kAlertOpened), 0U) << "and nothing is new";
  EXPECT_EQ(calls_in(told), Calls{"li/sms"}) << "by the means that he had not been told by";
  EXPECT_EQ(calls_in(desk.advance(minutes(1))), (Calls{"zhou/robot", "zhou/sms"}))
      << "eight minutes after the first call, whatever happened since";
}

TEST(Callouts, WhoHasAcknowledgedALevelIsToldOfAHigherOneAtOnce) {
  CalloutFixture desk;
  desk.deadline(1, "A-1", "yellow");
  const NoticeStep call = queued_in(desk.advance(seconds(30)));
  const AlertAcknowledge ack{"li", "cli", "", "", *call.alert};
  ASSERT_EQ(desk.answer(topics::kAlertAcknowledge, ack), "taken");
  EXPECT_EQ(calls_in(desk.deadline(1, "A-1", "orange", 90)), Calls{"li/sms"});
  EXPECT_EQ(calls_in(desk.deadline(2, "A-2", "orange", 90)), Calls())
      << "another of the same level waits for company";
}

TEST(Callouts, TheEndOfTheWorstTakesTheMeansOfWhatIsLeft) {
  CalloutFixture desk;
  load_means_by_level(desk);
  desk.deadline(1, "A-1", "yellow");
  desk.deadline(2, "A-2", "orange", 90);
  EXPECT_EQ(calls_in(desk.advance(seconds(30))), (Calls{"li/robot", "li/sms"}));
  desk.met(2, "due");
  EXPECT_EQ(calls_in(desk.advance(minutes(8))), Calls{"zhou/robot"});
}

// An alert that stays as it is goes another way by other rules: the old way is not forgotten.
TEST(Callouts, AnAlertThatOtherRulesSendElsewhereRingsThereOnly) {
  CalloutFixture desk;
  desk.deadline(1, "A-1", "red", 100);
  std::string text = kLadders;
  const std::string old = "- {matchers: [topic=deadline, level=red], receiver: red,";
  text.replace(text.find(old), old.size(), "- {matchers: [level=red], receiver: red,");
  auto ladders = parse_alerting_rules(text, "ladders");
  ASSERT_TRUE(ladders.ok()) << ladders.error().message;
  desk.input(rules_input(Callouts::kRulesName, *ladders));
  const auto told = desk.deadline(1, "A-1", "red", 100);
  EXPECT_EQ(count_of(told, topics::kAlertOpened), 1U);
  EXPECT_EQ(count_of(told, topics::kAlertResolved), 1U);
  EXPECT_EQ(alert_in(told, topics::kAlertOpened).orders, 1U);
  EXPECT_EQ(calls_in(told), (Calls{"li/sms", "zhou/sms"})) << "not twice";
  EXPECT_EQ(count_of(desk.met(1, "due"), topics::kAlertResolved), 1U);
  EXPECT_EQ(calls_in(desk.advance(hours(10))), Calls());
}

}  // namespace
}  // namespace jieban
