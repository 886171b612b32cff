// Goal: an alert is muted by a silence, by what explains it and by the times of its route, until
// each of these is over; and an emergency by none of them.
#include "daemons/notifier/callout/muting.h"

#include "tests/unit/daemons/notifier/callout_fixture.h"

namespace jieban {
namespace {

using std::chrono::hours;

// A store with what a desk has said so far; the group is of a route without times.
class MutingDesk : public CalloutFixture {
 public:
  MutingDesk() : rules_(*parse_alerting_rules(kLadders, "ladders")) {
    times_ = *TimeIntervals::make(rules_.times);
  }
  Muting muting() {
    auto txn = fold().environment().read();
    auto made = Muting::at(*txn, core().callouts().tables(), rules_, times_, now);
    EXPECT_TRUE(made.ok());
    return *made;
  }
  void silence(const std::string& matchers, Duration from, Duration until) {
    const SilenceAdd wanted{matchers, matchers, now + from, now + until, "zhou", "管网检修作业"};
    EXPECT_EQ(answer(topics::kSilenceAdd, wanted), "taken");
  }
  Callout group;

 private:
  AlertingRules rules_;
  TimeIntervals times_;
};

const LabelSet kReminder = {{"topic", "deadline"}, {"level", "yellow"}, {"unit", "east"}};

TEST(MutingTest, ASilenceMutesFromItsStartToItsEndAndSaysWhenThatIs) {
  MutingDesk desk;
  desk.silence("unit=east", hours(1), hours(3));
  EXPECT_FALSE(desk.muting().mutes(desk.group, kReminder));
  EXPECT_EQ(desk.muting().next_change(desk.group), desk.now + hours(1));
  desk.now += hours(1);
  EXPECT_TRUE(desk.muting().mutes(desk.group, kReminder));
  EXPECT_EQ(desk.muting().next_change(desk.group), desk.now + hours(2));
  desk.now += hours(2);
  EXPECT_FALSE(desk.muting().mutes(desk.group, kReminder));
  EXPECT_EQ(desk.muting().next_change(desk.group), kTimestampMax);
}

TEST(MutingTest, OneThatWasLiftedMutesNoMoreAndHasNoEndToWaitFor) {
  MutingDesk desk;
  desk.silence("unit=east", Duration(0), hours(3));
  EXPECT_EQ(desk.answer(topics::kSilenceLift, SilenceLift{"unit=east", "zhou"}), "taken");
  EXPECT_FALSE(desk.muting().mutes(desk.group, kReminder));
  EXPECT_EQ(desk.muting().next_change(desk.group), kTimestampMax);
}

TEST(MutingTest, WhatIsExplainedIsMutedAsLongAsTheExplanationIsOpen) {
  MutingDesk desk;
  AlertRaised down{"alertmanager", {{"topic", "unit.down"}, {"unit", "east"}}, {}};
  EXPECT_EQ(desk.answer(topics::kAlertRaised, down), "taken");
  EXPECT_TRUE(desk.muting().mutes(desk.group, kReminder));
  LabelSet other = kReminder;
  other["unit"] = "west";
  EXPECT_FALSE(desk.muting().mutes(desk.group, other));
  down.ends_at = desk.now;
  EXPECT_EQ(desk.answer(topics::kAlertRaised, down), "taken");
  EXPECT_FALSE(desk.muting().mutes(desk.group, kReminder));
}

TEST(MutingTest, TheTimesOfTheRouteMuteItsGroups) {
  MutingDesk desk;
  desk.group.mute_times = {"night"};
  EXPECT_FALSE(desk.muting().mutes(desk.group, kReminder)) << "noon";
  EXPECT_EQ(desk.muting().next_change(desk.group), noon() + hours(10));
  desk.now = noon() + hours(10);
  EXPECT_TRUE(desk.muting().mutes(desk.group, kReminder));
  EXPECT_EQ(desk.muting().next_change(desk.group), noon() + hours(19));
}

TEST(MutingTest, AnEmergencyIsMutedByNothing) {
  MutingDesk desk;
  desk.now = noon() + hours(10);
  desk.group.mute_times = {"night"};
  desk.silence("unit=east", Duration(0), hours(3));
  const AlertRaised down{"alertmanager", {{"topic", "unit.down"}, {"unit", "east"}}, {}};
  EXPECT_EQ(desk.answer(topics::kAlertRaised, down), "taken");
  LabelSet emergency = kReminder;
  emergency["class"] = "emergency";
  EXPECT_TRUE(desk.muting().mutes(desk.group, kReminder));
  EXPECT_FALSE(desk.muting().mutes(desk.group, emergency));
}

}  // namespace
}  // namespace jieban
