// Goal: what is muted after its ladder has begun rings nobody until it is so no longer, and then
// goes on where it stood, without a storm.
#include "tests/unit/daemons/notifier/callout_fixture.h"

namespace jieban {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using Calls = std::vector<std::string>;

class HoldDesk : public CalloutFixture {
 public:
  // Of deadlines only: a unit that is down calls people too.
  Calls calls(const std::vector<Event>& told) {
    std::vector<Event> kept;
    for (const Event& event : told) {
      const bool queued = event.topic == topics::kNoticeQueued;
      if (queued && row(notice_of(event).notice_id).topic == "alert.deadline") {
        kept.push_back(event);
      }
    }
    return calls_in(kept);
  }
  Calls calls_for(Duration by) { return calls(advance(by)); }
  std::string silence(const std::string& matchers, Duration length, Duration ahead = Duration(0)) {
    SilenceAdd wanted{"s" + std::to_string(++silences_),
                      matchers,
                      now + ahead,
                      now + ahead + length,
                      "zhou",
                      "管网检修作业"};
    return answer(topics::kSilenceAdd, wanted);
  }
  std::string lift() {
    return answer(topics::kSilenceLift, SilenceLift{"s" + std::to_string(silences_), "zhou"});
  }
  std::string unit_down(bool over = false) {
    AlertRaised down{"alertmanager", {{"topic", "unit.down"}, {"unit", "urban_office"}}, {}};
    if (over) down.ends_at = now;
    return answer(topics::kAlertRaised, down);
  }
  // All that waits goes out.
  void send_all() {
    for (const NoticeRow& waiting : due("phone").rows) {
      begin(waiting.notice_id, waiting.attempts + 1);
      end(waiting.notice_id, waiting.attempts + 1, DeliveryOutcome::accepted);
    }
  }
  // No receipt counts: what is silent is not given up.
  HoldDesk() {
    NotifierRules rules = test_rules();
    rules.channels = {channel_rule("phone", {}), channel_rule("group", {})};
    rules.channels[0].method = "sms";
    rules.channels[1].method = "robot";
    load(rules);
  }

