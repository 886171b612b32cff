// Goal: each move of the life cycle starts, stops and cancels the clocks of DOMAIN §4.3.
#include "daemons/sla-watcher/order_moves.h"

#include "tests/unit/daemons/sla-watcher/sla_fixture.h"

namespace jieban {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

TEST(OrderMoves, AnOrdinaryOrderPassesAllItsClocks) {
  SlaFixture sla(whole_catalogue());
  sla.open_order(1);
  struct Turn {
    const char* topic;
    const char* changes;
  };
  const std::vector<Turn> turns = {
      {"order.signed", "sign met, forward started, return started, contact started"},
      {"order.dispatched", "forward met, internal started"},
      {"order.accepted", ""},
      {"order.contacted", "contact met"},
      {"order.handed_in", "internal met, audit started"},
      {"order.audit_failed", "audit met"},
      {"order.handed_in", "audit started"},
      {"order.audit_passed", "audit met"},
      {"order.submitted", "due met, return cancelled"},
      {"order.rejected", "redo started"},
      {"order.redone", ""},
      {"order.submitted", "redo met"},
      {"order.completed", ""},
  };
  for (const Turn& turn : turns) {
    sla.now += minutes(2);
    EXPECT_EQ(summary_of(sla.move(1, turn.topic)), turn.changes) << turn.topic;
  }
  EXPECT_EQ(summary_of(sla.move(1, "order.visited", SlaFixture::Arguments{{"solved", "UNSOLVED"}})),
            "appeal started, review started");
  EXPECT_EQ(format_local(sla.clock_of(1, ClockKind::review)->deadline), "2026-03-29 00:00:00");
  EXPECT_EQ(summary_of(sla.move(1, "order.appeal_submitted")), "appeal met");
  EXPECT_EQ(summary_of(sla.move(1, "order.reviewed")), "review met");
  sla.move(1, "order.closed");
  EXPECT_EQ(*sla.core().orders().count(sla.read()), 0U);
}

TEST(OrderMoves, WhatWasSolvedIsNotReviewed) {
  SlaFixture sla(whole_catalogue());
  sla.open_order(1);
  sla.move(1, "order.completed");
  EXPECT_EQ(summary_of(sla.move(1, "order.visited", SlaFixture::Arguments{{"solved", "SOLVED"}})),
            "appeal started");
  EXPECT_EQ(summary_of(sla.move(1, "order.closed")), "appeal cancelled");
}

TEST(OrderMoves, AReviewOutlivesTheClosingOfItsOrderAndNothingElseDoes) {
  SlaFixture sla(whole_catalogue());
  sla.open_order(1);
  sla.move(1, "order.completed");
  sla.move(1, "order.visited", SlaFixture::Arguments{{"solved", "UNSOLVED"}});
  EXPECT_EQ(summary_of(sla.move(1, "order.closed")), "appeal cancelled");
  ASSERT_TRUE(sla.clock_of(1, ClockKind::review).has_value());
  EXPECT_EQ(summary_of(sla.move(1, "order.reviewed")), "review met");
  EXPECT_EQ(*sla.core().orders().count(sla.read()), 0U) << "then it is forgotten";
  const StepOutcome late = sla.move(1, "order.reviewed");
  EXPECT_EQ(late.quarantined, 0U) << "who reviews once more tells the watcher nothing";
}

TEST(OrderMoves, AnOrderThatHasLeftIsTakenUpAgainByItsNextRound) {
  SlaFixture sla(whole_catalogue());
  sla.open_order(1);
  sla.move(1, "order.closed");
  OrderMove told;
  told.round = 2;
  told.order_class = "emergency";
  told.category = "公共安全";
  told.community = "真武庙社区";
  const StepOutcome outcome = sla.move(1, "order.reopened", told);
  EXPECT_EQ(outcome.quarantined, 0U);
  EXPECT_EQ(summary_of(outcome), "sign started, due started");
  EXPECT_EQ(sla.clock_of(1, ClockKind::due)->deadline, sla.now + hours(2));
  auto order = sla.core().orders().get(sla.read(), make_key(uint64_t{1}));
  EXPECT_EQ((*order)->category, "公共安全");
  // Whoever told a round without saying what the order is left nothing to go by.
  sla.move(2, "order.reopened");
  EXPECT_EQ(sla.move(3, "order.signed").quarantined, 1U);
  EXPECT_EQ(*sla.core().orders().count(sla.read()), 1U);
}

TEST(OrderMoves, WhatAUnitBouncedIsNobodysUntilItIsDispatchedAgain) {
  SlaFixture sla(whole_catalogue());
  sla.open_order(1, "emergency");
  sla.move(1, "order.signed");
  sla.move(1, "order.dispatched");
  sla.move(1, "order.bounced");
  const auto alerts = sla.alerts_until(sla.now + minutes(10));
  ASSERT_FALSE(alerts.empty());
  for (const DeadlineAlert& alert : alerts) EXPECT_EQ(alert.lead_unit, "") << alert.clock;
}

TEST(OrderMoves, AReanchoredClockSaysItsOldAndItsNewDeadlineAndTheRules) {
  SlaFixture sla(whole_catalogue());
  sla.open_order(1);
  const Timestamp start = sla.now;
  ClockRules later = whole_catalogue();
  later.version = "9";
  later.classes["general"].due = limit_of(days(3));
  later.classes["general"].sign = limit_of(minutes(10));
  sla.load(later);
  EXPECT_EQ(sla.clock_of(1, ClockKind::due)->deadline, start + days(7)) << "a reload moves nothing";
  sla.now += minutes(5);
  const StepOutcome outcome = sla.move(
      1, "order.reanchored", SlaFixture::Arguments{{"clock", "due"}, {"reason_code", "RULES"}});
  EXPECT_EQ(summary_of(outcome), "due superseded, due started");
  const auto changes = changes_of(outcome);
  EXPECT_EQ(changes[0].deadline, start + days(7));
  EXPECT_EQ(changes[1].deadline, start + days(3));
  EXPECT_EQ(changes[1].reason, "re_anchor: RULES");
  EXPECT_EQ(payload_of<ClockChanges>(events_of(outcome).front()).rules_version, "9");
  EXPECT_EQ(sla.clock_of(1, ClockKind::sign)->deadline, start + minutes(30)) << "not asked for";
  EXPECT_EQ(summary_of(sla.move(1, "order.reanchored", SlaFixture::Arguments{})),
            "sign superseded, sign started");
  EXPECT_EQ(sla.move(1, "order.reanchored", SlaFixture::Arguments{{"clock", "wall"}}).quarantined,
            1U);
}

TEST(OrderMoves, ABouncedOrderIsForwardedAnewAndAReassignedOneHandedInAnew) {
  SlaFixture sla(whole_catalogue());
  sla.open_order(1, "emergency");
  sla.move(1, "order.signed");
  sla.move(1, "order.dispatched");
  sla.now += minutes(3);
  EXPECT_EQ(summary_of(sla.move(1, "order.bounced")), "internal cancelled, forward started");
  sla.move(1, "order.dispatched");
  sla.now += minutes(3);
  EXPECT_EQ(summary_of(sla.move(1, "order.reassigned")), "internal superseded, internal started");
  EXPECT_EQ(sla.clock_of(1, ClockKind::internal)->deadline, sla.now + hours(1));
}

TEST(OrderMoves, ASelfAnsweredOrderIsAudited) {
  SlaFixture sla(whole_catalogue());
  sla.open_order(1);
  sla.move(1, "order.signed");
  EXPECT_EQ(summary_of(sla.move(1, "order.self_answered")),
            "contact met, forward cancelled, audit started");
}

TEST(OrderMoves, ARequestEndsTheWindowAndTheDueClockRunsOn) {
  SlaFixture sla(whole_catalogue());
  sla.open_order(1);
  sla.move(1, "order.signed");
  EXPECT_EQ(summary_of(sla.move(1, "order.return_requested")), "return met");
  EXPECT_EQ(summary_of(sla.move(1, "order.return_refused")), "");
  EXPECT_TRUE(sla.clock_of(1, ClockKind::due).has_value());
  EXPECT_EQ(summary_of(sla.move(1, "order.returned")),
            "due cancelled, forward cancelled, contact cancelled");
  EXPECT_EQ(*sla.core().orders().count(sla.read()), 0U);
  EXPECT_EQ(*sla.core().running(sla.read()), 0U);
}

TEST(OrderMoves, AnotherRoundStartsFromNothing) {
  SlaFixture sla(whole_catalogue());
  sla.open_order(1);
  sla.move(1, "order.completed");
  sla.move(1, "order.visited");
  sla.now += days(1);
  SlaFixture::LaterMove told;
  EXPECT_EQ(summary_of(sla.move(1, "order.reopened", told)),
            "appeal cancelled, sign started, due started");
  EXPECT_EQ(sla.clock_of(1, ClockKind::due)->deadline, sla.now + days(7));
  told.due_at = sla.now + days(2);
  EXPECT_EQ(summary_of(sla.move(1, "order.reopened", told)),
            "sign cancelled, due cancelled, sign started, due started");
  EXPECT_EQ(sla.clock_of(1, ClockKind::due)->deadline, sla.now + days(2));
  EXPECT_EQ(sla.clock_of(1, ClockKind::due)->source, ClockSource::order);
}

TEST(OrderMoves, WhatSaysTooLittleIsSetAside) {
  SlaFixture sla(whole_catalogue());
  sla.open_order(1);
  const std::vector<std::pair<const char*, SlaFixture::Arguments>> wrong = {
      {"order.extension_approved", {}},
      {"order.reclassified", {}},
      {"order.clock_paused", {{"reason", "lunch"}}},
      {"order.clock_paused", {{"reason", "court"}, {"clock", "wall"}}},
      {"order.clock_resumed", {{"clock", "wall"}}},
  };
  for (const auto& [topic, arguments] : wrong) {
    EXPECT_EQ(sla.move(1, topic, arguments).quarantined, 1U) << topic;
  }
}

TEST(OrderMoves, WhatMovesNoClockIsNotEvenLookedAt) {
  EXPECT_FALSE(moves_clocks("order.accepted"));
  EXPECT_FALSE(moves_clocks("order.unrouted"));
  EXPECT_FALSE(moves_clocks("order.invented_later"));
  EXPECT_TRUE(moves_clocks("order.signed"));
  EXPECT_TRUE(moves_clocks("order.clock_paused"));
  SlaFixture sla(whole_catalogue());
  EXPECT_EQ(sla.move(77, "order.invented_later").quarantined, 0U);
}

}  // namespace
}  // namespace jieban
