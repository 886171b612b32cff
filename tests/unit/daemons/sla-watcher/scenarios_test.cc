// Goal: the acceptance scenarios of DOMAIN §19 that are about time, under their numbers, by the
// rules that are shipped.
#include "daemons/sla-watcher/rules_file.h"
#include "daemons/sla-watcher/sla_gauges.h"
#include "tests/support/log_lines.h"
#include "tests/unit/daemons/sla-watcher/sla_fixture.h"

namespace jieban {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

Settings shipped_settings() {
  const std::string config = std::string(JIEBAN_SOURCE_DIR) + "/config";
  auto settings = parse_settings("rules: {clocks: " + config + "/clocks.yaml, calendar: " + config +
                                     "/calendar/office.yaml}\n",
                                 "sla-watcher.yaml", sla_watcher_parameters());
  CHECK(settings.ok());
  return std::move(*settings);
}

ClockRules shipped_rules() {
  auto rules = load_clock_rules(shipped_settings());
  CHECK(rules.ok());
  return std::move(*rules);
}

struct Desk : SlaFixture {
  explicit Desk(const ClockRules& rules = shipped_rules()) : SlaFixture(rules) {
    CHECK(gauges.start(edge).ok());
  }
  bool shows(const std::string& line) {
    gauges.observe(read());
    return metrics.expose().find(line + "\n") != std::string::npos;
  }
  void pass_on(const StepOutcome& outcome) {
    for (const Signal& signal : outcome.signals) gauges.signalled(signal);
  }

