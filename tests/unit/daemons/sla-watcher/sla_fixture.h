// A watcher with rules of its own, and short ways to say what comes from the router.
#pragma once

#include <gtest/gtest.h>

#include "common/domain/topics.h"
#include "daemons/sla-watcher/sla_watcher.h"
#include "tests/support/core_harness.h"

namespace jieban {

inline int64_t micros(Duration span) { return span.count(); }

inline ClockRules clock_rules() {
  using namespace std::chrono;
  ClockRules rules;
  rules.version = "7";
  rules.warn_percents = {50, 75, 90};
  rules.classes["emergency"] = {micros(minutes(10)), micros(minutes(10)), micros(hours(2))};
  rules.classes["general"] = {micros(minutes(30)), micros(hours(1)), micros(hours(24 * 7))};
  return rules;
}

class SlaFixture : public CoreHarness<SlaWatcher> {
 public:
  explicit SlaFixture(const ClockRules& rules = clock_rules())
      : CoreHarness<SlaWatcher>("sla-watcher") {
    load(rules);
  }

  StepOutcome load(const ClockRules& rules) { return input(rules_input("clocks", rules)); }

  // As the router opens an order that arrives now.
  OrderOpening opening(const std::string& order_class = "general") const {
    OrderOpening made;
    made.order_no = "A-1";
    made.order_class = order_class;
    made.category = "住房城乡建设>房屋质量>渗漏";
    made.community = "真武庙社区";
    made.clock_start = now;
    return made;
  }
  StepOutcome open_order(uint64_t order_id, const OrderOpening& told) {
    return checked(event("router", topics::kOrderOpened, order_id, told));
  }
  StepOutcome open_order(uint64_t order_id, const std::string& order_class = "general") {
    return open_order(order_id, opening(order_class));
  }
  StepOutcome amend(uint64_t order_id, const OrderOpening& told) {
    return checked(event("router", topics::kOrderAmended, order_id, told));
  }
  StepOutcome move(uint64_t order_id, const std::string& topic) {
    OrderMove told;
    told.order_no = "A-1";
    if (topic == "order.dispatched") told.lead_unit = "housing_station";
    return checked(event("router", topic, order_id, told));
  }

  // Ticks as the loop does: as long as something is due.
  std::vector<DeadlineAlert> alerts_until(Timestamp at) {
    now = at;
    std::vector<DeadlineAlert> alerts;
    while (next_due() <= now) {
      for (const Event& each : events_of(checked(tick()))) {
        alerts.push_back(payload_of<DeadlineAlert>(each));
        bool breach = alerts.back().percent == 100;
        EXPECT_EQ(each.topic, breach ? topics::kDeadlineBreached : topics::kDeadlineWarned);
      }
    }
    return alerts;
  }
  Timestamp next_due() {
    auto due = core().next_due(read());
    CHECK(due.ok());
    return *due;
  }
  std::optional<RunningClock> clock_of(uint64_t order_id, const std::string& name) {
    auto order = core().orders().get(read(), make_key(order_id));
    CHECK(order.ok());
    if (!*order) return std::nullopt;
    for (const RunningClock& each : (*order)->clocks) {
      if (each.name == name) return each;
    }
    return std::nullopt;
  }

  // Exactly one timer for each clock that has a rung to come, and no other.
  void expect_one_timer_a_clock() {
    Transaction txn = read();
    std::vector<std::string> wanted;
    uint64_t running = 0;
    auto scanned =
        core().orders().scan(txn, {}, [&](std::string_view key, const WatchedOrder& row) {
          for (const RunningClock& each : row.clocks) {
            ++running;
            if (each.next_percent == 0) continue;
            wanted.push_back(
                make_key(each.fires_at, KeyReader(key).number(), std::string_view(each.name)));
          }
          return true;
        });
    ASSERT_TRUE(scanned.ok());
    std::sort(wanted.begin(), wanted.end());
    std::vector<std::string> armed;
    Range timers(txn, core().timers());
    for (auto found = timers.seek({}); found.ok() && *found; found = timers.next()) {
      armed.emplace_back(timers.key());
    }
    EXPECT_EQ(armed, wanted);
    EXPECT_EQ(*core().running(txn), running);
    EXPECT_EQ(*core().next_due(txn),
              wanted.empty() ? kTimestampMax : KeyReader(wanted.front()).time());
  }

 private:
  StepOutcome checked(StepOutcome outcome) {
    expect_one_timer_a_clock();
    return outcome;
  }
};

inline std::vector<ClockChange> changes_of(const StepOutcome& outcome) {
  std::vector<ClockChange> changes;
  for (const Event& event : events_of(outcome)) {
    if (event.topic != topics::kClockChanged) continue;
    for (const ClockChange& each : payload_of<ClockChanges>(event).changes) changes.push_back(each);
  }
  return changes;
}

// "sign started, due started"
inline std::string summary_of(const StepOutcome& outcome) {
  std::string text;
  for (const ClockChange& each : changes_of(outcome)) {
    text += (text.empty() ? "" : ", ") + each.clock + " " + each.change;
  }
  return text;
}

inline std::vector<uint64_t> percents_of(const std::vector<DeadlineAlert>& alerts,
                                         const std::string& clock) {
  std::vector<uint64_t> percents;
  for (const DeadlineAlert& alert : alerts) {
    if (alert.clock == clock) percents.push_back(alert.percent);
  }
  return percents;
}

}  // namespace jieban
