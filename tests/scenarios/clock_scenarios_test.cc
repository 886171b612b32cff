// Goal: the acceptance scenarios of DOMAIN §19 about time, under their numbers, from the door to
// the notice and the archive, by the rules that are shipped.
#include <algorithm>

#include "common/domain/topics.h"
#include "daemons/archiver/report.h"
#include "tests/scenarios/desk.h"

namespace jieban {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using Texts = std::vector<std::string>;

template <class Payload>
Payload payload_of(const Event& event) {
  auto payload = decode_payload<Payload>(event.payload);
  CHECK(payload.ok());
  return std::move(*payload);
}

// The first change of a clock.
ClockChange first_change(const Desk& desk, const std::string& clock) {
  for (const Event& event : desk.told("sla-watcher", topics::kClockChanged)) {
    for (const ClockChange& each : payload_of<ClockChanges>(event).changes) {
      if (each.clock == clock) return each;
    }
  }
  ADD_FAILURE() << "no change of " << clock;
  return {};
}

TEST(Scenario02, WithoutADueTimeTheRuleGivesItAndEverybodySeesIt) {
  Desk desk(shipped_five_rules(), "2026-02-13 17:05:00");
  Submission order = Desk::leak("260213000001");
  order.dispatched_at = parse_local("2026-02-13 17:00:00");
  EXPECT_EQ(desk.submit(order), "new");
  const ClockChange due = first_change(desk, "due");
  EXPECT_EQ(format_local(due.deadline), "2026-02-20 17:00:00");
  EXPECT_EQ(due.source, "rule");
  EXPECT_FALSE(due.drift.has_value());
  EXPECT_EQ(format_local(*desk.summary("260213000001").due()), "2026-02-20 17:00:00");
  EXPECT_EQ(desk.set_aside(), Texts());
}

TEST(Scenario03, APrintedDueTimeWinsAndItsDriftIsTold) {
  Desk desk(shipped_five_rules(), "2026-02-13 17:00:00");
  Submission order = Desk::leak("260213000001");
  order.due_at = parse_local("2026-02-16 09:00:00");
  desk.submit(order);
  const ClockChange due = first_change(desk, "due");
  EXPECT_EQ(format_local(due.deadline), "2026-02-16 09:00:00");
  EXPECT_EQ(due.source, "order");
  EXPECT_EQ(format_local(*due.rule_deadline), "2026-02-20 17:00:00");
  EXPECT_EQ(due.drift, -Duration(hours(104)).count());
  EXPECT_EQ(desk.summary("260213000001").due(), order.due_at);
}

// Percent and seconds since the start of each alarm of the signature.
std::vector<std::pair<uint64_t, int64_t>> alarms(const Desk& desk, Timestamp start) {
  std::vector<std::pair<uint64_t, int64_t>> found;
  for (const Event& event : desk.told("sla-watcher")) {
    if (!event.topic.starts_with("deadline.")) continue;
    const auto alert = payload_of<DeadlineAlert>(event);
    if (alert.clock == "sign")
      found.emplace_back(alert.percent, (event.occurred_at - start) / seconds(1));
  }
  return found;
}

TEST(Scenario04, AnUnsignedEmergencyAlarmsOnceEachWhateverIsRestartedInBetween) {
  Desk desk;
  const Timestamp start = desk.now();
  Submission order = Desk::leak("260310000001");
  order.urgency = "emergency";
  desk.submit(order);
  ASSERT_EQ(desk.summary(order.order_no).order_class, "emergency");
  const auto watch_until = [&](Timestamp end) {
    while (desk.now() < end) {
      desk.advance(seconds(30));
      for (const char* daemon : {"receiver", "router", "sla-watcher", "notifier", "archiver"}) {
        desk.restart(daemon);
      }
    }
  };
  using Alarms = std::vector<std::pair<uint64_t, int64_t>>;
  watch_until(start + minutes(15));
  EXPECT_EQ(alarms(desk, start), (Alarms{{50, 300}, {75, 450}, {100, 600}}));
  watch_until(start + minutes(131));
  ASSERT_EQ(alarms(desk, start).size(), 4U);
  EXPECT_EQ(alarms(desk, start).back(), (std::pair<uint64_t, int64_t>{100, 7800}));  // red, again
  // Each alarm is one notice, and one line of the archive.
  std::vector<uint64_t> queued;
  for (const Event& event : desk.told("notifier", topics::kNoticeQueued)) {
    if (!payload_of<NoticeStep>(event).person) queued.push_back(event.cause.sequence);
  }
  std::vector<uint64_t> of_alerts;
  for (const Event& event : desk.told("sla-watcher")) {
    if (event.topic.starts_with("deadline.")) of_alerts.push_back(event.sequence);
  }
  EXPECT_EQ(queued, of_alerts);
  const OrderSummary summary = desk.summary(order.order_no);
  EXPECT_EQ(summary.warnings + summary.breaches, of_alerts.size());
  desk.take(order.order_no, {"sign", "seat"});
  watch_until(start + hours(5));
  EXPECT_EQ(alarms(desk, start).size(), 4U) << "signed: no more";
  EXPECT_EQ(desk.set_aside(), Texts());
}

TEST(Scenario08, AtTheDueTimeIsOnTimeAndASecondLaterIsOverdueInTheReportToo) {
  Desk desk(shipped_five_rules(), "2026-03-09 13:00:00");
  const Timestamp due = *parse_local("2026-03-10 10:00:00");
  for (const char* order_no : {"260309000001", "260309000002"}) {
    Submission order = Desk::leak(order_no);
    order.due_at = due;
    desk.submit(order);
    desk.bring(order_no, "hand_in");
  }
  desk.advance_to(due);
  desk.take("260309000001", {"submit", "audit"});
  desk.advance(seconds(1));
  desk.take("260309000002", {"submit", "audit"});
  EXPECT_EQ(desk.changes_of("260309000001", "due").back(), "met");
  EXPECT_EQ(desk.changes_of("260309000002", "due").back(), "stopped_late");
  desk.advance_to("2026-03-10 13:00:00");
  auto period = daily_period("2026-03-10", desk.now());
  ASSERT_TRUE(period.ok());
  auto report = make_report(desk.archive(), *period);
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report->on_time_rate, (Rate{1, 2}));
}

