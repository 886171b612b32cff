// Goal: a pause moves a deadline by exactly the time that passed in it, counted as the clock
// counts, and nothing is told of a clock that stands still.
#include "tests/unit/daemons/sla-watcher/sla_fixture.h"

namespace jieban {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

const SlaFixture::Arguments kPause = {
    {"clock", "due"}, {"reason", "awaiting_caller"}, {"evidence", "call-17"}};
const SlaFixture::Arguments kResume = {{"clock", "due"}};

TEST(OrderClocksPauses, APauseMovesTheDeadlineAndTheRungsToCome) {
  SlaFixture sla(whole_catalogue());
  const Timestamp start = sla.now;
  sla.open_order(1);
  sla.alerts_until(start + hours(30));
  auto paused = changes_of(sla.move(1, "order.clock_paused", kPause));
  ASSERT_EQ(paused.size(), 1U);
  EXPECT_EQ(paused[0].change, "paused");
  EXPECT_EQ(paused[0].reason, "awaiting_caller");
  EXPECT_EQ(paused[0].evidence, "call-17");
  EXPECT_EQ(paused[0].used, micros(hours(30)));
  EXPECT_TRUE(percents_of(sla.alerts_until(start + hours(300)), "due").empty());
  EXPECT_EQ((*sla.core().totals(sla.read())).paused, 1U);
  auto resumed = changes_of(sla.move(1, "order.clock_resumed", kResume));
  ASSERT_EQ(resumed.size(), 1U);
  EXPECT_EQ(resumed[0].change, "resumed");
  EXPECT_EQ(resumed[0].deadline, start + days(7) + hours(270));
  EXPECT_EQ(resumed[0].idle, micros(hours(270)));
  // Half is used after 84 hours of its own.
  EXPECT_EQ(sla.clock_of(1, ClockKind::due)->fires_at, start + hours(84 + 270));
  EXPECT_FALSE((*sla.core().totals(sla.read())).paused.has_value());
}

TEST(OrderClocksPauses, AReasonThatIsOffPausesNothing) {
  SlaFixture sla(whole_catalogue());
  sla.open_order(1, "emergency");
  auto refused = changes_of(sla.move(1, "order.clock_paused", kPause));
  ASSERT_EQ(refused.size(), 1U);
  EXPECT_EQ(refused[0].change, "refused");
  EXPECT_EQ(refused[0].reason, "pause_off");
  EXPECT_EQ(summary_of(sla.move(1, "order.clock_resumed", kResume)), "");
}

TEST(OrderClocksPauses, WhatIsLateStaysLate) {
  SlaFixture sla(whole_catalogue());
  const Timestamp start = sla.now;
  sla.open_order(1);
  sla.alerts_until(start + days(7) + minutes(1));
  sla.move(1, "order.clock_paused", kPause);
  EXPECT_TRUE(percents_of(sla.alerts_until(start + days(8)), "due").empty());
  sla.move(1, "order.clock_resumed", kResume);
  EXPECT_EQ(sla.clock_of(1, ClockKind::due)->deadline, start + days(7));
  EXPECT_EQ(summary_of(sla.move(1, "order.submitted")), "due stopped_late");
}

TEST(OrderClocksPauses, WhatIsDoneWhileTheClockStandsStillIsDoneInTime) {
  SlaFixture sla(whole_catalogue());
  sla.open_order(1);
  sla.move(1, "order.clock_paused", kPause);
  sla.now += days(30);
  EXPECT_EQ(summary_of(sla.move(1, "order.submitted")), "due met");
  EXPECT_FALSE((*sla.core().totals(sla.read())).paused.has_value());
}

TEST(OrderClocksPauses, TheLeadBeforeADueTimeMovesWithIt) {
  SlaFixture sla(whole_catalogue());
  const Timestamp start = sla.now;
  sla.open_order(1);
  sla.move(1, "order.signed");
  sla.move(1, "order.dispatched");
  sla.move(1, "order.clock_paused", kPause);
  sla.now += hours(5);
  sla.move(1, "order.clock_resumed", kResume);
  EXPECT_EQ(sla.clock_of(1, ClockKind::internal)->deadline, start + days(6) + hours(5));
}

TEST(OrderClocksPauses, OfficeHoursAreNotUsedUpOverAWeekend) {
  ClockRules rules = whole_catalogue();
  rules.calendar = office_calendar();
  rules.classes["general"].due = limit_by(CalendarKind::worktime, hours(8));
  SlaFixture sla(rules);
  sla.now = local_time("2026-03-13 16:00:00");  // a Friday
  sla.open_order(1);
  EXPECT_EQ(format_local(sla.clock_of(1, ClockKind::due)->deadline), "2026-03-16 16:30:00");
  sla.now = local_time("2026-03-13 17:00:00");
  EXPECT_EQ(changes_of(sla.move(1, "order.clock_paused", kPause)).at(0).used, micros(hours(1)));
  sla.now = local_time("2026-03-16 10:00:00");
  EXPECT_EQ(changes_of(sla.move(1, "order.clock_resumed", kResume)).at(0).idle, micros(hours(2)));
  EXPECT_EQ(format_local(sla.clock_of(1, ClockKind::due)->deadline), "2026-03-17 09:30:00");
}

TEST(OrderClocksPauses, AClassThatIsRaisedMeanwhileKeepsThePause) {
  SlaFixture sla(whole_catalogue());
  const Timestamp start = sla.now;
  sla.open_order(1);
  sla.move(1, "order.clock_paused", kPause);
  SlaFixture::LaterMove told;
  told.order_class = "emergency";
  sla.now += minutes(10);
  sla.move(1, "order.reclassified", told);
  EXPECT_TRUE(sla.clock_of(1, ClockKind::due)->paused_at.has_value());
  sla.now += minutes(50);
  sla.move(1, "order.clock_resumed", kResume);
  EXPECT_EQ(sla.clock_of(1, ClockKind::due)->deadline, start + hours(3));
}

}  // namespace
}  // namespace jieban
