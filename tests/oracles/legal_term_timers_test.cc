// Legal terms: the scenarios that are about timers, against the watcher's core. Those of calendars
// are in legal_term_calendar_test.cc.
#include "tests/oracles/table.h"
#include "tests/unit/daemons/sla-watcher/sla_fixture.h"

namespace jieban::oracles {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using Percents = std::vector<uint64_t>;
using LaterMove = SlaFixture::LaterMove;

LaterMove until(Timestamp due_at) {
  LaterMove told;
  told.due_at = due_at;
  return told;
}

std::string reason_of(const StepOutcome& outcome) {
  const auto changes = changes_of(outcome);
  return changes.empty() ? "" : changes.back().change + " " + changes.back().reason.value_or("");
}

const SlaFixture::Arguments kPause = {
    {"clock", "due"}, {"reason", "awaiting_caller"}, {"evidence", "letter-3"}};

void a_timer_outlives_restarts() {
  SlaFixture sla;
  OrderOpening told = sla.opening();
  told.due_at = sla.now + days(42);
  sla.open_order(1, told);
  sla.move(1, "order.signed");
  sla.move(1, "order.dispatched");
  sla.reopen();
  sla.alerts_until(*told.due_at);
  sla.reopen();
  EXPECT_EQ(percents_of(sla.alerts_until(*told.due_at + days(1)), "due"), Percents{100});
  sla.reopen();
  EXPECT_TRUE(sla.alerts_until(*told.due_at + days(9)).empty());
}

void what_is_done_fires_nothing() {
  SlaFixture sla(whole_catalogue());
  sla.open_order(1);
  sla.move(1, "order.signed");
  EXPECT_EQ(summary_of(sla.move(1, "order.cancelled")),
            "due cancelled, forward cancelled, return cancelled, contact cancelled");
  EXPECT_EQ(sla.next_due(), kTimestampMax);
}

void a_breach_stops_nothing_and_stays_on_record() {
  SlaFixture sla;
  sla.open_order(1);
  EXPECT_EQ(percents_of(sla.alerts_until(sla.now + days(8)), "due").back(), 100U);
  EXPECT_EQ(summary_of(sla.move(1, "order.submitted")), "due stopped_late");
  size_t breaches = 0;
  const auto contents = sla.contents();
  for (const auto& [key, record] : contents.at("outbox")) {
    breaches += record.find("deadline.breached") == std::string::npos ? 0 : 1;
  }
  EXPECT_EQ(breaches, 2U);  // sign, due
}

void what_is_suspended_is_not_overdue() {
  SlaFixture sla(whole_catalogue());
  sla.open_order(1);
  sla.move(1, "order.clock_paused", kPause);
  EXPECT_TRUE(percents_of(sla.alerts_until(sla.now + days(60)), "due").empty());
}

void a_suspension_has_moment_reason_and_evidence() {
  SlaFixture sla(whole_catalogue());
  sla.open_order(1);
  sla.now += hours(3);
  const StepOutcome outcome = sla.move(1, "order.clock_paused", kPause);
  const ClockChange paused = changes_of(outcome).at(0);
  EXPECT_EQ(paused.stopped_at, sla.now);
  EXPECT_EQ(paused.reason, "awaiting_caller");
  EXPECT_EQ(paused.evidence, "letter-3");
  // The actor stands in the event that it was caused by.
  EXPECT_EQ(events_of(outcome).back().cause, (Cause{"110102007.router", 2}));
}

void an_extension_has_its_bound() {
  SlaFixture sla(whole_catalogue());
  const Timestamp start = sla.now;
  sla.open_order(1);
  sla.move(1, "order.extension_approved", until(start + days(10)));
  EXPECT_EQ(reason_of(sla.move(1, "order.extension_approved", until(start + days(12)))),
            "refused extension_count");
  EXPECT_EQ(sla.clock_of(1, ClockKind::due)->deadline, start + days(10));
}

void nothing_is_extended_after_its_end() {
  SlaFixture sla(whole_catalogue());
  const Timestamp start = sla.now;
  sla.open_order(1);
  sla.alerts_until(start + days(7) + minutes(1));
  EXPECT_EQ(reason_of(sla.move(1, "order.extension_approved", until(start + days(9)))),
            "refused extension_expired");
}

void a_rung_is_told_once() {
  SlaFixture sla;
  const Timestamp start = sla.now;
  sla.open_order(1);
  EXPECT_EQ(percents_of(sla.alerts_until(start + hours(85)), "due"), Percents{50});
  EXPECT_TRUE(sla.alerts_until(start + hours(109)).empty());
}

void two_sweeps_tell_it_once() {
  SlaFixture sla;
  sla.open_order(1, "emergency");
  sla.now += minutes(5);
  EXPECT_EQ(sla.tick().records.size(), 1U);
  EXPECT_TRUE(sla.tick().records.empty());
}

void rungs_that_were_missed_are_told_in_order() {
  SlaFixture sla;
  sla.open_order(1);
  sla.move(1, "order.signed");
  sla.move(1, "order.dispatched");
  sla.reopen();
  EXPECT_EQ(percents_of(sla.alerts_until(sla.now + hours(130)), "due"), (Percents{50, 75}));
}

void a_lead_of_a_day_before_two_days() {
  ClockRules rules = whole_catalogue();
  rules.ladder.rungs = {{99, "yellow", micros(hours(24))}};
  SlaFixture sla(rules);
  OrderOpening told = sla.opening();
  told.due_at = sla.now + hours(48);
  sla.open_order(1, told);
  EXPECT_EQ(sla.clock_of(1, ClockKind::due)->fires_at, sla.now + hours(24));
}

void each_deadline_fires_on_its_own() {
  SlaFixture sla(whole_catalogue());
  sla.open_order(1, "emergency");
  sla.move(1, "order.signed");
  sla.move(1, "order.dispatched");
  const auto alerts = sla.alerts_until(sla.now + hours(2) + minutes(1));
  for (const char* clock : {"contact", "internal", "due"}) {
    EXPECT_EQ(percents_of(alerts, clock).at(2), 100U) << clock;
  }
}

void a_term_begins_where_it_is_anchored() {
  ClockRules rules = whole_catalogue();
  rules.classes["general"].review->from_day = 21;
  SlaFixture sla(rules);
  sla.now = local_time("2026-03-03 10:00:00");
  sla.open_order(1);
  sla.move(1, "order.completed");
  sla.move(1, "order.visited", SlaFixture::Arguments{{"solved", "UNSOLVED"}});
  EXPECT_EQ(format_local(sla.clock_of(1, ClockKind::review)->started_at), "2026-03-21 00:00:00");
}

void an_anchor_that_moves_supersedes() {
  SlaFixture sla;
  const Timestamp start = sla.now;
  OrderOpening told = sla.opening();
  told.due_at = start + days(2);
  sla.open_order(1, told);
  EXPECT_EQ(percents_of(sla.alerts_until(start + hours(40)), "due"), (Percents{50, 75}));
  told.due_at = start + days(3);
  EXPECT_EQ(summary_of(sla.amend(1, told)), "due superseded, due started");
  // Half of the new span is past; neither the old deadline nor its last rung is told.
  EXPECT_TRUE(percents_of(sla.alerts_until(start + hours(50)), "due").empty());
  EXPECT_EQ(percents_of(sla.alerts_until(start + days(4)), "due"), (Percents{75, 90, 100}));
}

void sleepers_hold_up_nobody() {
  SlaFixture sla;
  for (uint64_t order_id = 1; order_id <= 1200; ++order_id) {
    sla.event("router", topics::kOrderOpened, order_id, sla.opening());
  }
  sla.open_order(5000, "emergency");
  sla.now += minutes(5);
  EXPECT_EQ(topics_of(sla.tick()), std::vector<std::string>{"deadline.warned"});
}

void work_is_counted() {
  SlaFixture sla;
  for (uint64_t order_id = 1; order_id <= 20; ++order_id) {
    sla.open_order(order_id, order_id <= 3 ? "emergency" : "general");
  }
  sla.now += minutes(5);
  EXPECT_EQ(sla.tick().signals.size(), 3U);
}

void what_cannot_be_armed_is_set_aside() {
  SlaFixture sla;
  EXPECT_EQ(sla.open_order(1, "unheard_of").quarantined, 1U);
  EXPECT_EQ(*sla.core().orders().count(sla.read()), 0U);
}

const std::map<std::string, void (*)(), std::less<>> kScenarios = {
    {"durable", a_timer_outlives_restarts},
    {"cancel", what_is_done_fires_nothing},
    {"due-advisory", a_breach_stops_nothing_and_stays_on_record},
    {"suspended-not-overdue", what_is_suspended_is_not_overdue},
    {"suspension-evidence", a_suspension_has_moment_reason_and_evidence},
    {"extend-bound", an_extension_has_its_bound},
    {"extend-after-expiry", nothing_is_extended_after_its_end},
    {"rung-once", a_rung_is_told_once},
    {"rung-concurrent", two_sweeps_tell_it_once},
    {"rung-gap", rungs_that_were_missed_are_told_in_order},
    {"offset-ok", a_lead_of_a_day_before_two_days},
    {"three-deadlines", each_deadline_fires_on_its_own},
    {"breach-permanent", a_breach_stops_nothing_and_stays_on_record},
    {"anchor", a_term_begins_where_it_is_anchored},
    {"anchor-moves", an_anchor_that_moves_supersedes},
    {"batch-bound", sleepers_hold_up_nobody},
    {"overlap", two_sweeps_tell_it_once},
    {"count-work", work_is_counted},
    {"arm-or-fail", what_cannot_be_armed_is_set_aside},
};

const std::map<std::string, std::string, std::less<>> kReasons = {
    {"subject-only", "every clock is one of an order; there are no subjects beside orders"},
    {"expiry-outcomes", "a breach is told and changes no state; there are no outcomes to choose"},
    {"offset-too-long", "a lead is of the whole ladder and says nothing to clocks that are short"},
    {"escalation-needs-sla", "the ladder belongs to clocks; one without a limit is not started"},
    {"overdue-derived", "who is overdue is asked of the archive, which reads deadlines"},
    {"overdue-not-writable", "no command and no payload has such a field"},
    {"norm-cannot-enforce", "no clock enforces anything"},
};

TEST(LegalTerms, ScenariosOfTimersHold) {
  TABLE_OR_SKIP(rows) = rows_of("legal_term_timer_scenarios.json");
  constexpr size_t kOfCalendars = 4;  // legal_term_calendar_test.cc
  Unapplied unapplied;
  size_t held = 0;
  size_t elsewhere = 0;
  for (const Value& row : rows) {
    const std::string id = text_at(row, "id");
    SCOPED_TRACE(id);
    const auto scenario = kScenarios.find(id);
    const auto reason = kReasons.find(id);
    if (scenario != kScenarios.end()) {
      scenario->second();
      ++held;
    } else if (reason != kReasons.end()) {
      unapplied.add(id, reason->second);
    } else {
      ++elsewhere;
    }
  }
  EXPECT_EQ(held, kScenarios.size());
  EXPECT_EQ(unapplied.size(), kReasons.size());
  EXPECT_EQ(elsewhere, kOfCalendars);
}

}  // namespace
}  // namespace jieban::oracles
