// Goal: who is missing where a ladder looked for him is told to somebody who can act, once, until
// somebody is there (PRODUCTS row 29).
#include "daemons/notifier/callout/step_gaps.h"

#include "tests/unit/daemons/notifier/callout_fixture.h"

namespace jieban {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using Calls = std::vector<std::string>;

// Of the alerts about gaps, by the topic of the event.
std::vector<AlertStep> gap_steps(const std::vector<Event>& told, std::string_view topic) {
  std::vector<AlertStep> found;
  for (const Event& event : told) {
    if (event.topic != topic) continue;
    AlertStep step = *decode_payload<AlertStep>(event.payload);
    if (step.topic == kStepGapTopic) found.push_back(std::move(step));
  }
  return found;
}

Calls calls_about_gaps(const std::vector<Event>& told) {
  Calls calls;
  for (const AlertStep& alert : gap_steps(told, topics::kAlertOpened)) {
    for (const Event& event : told) {
      if (event.topic != topics::kNoticeQueued) continue;
      const NoticeStep step = notice_of(event);
      if (step.alert == alert.alert) calls.push_back(*step.person);
    }
  }
  return calls;
}

// 22:00: nobody has the seat until 08:00.
class StepGapsAtNight : public ::testing::Test {
 protected:
  StepGapsAtNight() { desk.now = noon() + hours(10); }

  std::vector<Event> emergency(uint64_t order_id) {
    auto told = desk.emergency(order_id, "A-" + std::to_string(order_id));
    for (Event& event : desk.advance(minutes(1))) told.push_back(std::move(event));
    return told;
  }

  CalloutFixture desk;
};

TEST_F(StepGapsAtNight, ASkippedStepCallsSomebodyWhoCanAct) {
  const auto told = emergency(1);
  ASSERT_EQ(gap_steps(told, topics::kAlertOpened).size(), 1U);
  const Calls calls = calls_about_gaps(told);
  ASSERT_EQ(calls.size(), 1U) << "the seat of that ladder is missing too, and is passed";
  EXPECT_EQ(calls[0], "zhou");
  auto txn = desk.fold().environment().read();
  const auto mark = desk.core().callouts().tables().mark(*txn, 0, "step.gap:emergency:rota seat");
  ASSERT_TRUE(mark.ok() && *mark);
  EXPECT_EQ(label_of((*mark)->labels, "policy"), "emergency");
  EXPECT_EQ(label_of((*mark)->labels, "target"), "rota seat");
}

TEST_F(StepGapsAtNight, AGapIsOneAlertHoweverManyPassItAndNeverOneOfItself) {
  size_t opened = 0;
  for (uint64_t order_id = 1; order_id <= 5; ++order_id) {
    opened += gap_steps(emergency(order_id), topics::kAlertOpened).size();
  }
  EXPECT_EQ(opened, 1U);
  for (const AlertStep& step : gap_steps(desk.advance(hours(8)), topics::kAlertOpened)) {
    EXPECT_EQ(step.orders, 1U) << "of the emergencies, and not of itself";
  }
}

TEST_F(StepGapsAtNight, ItEndsWhenSomebodyIsOnDuty) {
  emergency(1);
  EXPECT_TRUE(gap_steps(desk.advance(hours(9)), topics::kAlertResolved).empty());
  EXPECT_EQ(gap_steps(desk.advance(hours(1) + kStepGapPause), topics::kAlertResolved).size(), 1U);
}

TEST_F(StepGapsAtNight, AChangeOfTheRotaEndsItAtOnce) {
  emergency(1);
  RotaBook book = two_seats();
  book.version = "2";
  book.rotas[0].rules[0].window.end = 23 * 3600;
  desk.input(rules_input(Callouts::kRotaName, book));
  EXPECT_EQ(gap_steps(desk.advance(seconds(1)), topics::kAlertResolved).size(), 1U);
  EXPECT_TRUE(gap_steps(emergency(2), topics::kAlertOpened).empty());
}

TEST_F(StepGapsAtNight, WhatNobodyAsksForAnyMoreIsNoGap) {
  emergency(1);
  std::string text = kLadders;
  const std::string old = "- {tell: [{rota: seat}], wait: 5m}";
  text.replace(text.find(old), old.size(), "- {tell: [{role: team_leader}], wait: 5m}");
  auto ladders = parse_alerting_rules(text, "ladders");
  ASSERT_TRUE(ladders.ok()) << ladders.error().message;
  desk.input(rules_input(Callouts::kRulesName, *ladders));
  EXPECT_EQ(gap_steps(desk.advance(seconds(1)), topics::kAlertResolved).size(), 1U);
}

// A street without a channel that calls out has no gap in its rota.
TEST(StepGaps, AMeansWithoutAChannelIsNone) {
  CalloutFixture desk;
  std::string text = kLadders;
  const std::string old = "{robot: 1m}";
  text.replace(text.find(old), old.size(), "{voice: 1m}, {robot: 2m}");
  auto ladders = parse_alerting_rules(text, "ladders");
  ASSERT_TRUE(ladders.ok()) << ladders.error().message;
  desk.input(rules_input(Callouts::kRulesName, *ladders));
  EXPECT_EQ(calls_in(desk.emergency(1, "A-1")), Calls{"li/sms"});
  const auto told = desk.advance(minutes(2));
  EXPECT_EQ(calls_in(told), Calls{"li/robot"});
  EXPECT_EQ(count_of(told, topics::kAlertGap), 0U);
}

}  // namespace
}  // namespace jieban