  Settings settings = shipped_settings();
  EdgeContext edge = context(settings);
  SlaGauges gauges{core()};
};

TEST(Scenario, 02_WithoutADueTimeTheRuleGivesIt) {
  Desk desk;
  desk.now = local_time("2026-02-13 17:00:00");
  const auto changes = changes_of(desk.open_order(1));
  EXPECT_EQ(changes.at(1).clock, "due");
  EXPECT_EQ(format_local(changes.at(1).deadline), "2026-02-20 17:00:00");
  EXPECT_FALSE(changes.at(1).source) << "by the rule";
  EXPECT_FALSE(changes.at(1).rule_deadline.has_value());
}

TEST(Scenario, 03_APrintedDueTimeWinsAndItsDriftIsTold) {
  Desk desk;
  desk.now = local_time("2026-02-13 17:00:00");
  OrderOpening told = desk.opening();
  told.due_at = local_time("2026-02-16 09:00:00");
  const StepOutcome outcome = desk.open_order(1, told);
  const ClockChange due = changes_of(outcome).at(1);
  EXPECT_EQ(due.deadline, *told.due_at);
  EXPECT_EQ(due.source, "order");
  EXPECT_EQ(format_local(*due.rule_deadline), "2026-02-20 17:00:00");
  EXPECT_EQ(due.drift, -micros(hours(104)));
  EXPECT_EQ(desk.clock_of(1, ClockKind::due)->rule_deadline, due.rule_deadline);  // both are stored
  desk.pass_on(outcome);
  EXPECT_TRUE(desk.shows("jieban_deadline_drifts_total 1"));
  // Five minutes are none.
  told.due_at = desk.now + hours(168) - minutes(5);
  EXPECT_FALSE(changes_of(desk.open_order(2, told)).at(1).drift.has_value());
  told.due_at = desk.now + hours(168) + minutes(5) + seconds(1);
  EXPECT_EQ(changes_of(desk.open_order(3, told)).at(1).drift, micros(minutes(5) + seconds(1)));
}

TEST(Scenario, 04_AnUnsignedEmergencyAlarmsAtFiveSevenAndAHalfAndTenMinutes) {
  SlaFixture desk(shipped_rules());
  const Timestamp start = desk.now;
  desk.open_order(1, "emergency");
  using Told = std::vector<std::pair<int64_t, std::string>>;
  Told told;
  const auto watch_until = [&](Timestamp end) {
    for (Timestamp at = desk.now; at <= end; at += seconds(30)) {
      for (const DeadlineAlert& alert : desk.alerts_until(at + Duration(1))) {
        if (alert.clock != "sign") continue;
        told.emplace_back((at - start) / seconds(1), *alert.level);
      }
      desk.reopen();  // a restart between any two alarms
    }
  };
  watch_until(start + minutes(15));
  EXPECT_EQ(told, (Told{{300, "blue"}, {450, "yellow"}, {600, "red"}}));
  watch_until(start + minutes(131));
  ASSERT_EQ(told.size(), 4U);
  EXPECT_EQ(told.back(), (std::pair<int64_t, std::string>{7800, "red"}));  // two hours later
  desk.move(1, "order.signed");
  watch_until(start + hours(30));
  EXPECT_EQ(told.size(), 4U);
}

TEST(Scenario, 08_AtTheDueTimeIsOnTimeAndASecondLaterIsOverdue) {
  Desk desk;
  OrderOpening opening = desk.opening();
  opening.due_at = desk.now + hours(30);
  for (uint64_t order_id : {1, 2}) desk.open_order(order_id, opening);
  const auto due_of = [](const StepOutcome& outcome) {
    for (const ClockChange& change : changes_of(outcome)) {
      if (change.clock == "due") return change.change;
    }
    return std::string();
  };
  desk.now = *opening.due_at;
  EXPECT_EQ(due_of(desk.move(1, "order.submitted")), "met");
  desk.now += seconds(1);
  EXPECT_EQ(due_of(desk.move(2, "order.submitted")), "stopped_late");
}

TEST(Scenario, 16_AYearWithoutACalendarIsToldAndNeverGuessed) {
  LogLines lines;
  ClockRules rules = shipped_rules();
  using std::chrono::days;
  rules.classes["general"].due = limit_by(CalendarKind::workday, days(5), Rounding::day_end);
  Desk desk(rules);
  desk.now = local_time("2026-12-31 12:00:00");
  const StepOutcome outcome = desk.open_order(1);
  EXPECT_EQ(topics_of(outcome), (std::vector<std::string>{"calendar.missing", "clock.changed"}));
  const auto fault = payload_of<CalendarFault>(events_of(outcome).front());
  EXPECT_EQ(fault.fault, "CALENDAR_MISSING_2027");
  EXPECT_EQ(fault.clock, "due");
  const ClockChange due = changes_of(outcome).at(1);
  EXPECT_EQ(due.fault, "CALENDAR_MISSING_2027");
  EXPECT_EQ(format_local(due.deadline), "2027-01-05 23:59:59");  // natural time stands in
  EXPECT_EQ((*desk.core().orders().get(desk.read(), make_key(uint64_t{1})))->fault,
            "CALENDAR_MISSING_2027");
  desk.pass_on(outcome);
  EXPECT_TRUE(desk.shows("jieban_calendar_missing_total 1"));
  EXPECT_TRUE(desk.shows("jieban_orders_calendar_missing 1"));
  EXPECT_EQ(lines.count("event=calendar_missing"), 1U);
  desk.move(1, "order.cancelled");
  EXPECT_TRUE(desk.shows("jieban_orders_calendar_missing 0"));

  // The same order with the file of the year: nothing is missing.
  CalendarTexts& calendar = *rules.calendar;
  calendar.years["2027.yaml"] =
      "year: 2027\nannounced: true\nnotices: [{title: t, url: u}]\n"
      "holidays:\n  - {name: 元旦, off: 2027-01-01}\n";
  rules.version = "with 2027";
  desk.load(rules);
  const StepOutcome known = desk.open_order(2);
  EXPECT_EQ(topics_of(known), std::vector<std::string>{"clock.changed"});
  EXPECT_EQ(format_local(changes_of(known).at(1).deadline), "2027-01-08 23:59:59");
}

}  // namespace
}  // namespace jieban
