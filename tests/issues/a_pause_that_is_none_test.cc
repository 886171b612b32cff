// Seen: a command was answered "done", and the clock went on. The router had rules of its own about
// what may be done to a clock, the watcher went by clocks.yaml and told nobody but its own stream
// that it did not: a pause for which the order's class has no reason (by default none has any), a
// pause of a clock that does not run, an extension beyond the class's limit. An officer who
// believes that a clock stands still misses a deadline.
#include "tests/scenarios/desk.h"

namespace jieban {
namespace {

using std::chrono::hours;
using Texts = std::vector<std::string>;

constexpr const char* kOrder = "260310000001";

Said pause(const std::string& clock, const std::string& reason = "court") {
  return {
      "pause_clock", "team_leader", {{"clock", clock}, {"reason", reason}, {"evidence", "doc-7"}}};
}

Said extend_to(Timestamp due) {
  return {"extend_request", "unit", {{"reason_code", "COMPLEX"}, {"due_at", format_local(due)}}};
}

const Said kApprove = {
    "extend_approved",
    "team_leader",
    {{"caller_told_at", "2026-03-10 08:00"}, {"hotline_told_at", "2026-03-10 08:00"}}};

// The shipped rules, with a reason to pause for general orders.
FiveRules rules_with_pauses() {
  FiveRules rules = shipped_five_rules();
  rules.clocks.classes["general"].pauses = {PauseReason::court};
  return rules;
}

TEST(APauseThatIsNone, IsRefusedWhereTheClassHasNoReasonToPause) {
  Desk desk;
  desk.submit(Desk::leak(kOrder));
  desk.take(kOrder, {"sign", "seat"});
  const std::string refusal = desk.refusal(kOrder, pause("due"));
  EXPECT_EQ(refusal.find("clock_to_pause "), 0U) << refusal;
  EXPECT_NE(refusal.find("config/clocks.yaml"), std::string::npos) << refusal;
  EXPECT_FALSE(desk.running(kOrder, ClockKind::due)->paused_at.has_value());
  EXPECT_EQ(desk.changes_of(kOrder, "due"), Texts{"started"}) << "nobody asked the watcher";
}

TEST(APauseThatIsNone, ForAReasonThatTheClassHasStopsTheClock) {
  Desk desk(rules_with_pauses());
  desk.submit(Desk::leak(kOrder));
  const std::string refusal = desk.refusal(kOrder, pause("due", "awaiting_caller"));
  EXPECT_NE(refusal.find("court"), std::string::npos) << "the reasons that there are: " << refusal;
  desk.take(kOrder, pause("due"));
  EXPECT_EQ(desk.running(kOrder, ClockKind::due)->paused_at, desk.now());
}

TEST(APauseThatIsNone, IsRefusedForAClockThatDoesNotRun) {
  Desk desk(rules_with_pauses());
  desk.submit(Desk::leak(kOrder));
  EXPECT_EQ(desk.refusal(kOrder, pause("audit")).find("clock_to_pause "), 0U);
  desk.bring(kOrder, "hand_in");
  EXPECT_EQ(desk.refusal(kOrder, pause("sign")).find("clock_to_pause "), 0U) << "it has stopped";
  desk.take(kOrder, pause("audit"));
  EXPECT_TRUE(desk.running(kOrder, ClockKind::audit)->paused_at.has_value());
}

TEST(APauseThatIsNone, EndsWithItsClockAndTheNextOneIsPausedAnew) {
  Desk desk(rules_with_pauses());
  desk.submit(Desk::leak(kOrder));
  desk.bring(kOrder, "hand_in");
  desk.take(kOrder, pause("audit"));
  desk.take(kOrder, {"audit_fail", "audit", {{"failed_items", "x"}}, {}, "auditor"});
  EXPECT_FALSE(desk.refusal(kOrder, {"resume_clock", "team_leader", {{"clock", "audit"}}}).empty());
  desk.take(kOrder, {"hand_in", "unit"});
  EXPECT_FALSE(desk.running(kOrder, ClockKind::audit)->paused_at.has_value());
  desk.take(kOrder, pause("audit"));
  EXPECT_TRUE(desk.running(kOrder, ClockKind::audit)->paused_at.has_value());
}

TEST(APauseThatIsNone, NoExtensionIsGrantedBeyondTheLimitsOfTheClass) {
  FiveRules rules = shipped_five_rules();
  rules.clocks.classes["general"].extension = {.count = 1, .length = Duration(hours(48)).count()};
  Desk desk(rules);
  desk.submit(Desk::leak(kOrder));
  desk.bring(kOrder, "accept");
  const Timestamp due = desk.running(kOrder, ClockKind::due)->deadline;  // by the rule
  EXPECT_EQ(desk.refusal(kOrder, extend_to(due + hours(49))).find("extension_fields "), 0U);
  EXPECT_EQ(desk.refusal(kOrder, extend_to(due)).find("extension_fields "), 0U);
  desk.take(kOrder, extend_to(due + hours(48)));
  desk.take(kOrder, kApprove);
  EXPECT_EQ(desk.running(kOrder, ClockKind::due)->deadline, due + hours(48));
  EXPECT_EQ(desk.refusal(kOrder, extend_to(due + hours(49))).find("extension_count "), 0U);
}

TEST(APauseThatIsNone, NoExtensionIsApprovedThatTheClockWouldNotFollow) {
  Desk desk;
  Submission order = Desk::leak(kOrder);
  order.due_at = desk.now() + hours(48);
  desk.submit(order);
  desk.bring(kOrder, "accept");
  desk.take(kOrder, extend_to(desk.now() + hours(48 + 7 * 24)));
  order.due_at = desk.now() + hours(24);  // the city corrects it meanwhile
  EXPECT_EQ(desk.submit(order), "updated");
  EXPECT_NE(desk.refusal(kOrder, kApprove), "");
  EXPECT_EQ(desk.running(kOrder, ClockKind::due)->deadline, desk.now() + hours(24));
  EXPECT_EQ(format_local(*desk.summary(kOrder).due()), format_local(desk.now() + hours(24)));
}

// After the submission the due clock has stopped; a redo has a clock of its own.
TEST(APauseThatIsNone, NoExtensionIsAskedForAClockThatHasStopped) {
  Desk desk;
  desk.submit(Desk::leak(kOrder));
  desk.bring(kOrder, "submit");
  desk.take(kOrder, {"reject", "city", {{"reason_code", "INCOMPLETE"}}});
  desk.take(kOrder, {"redo", "unit", {{"to", "HANDLING"}}});
  ASSERT_FALSE(desk.running(kOrder, ClockKind::due).has_value());
  EXPECT_NE(desk.refusal(kOrder, extend_to(desk.now() + hours(24))), "");
}

// The window of the one is the window of the other, to the microsecond.
TEST(APauseThatIsNone, AReturnIsAskedForAsLongAsTheWindowRuns) {
  for (const Duration late : {Duration(0), Duration(1)}) {
    Desk desk;
    desk.submit(Desk::leak(kOrder));
    desk.take(kOrder, {"sign", "seat"});
    desk.take(kOrder, {"draft_return",
                       "seat",
                       {{"reason_code", "LEGAL_CHANNEL"}, {"evidence", "e"}},
                       {{"basis", "依据"}}});
    desk.advance_to(desk.running(kOrder, ClockKind::return_window)->deadline + late);
    const bool runs = desk.running(kOrder, ClockKind::return_window).has_value();
    EXPECT_EQ(runs, late == Duration(0));
    EXPECT_EQ(desk.refusal(kOrder, {"request_return", "team_leader"}).empty(), runs);
  }
}

// What stands still uses no time: neither for the clock nor for whoever asks for more of it.
TEST(APauseThatIsNone, WhatStandsStillIsNotOver) {
  Desk desk(rules_with_pauses());
  Submission order = Desk::leak(kOrder);
  order.due_at = desk.now() + hours(48);
  desk.submit(order);
  desk.bring(kOrder, "accept");
  desk.take(kOrder, pause("due"));
  desk.advance(hours(72));
  desk.take(kOrder, {"resume_clock", "team_leader", {{"clock", "due"}}});
  const Timestamp due = desk.now() + hours(48);
  EXPECT_EQ(desk.running(kOrder, ClockKind::due)->deadline, due);
  // A correction of something else says nothing of the due time.
  order.cat3 = "防水";
  EXPECT_EQ(desk.submit(order), "updated");
  EXPECT_EQ(desk.running(kOrder, ClockKind::due)->deadline, due);
  desk.take(kOrder, extend_to(due + hours(24)));
  desk.take(kOrder, kApprove);
  EXPECT_EQ(desk.running(kOrder, ClockKind::due)->deadline, due + hours(24));
}

}  // namespace
}  // namespace jieban
