// A watcher with rules of its own, and short ways to say what comes from the router.
#pragma once

#include <gtest/gtest.h>

#include "common/domain/topics.h"
#include "daemons/sla-watcher/sla_watcher.h"
#include "tests/support/clock_limits.h"
#include "tests/support/core_harness.h"

namespace jieban {

// Sign, forward and due of two classes; each rung is told, the breach once.
inline ClockRules clock_rules() {
  using namespace std::chrono;
  ClockRules rules;
  rules.version = "7";
  rules.ladder.rungs = {{50, "blue"}, {75, "yellow"}, {90, "orange"}};
  const auto add = [&](const std::string& name, Duration sign, Duration forward, Duration due) {
    ClassRules& made = rules.classes[name];
    made.sign = limit_of(sign);
    made.forward = limit_of(forward);
    made.due = limit_of(due);
  };
  add("emergency", minutes(10), minutes(10), hours(2));
  add("general", minutes(30), hours(1), hours(24 * 7));
  return rules;
}

// All clocks, as config/clocks.yaml has them for these two classes; its ladder.
inline ClockRules whole_catalogue() {
  using namespace std::chrono;
  ClockRules rules = clock_rules();
  rules.version = "8";
  Ladder& ladder = rules.ladder;
  ladder.rungs = {{50, "blue", {}, true},
                  {75, "yellow", micros(hours(24)), true},
                  {90, "orange", micros(hours(4))}};
  ladder.left_from = micros(hours(48));
  ladder.repeat = micros(hours(2));
  ladder.repeats_max = 12;
  ladder.short_clocks = {ClockKind::sign};
  ladder.short_classes = {"emergency"};
  ClassRules& general = rules.classes["general"];
  general.return_window = general.contact = limit_of(hours(24));
  general.internal = before_due(hours(24));
  general.audit = limit_of(hours(4));
  general.redo = limit_of(hours(24));
  ClassRules& emergency = rules.classes["emergency"];
  emergency.return_window = emergency.contact = limit_of(minutes(30));
  emergency.internal = limit_of(hours(1));
  emergency.audit = limit_of(minutes(15));
  emergency.redo = limit_of(hours(1));
  general.appeal = emergency.appeal = limit_of(hours(72));
  general.review = emergency.review = limit_of(hours(240));
  general.review->from_day = emergency.review->from_day = 19;
  general.pauses = {PauseReason::return_pending, PauseReason::awaiting_caller};
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
  StepOutcome move(uint64_t order_id, const std::string& topic, OrderMove told = {}) {
    told.order_no = "A-1";
    if (topic == "order.dispatched") told.lead_unit = "housing_station";
    return checked(event("router", topic, order_id, told));
  }
  using Arguments = std::map<std::string, std::string>;
  StepOutcome move(uint64_t order_id, const std::string& topic, const Arguments& arguments) {
    OrderMove told;
    told.arguments = arguments;
    return move(order_id, topic, told);
  }
  // A move with something that the payload of today has no typed field for yet.
  struct LaterMove {
    std::string order_no = "A-1";
    std::optional<Timestamp> due_at{};
    std::optional<std::string> order_class{};

    template <class Visit>
    static void fields(Visit& visit) {
      visit("order_no", &LaterMove::order_no);
      visit("due_at", &LaterMove::due_at);
      visit("order_class", &LaterMove::order_class);
    }
  };
  StepOutcome move(uint64_t order_id, const std::string& topic, const LaterMove& told) {
    return checked(event("router", topic, order_id, told));
  }

  // Ticks as the loop does: as long as something is due.
  std::vector<DeadlineAlert> alerts_until(Timestamp at) {
    now = at;
    std::vector<DeadlineAlert> alerts;
    while (next_due() <= now) {
      for (const Event& each : events_of(checked(tick()))) {
        if (!each.topic.starts_with("deadline.")) continue;
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
  std::optional<RunningClock> clock_of(uint64_t order_id, ClockKind name) {
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
            if (!each.armed()) continue;
            wanted.push_back(timer_key(each.fires_at, KeyReader(key).number(), each.name));
          }
          return true;
        });
    ASSERT_TRUE(scanned.ok());
    std::sort(wanted.begin(), wanted.end());
    std::vector<std::string> armed;
    ASSERT_TRUE(
        core().timers().scan(txn, [&](const std::string& key) { armed.push_back(key); }).ok());
    std::sort(armed.begin(), armed.end());
    EXPECT_EQ(armed, wanted);
    EXPECT_EQ(*core().running(txn), running);
    // Before it fires, a timer wakes.
    EXPECT_LE(*core().next_due(txn),
              wanted.empty() ? kTimestampMax : KeyReader(wanted.front()).time());
    EXPECT_EQ(*core().next_due(txn) == kTimestampMax, wanted.empty());
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