 private:
  int silences_ = 0;
};

TEST(CalloutHolds, ASilenceTakesBackWhatWaitsAndHoldsTheLadderToItsEnd) {
  HoldDesk desk;
  const std::string waiting = queued_in(desk.deadline(1, "A-1", "red", 100)).notice_id;
  EXPECT_EQ(desk.silence("unit=urban_office", hours(5)), "taken");
  desk.advance(Duration(0));
  EXPECT_EQ(desk.row(waiting).state, NoticeState::cancelled);
  EXPECT_TRUE(desk.calls_for(hours(5) - seconds(1)).empty()) << "though a step fell due";
  EXPECT_EQ(desk.calls_for(seconds(1)), (Calls{"li/sms", "zhou/sms"})) << "each person once";
  EXPECT_EQ(desk.row(waiting).state, NoticeState::queued) << "the same call, under its own id";
  desk.send_all();
  EXPECT_TRUE(desk.calls_for(hours(2) - seconds(1)).empty());
  EXPECT_EQ(desk.calls_for(seconds(1)), (Calls{"li/sms", "zhou/sms"})) << "the next turn";
}

TEST(CalloutHolds, StepsThatFellDueMeanwhileKeepTheirDistances) {
  HoldDesk desk;
  desk.deadline(1, "A-1", "orange");
  EXPECT_EQ(desk.calls_for(seconds(30)), Calls{"li/sms"});
  desk.send_all();
  desk.silence("unit=urban_office", hours(3));
  EXPECT_TRUE(desk.calls_for(hours(3) - seconds(1)).empty());
  EXPECT_EQ(desk.calls_for(seconds(1)), Calls{"zhou/sms"}) << "who had been told is not told again";
}

TEST(CalloutHolds, ASilenceThatIsOverBeforeTheNextStepChangesNoTime) {
  HoldDesk desk;
  desk.deadline(1, "A-1", "red", 100);
  desk.send_all();
  desk.advance(minutes(10));
  desk.silence("unit=urban_office", minutes(50));
  EXPECT_TRUE(desk.calls_for(minutes(110) - seconds(1)).empty());
  EXPECT_EQ(desk.calls_for(seconds(1)), (Calls{"li/sms", "zhou/sms"}))
      << "two hours after the first";
}

TEST(CalloutHolds, ASilenceThatIsLiftedLetsTheLadderGoOnAtOnce) {
  HoldDesk desk;
  desk.deadline(1, "A-1", "red", 100);
  desk.silence("unit=urban_office", hours(5));
  EXPECT_TRUE(desk.calls_for(hours(1)).empty());
  EXPECT_EQ(desk.lift(), "taken");
  EXPECT_EQ(desk.calls_for(Duration(0)), (Calls{"li/sms", "zhou/sms"}));
}

TEST(CalloutHolds, WhatWasNeverToldIsToldAtTheEndOfItsSilence) {
  HoldDesk desk;
  desk.silence("unit=urban_office", seconds(20));
  EXPECT_TRUE(desk.calls(desk.deadline(1, "A-1", "red", 100)).empty());
  EXPECT_TRUE(desk.calls_for(seconds(20) - seconds(1)).empty());
  EXPECT_EQ(desk.calls_for(seconds(1)), (Calls{"li/sms", "zhou/sms"}))
      << "not only when the group is looked at next";
}

TEST(CalloutHolds, WhatWasNeverToldIsToldWhenItsSilenceIsLifted) {
  HoldDesk desk;
  desk.silence("unit=urban_office", hours(5));
  EXPECT_TRUE(desk.calls(desk.deadline(1, "A-1", "red", 100)).empty());
  EXPECT_TRUE(desk.calls_for(hours(1) + seconds(7)).empty());
  EXPECT_EQ(desk.lift(), "taken");
  EXPECT_EQ(desk.calls_for(Duration(0)), (Calls{"li/sms", "zhou/sms"}));
}

TEST(CalloutHolds, WhatWasNeverToldIsToldWhenNothingExplainsItAnyMore) {
  HoldDesk desk;
  EXPECT_EQ(desk.unit_down(), "taken");
  desk.deadline(1, "A-1", "yellow");
  EXPECT_TRUE(desk.calls_for(minutes(1) + seconds(7)).empty());
  EXPECT_EQ(desk.unit_down(true), "taken");
  EXPECT_EQ(desk.calls_for(Duration(0)), Calls{"li/sms"});
}

TEST(CalloutHolds, TheEndOfASilenceDoesNotShortenTheWaitOfAGroup) {
  HoldDesk desk;
  desk.silence("unit=urban_office", seconds(10));
  desk.deadline(1, "A-1", "yellow");
  EXPECT_TRUE(desk.calls_for(seconds(29)).empty());
  EXPECT_EQ(desk.calls_for(seconds(1)), Calls{"li/sms"});
}

// The wait of its route counts, not the interval of a group that could tell nothing.
TEST(CalloutHolds, WhatIsNotCoveredBeginsTheLadderOfAGroupThatWasNeverTold) {
  HoldDesk desk;
  desk.silence("order=A-1", hours(5));
  desk.deadline(1, "A-1", "red", 100);
  desk.advance(minutes(1));
  EXPECT_EQ(desk.calls(desk.deadline(2, "A-2", "red", 100)), (Calls{"li/sms", "zhou/sms"}));
}

TEST(CalloutHolds, WhatEndedBeforeItsSilenceIsNeverTold) {
  HoldDesk desk;
  desk.silence("unit=urban_office", minutes(20));
  desk.deadline(1, "A-1", "red", 100);
  desk.advance(minutes(1));
  desk.met(1, "due");
  EXPECT_TRUE(desk.calls_for(hours(1)).empty());
}

TEST(CalloutHolds, ASilenceThatBeginsLaterHoldsFromThenOn) {
  HoldDesk desk;
  desk.deadline(1, "A-1", "orange");
  desk.silence("unit=urban_office", hours(2), minutes(5));
  EXPECT_EQ(desk.calls_for(minutes(1)), Calls{"li/sms"}) << "not yet";
  EXPECT_TRUE(desk.calls_for(hours(2)).empty());
  EXPECT_EQ(desk.calls_for(minutes(4)), Calls{"li/sms"}) << "what had not gone out by then";
}

TEST(CalloutHolds, AUnitThatGoesDownHoldsTheLaddersOfItsReminders) {
  HoldDesk desk;
  desk.deadline(2, "A-2", "red", 100);
  desk.send_all();
  desk.deadline(1, "A-1", "yellow");
  const std::string waiting = queued_in(desk.advance(minutes(1))).notice_id;
  EXPECT_EQ(desk.unit_down(), "taken");
  desk.advance(Duration(0));
  EXPECT_EQ(desk.row(waiting).state, NoticeState::cancelled);
  EXPECT_EQ(desk.calls_for(hours(3)), (Calls{"li/sms", "zhou/sms"})) << "the red one, in its time";
  EXPECT_EQ(desk.unit_down(true), "taken");
  EXPECT_EQ(desk.calls_for(Duration(0)), Calls{"li/sms"}) << "at once when it is up again";
  EXPECT_EQ(desk.calls_for(minutes(8)), Calls{"zhou/sms"});
}

TEST(CalloutHolds, TheTimesOfARouteHoldItsLadders) {
  HoldDesk desk;
  desk.now = noon() + hours(7) + minutes(58);  // the seat's rule ends at 20:00
  desk.deadline(1, "A-1", "blue");
  EXPECT_EQ(desk.calls_for(minutes(1)), Calls{"li/sms"});
  desk.send_all();
  auto ladders = parse_alerting_rules(
      [] {
        std::string text = kLadders;
        return text.replace(text.find("22:00-07:00"), 11, "20:00-09:00");
      }(),
      "ladders");
  ASSERT_TRUE(ladders.ok()) << ladders.error().message;
  desk.input(rules_input(Callouts::kRulesName, *ladders));
  EXPECT_TRUE(desk.calls_for(hours(13)).empty()) << "19:59 to 08:59";
  EXPECT_EQ(desk.calls_for(minutes(1)), Calls{"zhou/sms"});
}

TEST(CalloutHolds, AnEmergencyIsHeldByNothing) {
  HoldDesk desk;
  EXPECT_EQ(calls_in(desk.emergency(1, "A-1")), Calls{"li/sms"});
  desk.silence("order=A-1", hours(5));
  EXPECT_EQ(std::ranges::count(calls_in(desk.advance(minutes(20))), "zhou/sms"), 1);
  EXPECT_EQ(desk.due("phone").rows.size(), 3U) << "and nothing is taken back";
}

TEST(CalloutHolds, WhatWasAcknowledgedStaysSoThroughASilence) {
  for (const bool in_silence : {false, true}) {
    HoldDesk desk;
    const NoticeStep call = queued_in(desk.deadline(1, "A-1", "red", 100));
    const AlertAcknowledge ack{"li", "cli", "", "", *call.alert};
    const auto acknowledge = [&] { return desk.answer(topics::kAlertAcknowledge, ack); };
    std::string answer = in_silence ? "" : acknowledge();
    desk.silence("unit=urban_office", hours(1));
    desk.advance(minutes(30));
    if (in_silence) answer = acknowledge();
    EXPECT_EQ(answer, "taken");
    EXPECT_TRUE(desk.calls_for(hours(20)).empty()) << in_silence;
    EXPECT_EQ(count_of(desk.met(1, "due"), topics::kAlertResolved), 1U);
  }
}

TEST(CalloutHolds, AnAcknowledgementThatLapsesInASilenceLapsesAtItsEnd) {
  HoldDesk desk;
  auto ladders = parse_alerting_rules(
      [] {
        std::string text = kLadders;
        return text.replace(text.find("wait: 2h}\n    repeat: for_ever"), 30,
                            "wait: 2h}\n    repeat: for_ever\n    lapse: 1h");
      }(),
      "ladders");
  ASSERT_TRUE(ladders.ok()) << ladders.error().message;
  desk.input(rules_input(Callouts::kRulesName, *ladders));
  const NoticeStep call = queued_in(desk.deadline(1, "A-1", "red", 100));
  desk.send_all();
  const AlertAcknowledge ack{"li", "cli", "", "", *call.alert};
  EXPECT_EQ(desk.answer(topics::kAlertAcknowledge, ack), "taken");
  desk.silence("unit=urban_office", hours(4));
  EXPECT_TRUE(desk.calls_for(hours(4) - seconds(1)).empty());
  EXPECT_EQ(desk.calls_for(seconds(1)), (Calls{"li/sms", "zhou/sms"})) << "as after any lapse";
}

TEST(CalloutHolds, WhatEndsInASilenceIsToldNobodyAfterIt) {
  HoldDesk desk;
  desk.deadline(1, "A-1", "red", 100);
  desk.silence("unit=urban_office", hours(1));
  desk.advance(minutes(30));
  EXPECT_EQ(count_of(desk.met(1, "due"), topics::kAlertResolved), 1U);
  EXPECT_TRUE(desk.calls_for(hours(20)).empty());
  auto txn = desk.fold().environment().read();
  EXPECT_EQ(*desk.core().callouts().next_due(*txn), kTimestampMax);
}

TEST(CalloutHolds, WhatIsNotCoveredWakesTheLadderOfItsGroup) {
  HoldDesk desk;
  desk.deadline(1, "A-1", "orange");
  EXPECT_EQ(desk.calls_for(seconds(30)), Calls{"li/sms"});
  desk.send_all();
  desk.silence("order=~\"A-1|A-2\"", hours(3));
  EXPECT_TRUE(desk.calls_for(hours(1)).empty());
  EXPECT_TRUE(desk.calls(desk.deadline(2, "A-2", "orange")).empty()) << "covered too";
  EXPECT_EQ(desk.calls(desk.deadline(3, "A-3", "orange")), Calls{"zhou/sms"});
}

TEST(CalloutHolds, AnAttemptUnderWayThatFailsIsTriedAgainOnlyAfterTheSilence) {
  HoldDesk desk;
  const std::string id = queued_in(desk.deadline(1, "A-1", "red", 100)).notice_id;
  desk.begin(id, 1);
  desk.silence("unit=urban_office", hours(1));
  desk.advance(Duration(0));
  desk.end(id, 1, DeliveryOutcome::failed);
  desk.advance(minutes(30));
  EXPECT_EQ(desk.row(id).state, NoticeState::cancelled);
  desk.advance(minutes(30));
  EXPECT_EQ(desk.row(id).state, NoticeState::waiting);
}

TEST(CalloutHolds, AMessageThatMayBeOutComesBackMarkedAsAPossibleRepeat) {
  HoldDesk desk;
  const std::string id = queued_in(desk.deadline(1, "A-1", "red", 100)).notice_id;
  desk.begin(id, 1);
  desk.end(id, 1, DeliveryOutcome::unknown);
  desk.silence("unit=urban_office", hours(1));
  desk.advance(hours(1));
  EXPECT_EQ(desk.row(id).state, NoticeState::waiting);
  EXPECT_TRUE(desk.row(id).possible_repeat);
  EXPECT_EQ(desk.begin(id, 2), "go");
}

TEST(CalloutHolds, ARestartInASilenceForgetsNobody) {
  HoldDesk desk;
  desk.deadline(1, "A-1", "red", 100);
  desk.silence("unit=urban_office", hours(1));
  desk.advance(minutes(30));
  desk.reopen();
  EXPECT_TRUE(desk.calls_for(minutes(30) - seconds(1)).empty());
  EXPECT_EQ(desk.calls_for(seconds(1)), (Calls{"li/sms", "zhou/sms"}));
}

TEST(CalloutHolds, OneSilenceHoldsHoweverManyLadders) {
  HoldDesk desk;
  for (int unit = 0; unit < 450; ++unit) {
    AlertRaised raised{"alertmanager", {{"topic", "pump"}, {"unit", std::to_string(unit)}}, {}};
    ASSERT_EQ(desk.answer(topics::kAlertRaised, raised), "taken");
  }
  EXPECT_EQ(calls_in(desk.advance(minutes(1))).size(), 450U);
  EXPECT_EQ(desk.silence("topic=pump, unit!=7", hours(1)), "taken");
  desk.advance(Duration(0));
  EXPECT_EQ(desk.due("phone", 1000).rows.size(), 1U) << "unit 7";
  EXPECT_EQ(calls_in(desk.advance(minutes(30))), Calls{"zhou/sms"});
}

TEST(CalloutHolds, TheOrdersThatAGroupDoesNotKeepAreMutedLikeTheOthers) {
  HoldDesk desk;
  desk.unit_down();
  for (uint64_t id = 1; id <= 40; ++id) desk.deadline(id, "A-" + std::to_string(id), "yellow");
  EXPECT_TRUE(desk.calls_for(hours(3)).empty()) << "forty as well as one";
  desk.unit_down(true);
  const auto told = desk.advance(minutes(5));
  EXPECT_EQ(desk.calls(told), Calls{"li/sms"});
  EXPECT_EQ(desk.row(desk.due("phone").rows.back().notice_id).orders, 40U);
}

TEST(CalloutHolds, AnOrderThatAGroupDoesNotKeepRingsWhenItIsNotCovered) {
  HoldDesk desk;
  desk.silence("order=~\"A-[0-9]+\"", hours(3));
  for (uint64_t id = 1; id <= 40; ++id) desk.deadline(id, "A-" + std::to_string(id), "yellow");
  EXPECT_TRUE(desk.calls_for(hours(1)).empty());
  desk.deadline(41, "B-41", "yellow");
  EXPECT_EQ(desk.calls_for(minutes(5)), Calls{"li/sms"});
  desk.send_all();
  desk.met(41, "due");
  EXPECT_TRUE(desk.calls_for(hours(1)).empty()) << "its end leaves what is covered";
  EXPECT_EQ(desk.calls_for(hours(1)), (Calls{"zhou/sms", "li/sms"}))
      << "until it is so no longer; li has heard of the one only";
}

TEST(CalloutHolds, ALadderOfMoreThanTheGroupKeepsIsHeldAndGoesOnWithThoseThatAreLeft) {
  HoldDesk desk;
  for (uint64_t id = 1; id <= 40; ++id) desk.deadline(id, "A-" + std::to_string(id), "yellow");
  EXPECT_EQ(desk.calls_for(seconds(30)), Calls{"li/sms"});
  desk.send_all();
  desk.silence("order=~\"A-[0-9]+\"", hours(1));
  desk.advance(Duration(0));
  for (uint64_t id = 1; id <= 36; ++id) desk.met(id, "due");
  EXPECT_TRUE(desk.calls_for(hours(1) - seconds(1)).empty());
  EXPECT_EQ(desk.calls_for(seconds(1)), Calls{"zhou/sms"});
  EXPECT_EQ(desk.row(desk.due("phone").rows.at(0).notice_id).orders, 4U);
}

TEST(CalloutHolds, AnAlertThatIsSentAgainIsNoNewsThoughTheGroupDoesNotKeepIt) {
  HoldDesk desk;
  const auto alert = [](int number) {
    return AlertRaised{"alertmanager",
                       {{"topic", "pump"}, {"unit", "east"}, {"pump", std::to_string(number)}},
                       {}};
  };
  for (int i = 0; i < 34; ++i) desk.answer(topics::kAlertRaised, alert(i));
  const NoticeStep call = queued_in(desk.advance(minutes(1)));
  const AlertAcknowledge ack{"li", "cli", "", "", *call.alert};
  EXPECT_EQ(desk.answer(topics::kAlertAcknowledge, ack), "taken");
  EXPECT_EQ(desk.answer(topics::kAlertRaised, alert(33)), "repeated");
  EXPECT_TRUE(calls_in(desk.advance(hours(1))).empty()) << "it was taken note of";
}

}  // namespace
}  // namespace jieban
