// SlaWatcher: owns time. Starts and stops the clocks of every order, warns before a deadline and
// tells its breach, each once, whatever was down in between.
//
// Follows the router's stream. Which event starts and stops which clock is a table in the .cc. A
// running clock has exactly one pending timer, its next rung; deadlines are absolute and stay as
// the rules in force at the start made them. What was due before an event is told before the event
// is applied, so that a watcher that was down tells the same as one that was not. Emits
// clock.changed, deadline.warned and deadline.breached.
#pragma once

#include "common/daemon/rule_book.h"
#include "common/daemon/service.h"
#include "daemons/sla-watcher/clock_rules.h"

namespace jieban {

struct RunningClock {
  std::string name;  // "sign", "forward", "due"
  Timestamp started_at;
  Timestamp deadline;
  std::string source;           // "order" or "rule"
  uint64_t cause_sequence = 0;  // the router's event that started it
  uint64_t next_percent = 0;    // the rung that is armed; 0 after the breach
  Timestamp fires_at;           // when

  template <class Visit>
  static void fields(Visit& visit) {
    visit("name", &RunningClock::name);
    visit("started_at", &RunningClock::started_at);
    visit("deadline", &RunningClock::deadline);
    visit("source", &RunningClock::source);
    visit("cause_sequence", &RunningClock::cause_sequence);
    visit("next_percent", &RunningClock::next_percent);
    visit("fires_at", &RunningClock::fires_at);
  }
};

struct WatchedOrder {
  std::string order_no;
  std::string order_class;
  std::string category;
  std::string community;
  std::string lead_unit;
  std::vector<RunningClock> clocks;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("order_no", &WatchedOrder::order_no);
    visit("order_class", &WatchedOrder::order_class);
    visit("category", &WatchedOrder::category);
    visit("community", &WatchedOrder::community);
    visit("lead_unit", &WatchedOrder::lead_unit);
    visit("clocks", &WatchedOrder::clocks);
  }
};

struct ClockTotals {
  uint64_t running = 0;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("running", &ClockTotals::running);
  }
};

class SlaWatcher : public Service {
 public:
  Result<void> open(TableOpener& tables) override;
  Result<void> apply(const Event& event, Step& step) override;
  Result<void> tick(Step& step) override;
  Result<Timestamp> next_due(const Transaction& store) const override;

  // Orders by order id, with the clocks that run; timers by make_key(time, order id, clock name).
  const Table<WatchedOrder>& orders() const { return orders_; }
  TableId timers() const { return timers_; }
  Result<uint64_t> running(const Transaction& store) const;

 private:
  // An order while a step changes it.
  struct Watch {
    uint64_t order_id;
    WatchedOrder& order;
    const ClockRules& rules;
    Step& step;
  };
  struct Start {
    std::string clock;
    Timestamp at;
    Timestamp deadline;
    std::string source;
  };
  using Changes = std::vector<ClockChange>;

  Result<void> open_order(const Event& event, const ClockRules& rules, Step& step);
  Result<void> follow_order(const Event& event, const ClockRules& rules, Step& step);
  Result<void> amend_order(const Event& event, Watch& watch);
  Result<void> move_order(const Event& event, Watch& watch);
  Result<void> start(const Event& event, Start told, Watch& watch, Changes& changes);
  Result<void> stop(std::string_view name, Timestamp at, Watch& watch, Changes& changes);
  Result<void> settle(Timestamp until, Watch& watch);
  Result<void> fire(RunningClock& clock, Watch& watch);
  Result<void> arm(const RunningClock& clock, Watch& watch);
  Result<void> disarm(const RunningClock& clock, Watch& watch);
  Result<void> count(int64_t clocks, Step& step);
  Result<const ClockRules*> rules(Step& step) const;
  static void tell(const Event& event, Watch& watch, Changes changes);

  RuleBook<ClockRules> book_;
  Table<WatchedOrder> orders_;
  Table<ClockTotals> totals_;
  TableId timers_;
};

}  // namespace jieban
