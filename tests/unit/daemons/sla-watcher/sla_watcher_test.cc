// Goal: each clock runs from where to where the table of DOMAIN §4.3 says, and each rung of its
// ladder is told once, in order, whatever was down meanwhile.
#include "daemons/sla-watcher/sla_watcher.h"

#include "common/base/limits.h"
#include "tests/unit/daemons/sla-watcher/sla_fixture.h"

namespace jieban {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using Percents = std::vector<uint64_t>;

// At the deadline itself it is not missed yet.
constexpr Duration kPast{1};

TEST(SlaWatcher, EachMoveStopsAndStartsItsClocks) {
  SlaFixture sla;
  EXPECT_EQ(summary_of(sla.open_order(1)), "sign started, due started");
  sla.now += minutes(3);
  EXPECT_EQ(summary_of(sla.move(1, "order.signed")), "sign met, forward started");
  EXPECT_EQ(sla.clock_of(1, ClockKind::forward)->deadline, sla.now + hours(1));
  EXPECT_EQ(summary_of(sla.move(1, "order.unrouted")), "");
  EXPECT_EQ(summary_of(sla.move(1, "order.dispatched")), "forward met");
  EXPECT_EQ(summary_of(sla.move(1, "order.accepted")), "");
  EXPECT_EQ(summary_of(sla.move(1, "order.handed_in")), "");
  EXPECT_TRUE(sla.clock_of(1, ClockKind::due).has_value());
  EXPECT_EQ(summary_of(sla.move(1, "order.submitted")), "due met");
  EXPECT_EQ(summary_of(sla.move(1, "order.completed")), "");
  Transaction txn = sla.read();
  EXPECT_EQ(*sla.core().running(txn), 0U);
  // Its call-back is still to come.
  EXPECT_EQ(*sla.core().orders().count(txn), 1U);
}

// DOMAIN §19, scenario 2.
TEST(SlaWatcher, WithoutAPrintedDueTimeTheRuleGivesIt) {
  SlaFixture sla;
  OrderOpening told = sla.opening();
  sla.now = local_time("2026-03-10 08:10:00");
  told.clock_start = local_time("2026-02-13 17:00:00");
  auto changes = changes_of(sla.open_order(1, told));
  EXPECT_EQ(format_local(changes.at(1).deadline), "2026-02-20 17:00:00");
  EXPECT_EQ(changes.at(1).source, "rule");
  EXPECT_EQ(format_local(changes.at(0).deadline), "2026-02-13 17:30:00");
}

// DOMAIN §19, scenario 3, the due part.
TEST(SlaWatcher, APrintedDueTimeIsAuthoritative) {
  SlaFixture sla;
  OrderOpening told = sla.opening();
  told.due_at = local_time("2026-03-16 09:00:00");
  auto changes = changes_of(sla.open_order(1, told));
  EXPECT_EQ(changes.at(1).deadline, *told.due_at);
  EXPECT_EQ(changes.at(1).source, "order");
  EXPECT_FALSE(changes.at(0).source) << "by the rule";
}

// DOMAIN §19, scenario 8.
TEST(SlaWatcher, AtTheDeadlineIsOnTimeAndASecondLaterIsLate) {
  SlaFixture sla;
  sla.open_order(1, "emergency");
  sla.open_order(2, "emergency");
  Timestamp due = sla.clock_of(1, ClockKind::due)->deadline;
  sla.now = due;
  StepOutcome met = sla.move(1, "order.submitted");
  EXPECT_EQ(summary_of(met), "due met");
  EXPECT_EQ(changes_of(met).front().stopped_at, due);
  sla.now += seconds(1);
  EXPECT_EQ(summary_of(sla.move(2, "order.submitted")), "due stopped_late");
}

// DOMAIN §19, scenario 4.
TEST(SlaWatcher, EachRungIsToldOnceAndInOrder) {
  SlaFixture sla;
  Timestamp start = sla.now;
  sla.open_order(1, "emergency");
  EXPECT_EQ(sla.next_due(), start + minutes(5));
  EXPECT_TRUE(sla.alerts_until(start + minutes(5) - seconds(1)).empty());
  auto first = sla.alerts_until(start + minutes(5));
  ASSERT_EQ(first.size(), 1U);
  EXPECT_EQ(first[0].percent, 50U);
  EXPECT_EQ(first[0].clock, "sign");
  EXPECT_EQ(first[0].order_no, "A-1");
  EXPECT_EQ(first[0].order_class, "emergency");
  EXPECT_EQ(first[0].community, "真武庙社区");
  EXPECT_EQ(first[0].deadline, start + minutes(10));
  EXPECT_TRUE(sla.alerts_until(start + minutes(7)).empty());
  EXPECT_EQ(percents_of(sla.alerts_until(start + seconds(450)), "sign"), Percents{75});
  EXPECT_EQ(percents_of(sla.alerts_until(start + minutes(9)), "sign"), Percents{90});
  EXPECT_TRUE(sla.alerts_until(start + minutes(10)).empty());
  EXPECT_EQ(percents_of(sla.alerts_until(start + minutes(10) + kPast), "sign"), Percents{100});
  EXPECT_TRUE(percents_of(sla.alerts_until(start + hours(5)), "sign").empty());
  EXPECT_EQ(sla.clock_of(1, ClockKind::sign)->next_percent, 0U);
  EXPECT_EQ(summary_of(sla.move(1, "order.signed")), "sign stopped_late, forward started");
}

TEST(SlaWatcher, RungsThatPassedWhileItWasDownAreToldInOrderAndOnce) {
  SlaFixture sla;
  Timestamp start = sla.now;
  sla.open_order(1, "emergency");
  sla.reopen();
  sla.now = start + minutes(9) + seconds(30);
  EXPECT_EQ(topics_of(sla.tick()), std::vector<std::string>{"deadline.warned"});
  sla.reopen();
  sla.expect_one_timer_a_clock();
  EXPECT_EQ(percents_of(sla.alerts_until(sla.now), "sign"), (Percents{75, 90}));
  sla.reopen();
  EXPECT_TRUE(sla.alerts_until(sla.now).empty());
  EXPECT_EQ(percents_of(sla.alerts_until(start + hours(1)), "sign"), Percents{100});
}

// The alerts of all that was told, as text, by order.
using Told = std::map<uint64_t, std::vector<std::string>>;
Told told_by(const std::vector<Event>& events) {
  Told told;
  for (const Event& event : events) {
    if (!event.topic.starts_with("deadline.")) continue;
    auto alert = payload_of<DeadlineAlert>(event);
    std::string rung = alert.clock + " " + std::to_string(alert.percent);
    told[event.order_id].push_back(rung + (alert.lead_unit.empty() ? "" : " at the unit"));
  }
  return told;
}

TEST(SlaWatcher, WhoWasDownTellsOfADayWhatWasToldWhileItHappened) {
  SlaFixture live;
  std::vector<Event> events;
  auto tick = [&](Duration span) {
    for (Timestamp end = live.now + span; live.now < end; live.now += minutes(1)) {
      for (const Event& event : events_of(live.tick())) events.push_back(event);
    }
  };
  OrderOpening late = live.opening();
  late.due_at = live.now - hours(1);
  live.open_order(1, "emergency");
  live.open_order(2, late);
  tick(minutes(4));
  live.move(1, "order.signed");  // before any warning
  tick(minutes(16));
  live.move(1, "order.dispatched");
  live.move(2, "order.signed");
  live.move(2, "order.dispatched");
  tick(hours(3));
  live.move(1, "order.submitted");

  SlaFixture absent;
  absent.now = live.now + hours(5);
  EXPECT_EQ(told_by(events_of(absent.catch_up(live, "router"))), told_by(events));
  absent.expect_one_timer_a_clock();
}

TEST(SlaWatcher, WhatWasDoneInTimeWhileItWasDownIsNotCalledMissed) {
  SlaFixture live;
  live.open_order(1, "emergency");
  live.now += minutes(10);
  live.move(1, "order.signed");  // at the deadline itself
  SlaFixture absent;
  absent.now = live.now + hours(1);
  StepOutcome outcome = absent.catch_up(live, "router");
  EXPECT_EQ(told_by(events_of(outcome)), (Told{{1, {"sign 50", "sign 75", "sign 90"}}}));
  EXPECT_EQ(summary_of(outcome), "sign started, due started, sign met, forward started");
}

TEST(SlaWatcher, AnOldImportDoesNotTellTheWarningsOfThePast) {
  SlaFixture sla;
  OrderOpening told = sla.opening("emergency");
  told.clock_start = sla.now - minutes(8);
  sla.open_order(1, told);
  told.clock_start = sla.now - minutes(30);
  sla.open_order(2, told);
  auto alerts = sla.alerts_until(sla.now + minutes(2) + kPast);
  std::vector<std::pair<std::string, uint64_t>> seen;
  for (const DeadlineAlert& alert : alerts) seen.emplace_back(alert.clock, alert.percent);
  // The second order is late already and that is told once; the first has 90 and 100 before it.
  EXPECT_EQ(seen, (std::vector<std::pair<std::string, uint64_t>>{
                      {"sign", 100}, {"sign", 90}, {"sign", 100}}));
}

TEST(SlaWatcher, AnAlertNamesTheUnitThatLeadsByNowAndTheEventThatStartedTheClock) {
  SlaFixture sla;
  sla.open_order(1, "emergency");
  sla.move(1, "order.signed");
  sla.move(1, "order.dispatched");
  sla.now += hours(1);
  Event event = events_of(sla.tick()).at(0);
  EXPECT_EQ(payload_of<DeadlineAlert>(event).lead_unit, "housing_station");
  EXPECT_EQ(event.cause, (Cause{"110102007.router", 1}));
  EXPECT_EQ(event.order_id, 1U);
}

TEST(SlaWatcher, AMovedDueTimeArmsTheClockAnew) {
  SlaFixture sla;
  Timestamp start = sla.now;
  sla.open_order(1, "emergency");
  sla.move(1, "order.signed");
  sla.move(1, "order.dispatched");
  EXPECT_EQ(percents_of(sla.alerts_until(start + minutes(100)), "due"), (Percents{50, 75}));
  OrderOpening amended = sla.opening("emergency");
  amended.due_at = start + hours(4);
  auto changes = changes_of(sla.amend(1, amended));
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_EQ(changes[0].change, "superseded");
  EXPECT_FALSE(changes[0].source) << "by the rule";
  EXPECT_EQ(changes[0].deadline, start + hours(2));
  EXPECT_EQ(changes[0].stopped_at, sla.now);
  EXPECT_EQ(changes[1].change, "started");
  EXPECT_EQ(changes[1].source, "order");
  EXPECT_EQ(changes[1].started_at, start);
  EXPECT_EQ(changes[1].deadline, start + hours(4));
  EXPECT_EQ(changes[1].rule_deadline, start + hours(2));
  EXPECT_TRUE(sla.alerts_until(start + minutes(119)).empty());
  EXPECT_EQ(percents_of(sla.alerts_until(start + hours(4) + kPast), "due"),
            (Percents{50, 75, 90, 100}));
  // Also after its breach.
  amended.due_at = start + hours(10);
  EXPECT_EQ(summary_of(sla.amend(1, amended)), "due superseded, due started");
  EXPECT_NE(sla.clock_of(1, ClockKind::due)->next_percent, 0U);
  EXPECT_EQ(percents_of(sla.alerts_until(start + hours(10) + kPast), "due"),
            (Percents{50, 75, 90, 100}));
}

TEST(SlaWatcher, AnAmendmentThatMovesNothingSaysNothing) {
  SlaFixture sla;
  OrderOpening told = sla.opening();
  told.due_at = sla.now + hours(30);
  sla.open_order(1, told);
  EXPECT_TRUE(sla.amend(1, told).records.empty());
  told.due_at.reset();
  EXPECT_TRUE(sla.amend(1, told).records.empty());
  EXPECT_TRUE(sla.amend(77, told).records.empty());
  sla.move(1, "order.submitted");
  told.due_at = sla.now + hours(50);
  EXPECT_TRUE(sla.amend(1, told).records.empty());
  EXPECT_FALSE(sla.clock_of(1, ClockKind::due).has_value());
}

TEST(SlaWatcher, NoClockOutlivesItsOrder) {
  SlaFixture sla;
  sla.open_order(1, "emergency");
  sla.open_order(2, "emergency");
  sla.now += minutes(1);
  // Not by the life cycle: an event in between was set aside.
  StepOutcome outcome = sla.move(1, "order.completed");
  EXPECT_EQ(summary_of(outcome), "sign cancelled, due cancelled");
  auto alerts = sla.alerts_until(sla.now + hours(10));
  EXPECT_EQ(percents_of(alerts, "sign"), (Percents{50, 75, 90, 100}));
  EXPECT_EQ(percents_of(alerts, "due"), (Percents{50, 75, 90, 100}));
  EXPECT_EQ(sla.next_due(), kTimestampMax);
}

TEST(SlaWatcher, TheTimersOfOneTickAreBounded) {
  SlaFixture sla;
  size_t orders = limits::kTimersPerTickMax + 1;
  for (uint64_t order_id = 1; order_id <= orders; ++order_id) {
    OrderOpening told = sla.opening();
    told.due_at = sla.now + hours(48);
    sla.event("router", topics::kOrderOpened, order_id, told);
  }
  sla.now += minutes(15);
  EXPECT_EQ(sla.tick().records.size(), limits::kTimersPerTickMax);
  EXPECT_EQ(sla.next_due(), sla.now);
  EXPECT_EQ(sla.tick().records.size(), 1U);
  sla.expect_one_timer_a_clock();
}

TEST(SlaWatcher, DeadlinesStayAsTheRulesAtTheStartMadeThem) {
  SlaFixture sla;
  sla.open_order(1);
  ClockRules faster = clock_rules();
  faster.version = "8";
  faster.classes["general"].sign = limit_of(minutes(5));
  sla.load(faster);
  sla.open_order(2);
  EXPECT_EQ(sla.clock_of(1, ClockKind::sign)->deadline, sla.now + minutes(30));
  EXPECT_EQ(sla.clock_of(2, ClockKind::sign)->deadline, sla.now + minutes(5));
}

TEST(SlaWatcher, WhatItCannotTimeIsSetAsideAndNotForgotten) {
  CoreHarness<SlaWatcher> unruled("sla-watcher");
  OrderOpening told;
  told.order_no = "A-1";
  told.order_class = "general";
  told.clock_start = unruled.now;
  EXPECT_EQ(unruled.event("router", topics::kOrderOpened, 1, told).quarantined, 1U);

  SlaFixture sla;
  EXPECT_EQ(sla.open_order(1, "unheard_of").quarantined, 1U);
  EXPECT_EQ(sla.move(9, "order.signed").quarantined, 1U);
  EXPECT_EQ(sla.next_due(), kTimestampMax);
}

// What is seen twice is told, and the clocks of the first stay.
TEST(SlaWatcher, AnOrderThatIsOpenedTwiceIsSetAsideTheSecondTime) {
  SlaFixture sla;
  sla.open_order(1);
  sla.now += minutes(1);
  EXPECT_EQ(sla.open_order(1, "emergency").quarantined, 1U);
  EXPECT_EQ(sla.clock_of(1, ClockKind::sign)->deadline, sla.now + minutes(29));
}

TEST(SlaWatcher, ATimerWithoutItsClockHoldsUpNoOther) {
  SlaFixture sla;
  sla.open_order(1, "emergency");
  {
    auto txn = sla.fold().environment().write();
    ASSERT_TRUE(txn.ok());
    const Timestamp at = sla.now + minutes(1);
    for (uint64_t order_id : {1, 2}) {
      ASSERT_TRUE(
          txn->put(sla.core().timers().awake(), timer_key(at, order_id, ClockKind::sign), {}).ok());
    }
    ASSERT_TRUE(txn->put(sla.core().timers().awake(), make_key(at, uint64_t{1}, "lunch"), {}).ok());
    ASSERT_TRUE(txn->commit().ok());
  }
  sla.now += minutes(5);
  const StepOutcome outcome = sla.tick();
  EXPECT_FALSE(outcome.tick_failed);
  EXPECT_EQ(topics_of(outcome), std::vector<std::string>{"deadline.warned"});
  size_t told = 0;
  for (const Signal& signal : outcome.signals) told += signal.topic == "timer.orphaned" ? 1 : 0;
  EXPECT_EQ(told, 3U);
  sla.expect_one_timer_a_clock();
}

TEST(SlaWatcher, RulesWithACalendarThatCannotBeReadAreRefused) {
  SlaFixture sla;
  ClockRules rules = clock_rules();
  rules.version = "9";
  rules.calendar = CalendarTexts{"name: nothing\n", {}};
  EXPECT_FALSE(sla.load(rules).answers.front().ok());
  EXPECT_EQ(summary_of(sla.open_order(1)), "sign started, due started");
}

TEST(SlaWatcher, AReplayOfTheJournalGivesTheSameTables) {
  SlaFixture sla;
  for (uint64_t order_id = 1; order_id <= 6; ++order_id) {
    sla.open_order(order_id, order_id % 2 == 0 ? "general" : "emergency");
    sla.alerts_until(sla.now + minutes(4));
    if (order_id > 3) sla.move(order_id - 3, "order.signed");
  }
  sla.alerts_until(sla.now + hours(3));
  CoreHarness<SlaWatcher> again("sla-watcher");
  again.replay(sla);
  EXPECT_EQ(again.contents(), sla.contents());
}

}  // namespace
}  // namespace jieban
