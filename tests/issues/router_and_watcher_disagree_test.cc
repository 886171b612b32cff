// Seen: what the router told, the watcher did not understand, and each alone was right by its own
// tests. Of an order that was not solved no review clock ran (the router says UNSOLVED, the watcher
// waited for unsolved), and closing it ended the review before it was due; the next round of a
// closed order was set aside and had no clocks; a due time given with it was lost, and the one of
// the round before came back with the next correction; what was paused in one round could not be
// paused in the next; a unit that had bounced an order was still named in its alerts.
#include "common/domain/topics.h"
#include "tests/scenarios/desk.h"

namespace jieban {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using Texts = std::vector<std::string>;

TEST(RouterAndWatcher, OfAnOrderThatWasNotSolvedTheReviewRunsFromTheEndOfTheCycle) {
  for (const char* solved : {"SOLVED", "PARTIAL", "UNSOLVED"}) {
    Desk desk;
    desk.submit(Desk::leak("260310000001"));
    desk.bring("260310000001", "accept_completion");
    desk.take("260310000001", Desk::visit(solved, "UNSATISFIED"));
    const auto review = desk.running("260310000001", ClockKind::review);
    ASSERT_EQ(review.has_value(), std::string(solved) != "SOLVED") << solved;
    EXPECT_TRUE(desk.running("260310000001", ClockKind::appeal).has_value());
    if (!review) continue;
    EXPECT_EQ(format_local(review->deadline), "2026-03-29 00:00:00");
    // The cycle is settled before the review is due, and does not end it.
    desk.take("260310000001", {"cycle_settled", "analyst"});
    EXPECT_TRUE(desk.running("260310000001", ClockKind::review).has_value());
    EXPECT_FALSE(desk.running("260310000001", ClockKind::appeal).has_value());
    desk.advance_to("2026-03-29 00:00:01");
    EXPECT_EQ(desk.alerts_of("260310000001", "review").back().percent, 100U);
    desk.take("260310000001",
              {"review", "analyst", {{"cause", "POLICY"}}, {{"conclusion", "结论"}}});
    EXPECT_EQ(desk.changes_of("260310000001", "review"), (Texts{"started", "stopped_late"}));
    EXPECT_EQ(desk.set_aside(), Texts());
  }
}

TEST(RouterAndWatcher, ANewRoundOfAClosedOrderRunsAgainByItsOwnDueTime) {
  Desk desk;
  Submission order = Desk::leak("260310000001");
  order.due_at = desk.now() + hours(48);
  desk.submit(order);
  desk.bring(order.order_no, "accept_completion");
  desk.take(order.order_no, Desk::visit("SOLVED", "SATISFIED"));
  desk.take(order.order_no, {"cycle_settled", "analyst"});
  desk.advance(hours(100));
  desk.take(order.order_no, {"again", "city", {{"due_at", "2026-03-20 18:00"}}});
  EXPECT_TRUE(desk.running(order.order_no, ClockKind::sign).has_value());
  ASSERT_TRUE(desk.running(order.order_no, ClockKind::due).has_value());
  EXPECT_EQ(format_local(desk.running(order.order_no, ClockKind::due)->deadline),
            "2026-03-20 18:00:00");
  // A correction of the old row says nothing of the new round's due time.
  order.cat3 = "防水";
  EXPECT_EQ(desk.submit(order), "updated");
  EXPECT_EQ(format_local(desk.running(order.order_no, ClockKind::due)->deadline),
            "2026-03-20 18:00:00");
  EXPECT_EQ(format_local(*desk.summary(order.order_no).due()), "2026-03-20 18:00:00");
  desk.bring(order.order_no, "submit");
  EXPECT_EQ(desk.changes_of(order.order_no, "due").back(), "met");
  EXPECT_EQ(desk.set_aside(), Texts());
}

TEST(RouterAndWatcher, ANewRoundWithoutADueTimeGoesByTheRule) {
  Desk desk;
  Submission order = Desk::leak("260310000001");
  order.due_at = desk.now() + hours(48);
  desk.submit(order);
  desk.bring(order.order_no, "accept_completion");
  desk.take(order.order_no, Desk::visit("SOLVED", "SATISFIED"));
  desk.advance(hours(100));
  desk.take(order.order_no, {"again", "city"});
  EXPECT_EQ(desk.running(order.order_no, ClockKind::due)->deadline, desk.now() + hours(7 * 24));
}

TEST(RouterAndWatcher, APausedClockIsPausedAnewInTheNextRound) {
  FiveRules rules = shipped_five_rules();
  rules.clocks.classes["general"].pauses = {PauseReason::court};
  Desk desk(rules);
  const Said pause{
      "pause_clock", "team_leader", {{"clock", "due"}, {"reason", "court"}, {"evidence", "doc-7"}}};
  desk.submit(Desk::leak("260310000001"));
  desk.take("260310000001", pause);
  EXPECT_TRUE(desk.running("260310000001", ClockKind::due)->paused_at.has_value());
  desk.bring("260310000001", "accept_completion");
  desk.take("260310000001", Desk::visit("SOLVED", "SATISFIED"));
  desk.take("260310000001", {"again", "city"});
  EXPECT_FALSE(desk.running("260310000001", ClockKind::due)->paused_at.has_value());
  desk.take("260310000001", pause);
  EXPECT_TRUE(desk.running("260310000001", ClockKind::due)->paused_at.has_value());
}

TEST(RouterAndWatcher, AlertsOfABouncedOrderNameNoUnit) {
  Desk desk;
  desk.submit(Desk::leak("260310000001"));
  desk.bring("260310000001", "sign");
  EXPECT_EQ(desk.summary("260310000001").lead_unit, "housing_station");
  desk.take("260310000001", {"unit_bounce", "unit", {{"reason_code", "DUTY"}}});
  desk.advance(minutes(61));
  const auto alerts = desk.alerts_of("260310000001", "forward");
  ASSERT_FALSE(alerts.empty());
  for (const DeadlineAlert& alert : alerts) EXPECT_EQ(alert.lead_unit, "");
}

}  // namespace
}  // namespace jieban