TEST(Scenario16, AYearWithoutACalendarIsToldFlaggedAndInTheArchive) {
  FiveRules rules = shipped_five_rules();
  rules.clocks.classes["general"].due = ClockLimit{.span = Duration(std::chrono::days(5)).count(),
                                                   .calendar = CalendarKind::workday,
                                                   .rounding = Rounding::day_end};
  Desk desk(rules, "2026-12-31 12:00:00");
  desk.submit(Desk::leak("261231000001"));
  const auto missing = desk.told("sla-watcher", topics::kCalendarMissing);
  ASSERT_EQ(missing.size(), 1U);
  EXPECT_EQ(payload_of<CalendarFault>(missing.front()).fault, "CALENDAR_MISSING_2027");
  EXPECT_EQ(first_change(desk, "due").fault, "CALENDAR_MISSING_2027");
  // Natural time stands in, and the order's timeline says so.
  EXPECT_EQ(format_local(*desk.summary("261231000001").due()), "2027-01-05 23:59:59");
  const OrderView view = desk.view("261231000001");
  EXPECT_TRUE(std::ranges::any_of(view.timeline, [](const TimelineEntry& entry) {
    return entry.event.topic == topics::kCalendarMissing;
  }));
  // The flag, which the gauge and its alert read, goes with the order.
  const auto& watcher = dynamic_cast<const SlaWatcher&>(desk.core("sla-watcher"));
  const auto flagged = [&] {
    auto txn = desk.fold("sla-watcher").environment().read();
    return watcher.totals(*txn)->flagged.value_or(0);
  };
  EXPECT_EQ(flagged(), 1U);
  desk.take("261231000001", {"cancel", "city", {{"reason_code", "CALLER"}}});
  EXPECT_EQ(flagged(), 0U);
}

}  // namespace
}  // namespace jieban
