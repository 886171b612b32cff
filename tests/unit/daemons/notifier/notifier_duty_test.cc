// Goal: a change of the rota by command decides the very next call, and a hole that it leaves is
// told at once.
#include "tests/unit/daemons/notifier/duty_fixture.h"

namespace jieban {
namespace {

using duty_test::local;
using std::chrono::minutes;
using std::chrono::seconds;
using Calls = std::vector<std::string>;

// The group of an alert waits for company first.
size_t gaps_opened(const std::vector<Event>& told) {
  size_t count = 0;
  for (const Event& event : told) {
    if (event.topic != topics::kAlertOpened) continue;
    count += decode_payload<AlertStep>(event.payload)->topic == "rota.gap" ? 1 : 0;
  }
  return count;
}

TEST(NotifierDuty, TheTakersPhoneRingsAndNotTheAskers) {
  DutyDesk desk;
  ASSERT_EQ(desk.swap_through(night_swap("s1", PersonId("e")), "e"), "taken");
  desk.now = local("2026-02-04 01:00");
  EXPECT_EQ(calls_in(desk.emergency(1, "A-1")), Calls{"e/sms"});
}

TEST(NotifierDuty, ASwapThatWasOnlyAskedForOrAcceptedCallsNobodyElse) {
  DutyDesk desk;
  desk.ask(night_swap("s1", PersonId("e")));
  desk.decide("s1", DutyVerb::accept, "e");
  desk.now = local("2026-02-04 01:00");
  EXPECT_EQ(calls_in(desk.emergency(1, "A-1")), Calls{"a/sms"});
}

TEST(NotifierDuty, ALeaveWithoutAStandInIsToldAtOnceAndItsStandInEndsIt) {
  DutyDesk desk;
  EXPECT_EQ(gaps_opened(desk.advance(minutes(50))), 0U);
  desk.ask(leave_request("l1", "a", "2026-02-03 20:30", "2026-02-04 08:30"));
  EXPECT_EQ(desk.next_due(), desk.now) << "at once, not with the next look of the hour";
  EXPECT_EQ(gaps_opened(desk.advance(seconds(31))), 1U) << "after the wait of its group";
  desk.ask(override_request("o1", "2026-02-03 20:30", "2026-02-04 08:30", "e", "a"));
  EXPECT_EQ(count_of(desk.advance(seconds(1)), topics::kAlertResolved), 1U);
}

TEST(NotifierDuty, AWithdrawnStandInIsAGapAtOnce) {
  DutyDesk desk;
  desk.ask(override_request("o1", "2026-02-03 20:30", "2026-02-04 08:30", "e", "a"));
  desk.ask(leave_request("l1", "a", "2026-02-03 20:30", "2026-02-04 08:30"));
  EXPECT_EQ(gaps_opened(desk.advance(minutes(1))), 0U);
  desk.decide("o1", DutyVerb::withdraw, "x", "机动有事");
  EXPECT_EQ(gaps_opened(desk.advance(minutes(1))), 1U);
}

TEST(NotifierDuty, AnotherGapBesideOneThatIsKnownIsToldToo) {
  DutyDesk desk;
  desk.ask(leave_request("l1", "d", "2026-02-05 08:30", "2026-02-05 20:30"));
  EXPECT_EQ(gaps_opened(desk.advance(minutes(1))), 1U);
  EXPECT_EQ(gaps_opened(desk.advance(minutes(90))), 0U) << "the same one is told once";
  desk.ask(leave_request("l2", "a", "2026-02-03 20:30", "2026-02-04 08:30"));
  EXPECT_EQ(gaps_opened(desk.advance(minutes(6))), 1U) << "tonight is another matter";
}

TEST(NotifierDuty, AGapThatBeginsIsTheOneThatWasTold) {
  DutyDesk desk;
  desk.ask(leave_request("l1", "a", "2026-02-03 20:30", "2026-02-04 08:30"));
  EXPECT_EQ(gaps_opened(desk.advance(minutes(1))), 1U);
  EXPECT_EQ(gaps_opened(desk.advance(local("2026-02-03 21:40") - desk.now)), 2U)
      << "nobody acknowledged: repeated after four hours, twice";
}

TEST(NotifierDuty, ARepetitionMovesNothing) {
  DutyDesk desk;
  const auto leave = leave_request("l1", "c", "", "2026-02-03 16:00");
  desk.ask(leave);
  desk.advance(minutes(1));
  const Timestamp due = desk.next_due();
  EXPECT_GT(due, desk.now);
  EXPECT_EQ(desk.ask(leave), "repeated");
  EXPECT_EQ(desk.next_due(), due);
}

TEST(NotifierDuty, WhatCannotBeReadIsRefused) {
  DutyDesk desk;
  Input input;
  for (const std::string_view topic : {topics::kDutyRequest, topics::kDutyDecision}) {
    input.topic = topic;
    input.payload = "?";
    EXPECT_FALSE(desk.input(input).answers.at(0).ok());
  }
}

}  // namespace
}  // namespace jieban
