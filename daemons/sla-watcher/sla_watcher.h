// SlaWatcher: owns time. Starts and stops the clocks of every order, warns before a deadline and
// tells its breach, each once, whatever was down in between.
//
// Follows the router's stream. Which event starts and stops which clock is a table in the .cc. A
// running clock has exactly one pending timer, its next rung; deadlines are absolute and stay as
// the rules in force at the start made them. Emits clock.changed, deadline.warned and
// deadline.breached.
#pragma once

#include "common/daemon/rule_book.h"
#include "common/daemon/service.h"
#include "daemons/sla-watcher/clock_rules.h"

namespace jieban {

struct WatchedOrder {
  std::string order_no;
  std::string order_class;
  std::string category;
  std::string community;
  std::string lead_unit;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("order_no", &WatchedOrder::order_no);
    visit("order_class", &WatchedOrder::order_class);
    visit("category", &WatchedOrder::category);
    visit("community", &WatchedOrder::community);
    visit("lead_unit", &WatchedOrder::lead_unit);
  }
};

struct RunningClock {
  Timestamp started_at;
  Timestamp deadline;
  std::string source;           // "order" or "rule"
  uint64_t cause_sequence = 0;  // the router's event that started it
  uint64_t next_percent = 0;    // the rung that is armed; 0 after the breach
  Timestamp fires_at;           // when
  bool breached = false;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("started_at", &RunningClock::started_at);
    visit("deadline", &RunningClock::deadline);
    visit("source", &RunningClock::source);
    visit("cause_sequence", &RunningClock::cause_sequence);
    visit("next_percent", &RunningClock::next_percent);
    visit("fires_at", &RunningClock::fires_at);
    visit("breached", &RunningClock::breached);
  }
};

class SlaWatcher : public Service {
 public:
  Result<void> open(TableOpener& tables) override;
  Result<void> apply(const Event& event, Step& step) override;
  Result<void> tick(Step& step) override;
  Result<Timestamp> next_due(const Transaction& store) const override;

  // Clocks by make_key(order id, clock name); timers by make_key(time, order id, clock name).
  const Table<RunningClock>& clocks() const { return clocks_; }
  TableId timers() const { return timers_; }
  const Table<WatchedOrder>& orders() const { return orders_; }

 private:
  Result<void> open_order(const Event& event, Step& step);
  Result<void> amend_order(const Event& event, Step& step);
  Result<void> move_order(const Event& event, Step& step);
  Result<void> finish_order(const Event& event, const WatchedOrder& order, Step& step);
  Result<ClockChange> start(const Event& event, const std::string& clock, Timestamp started_at,
                            Timestamp deadline, std::string source, const ClockRules& rules,
                            Step& step);
  Result<std::optional<ClockChange>> stop(uint64_t order_id, const std::string& clock, Timestamp at,
                                          Step& step);
  Result<void> arm(uint64_t order_id, const std::string& clock, RunningClock& row, Step& step);
  Result<void> disarm(uint64_t order_id, const std::string& clock, const RunningClock& row,
                      Step& step);
  Result<void> fire(uint64_t order_id, const std::string& clock, const ClockRules& rules,
                    Step& step);
  Result<const ClockRules*> rules(Step& step) const;
  Result<const ClassLimits*> limits_of(const ClockRules& rules,
                                       const std::string& order_class) const;
  void tell(const Event& event, const std::string& order_no, const ClockRules& rules,
            std::vector<ClockChange> changes, Step& step);

  RuleBook<ClockRules> book_;
  Table<WatchedOrder> orders_;
  Table<RunningClock> clocks_;
  TableId timers_;
};

}  // namespace jieban
