// SlaWatcher: owns time. Starts and stops the clocks of every order, warns before a deadline and
// tells its breach, each rung once and in order, whatever was down in between.
//
// Follows the router's stream. Which event starts and stops which clock is the table of
// clock_table.cc; the limits, calendars and the ladder are rules, recorded whole. What was due
// before an event is told before the event is applied, so that a watcher that was down tells the
// same as one that was not. New rules count for new clocks, and for those that run only when a
// team leader asks (clock.re_anchor). Emits clock.changed, deadline.warned, deadline.breached and
// calendar.missing.
#pragma once

#include "common/clocks/calendar_texts.h"
#include "common/daemon/rule_book.h"
#include "common/daemon/service.h"
#include "daemons/sla-watcher/clock_rules.h"
#include "daemons/sla-watcher/order_clocks.h"
#include "daemons/sla-watcher/watched_order.h"

namespace jieban {

// An input: the clocks that run are counted anew by the rules in force. Answers how many orders
// changed; `refused` unless a team leader asks.
constexpr std::string_view kReanchorTopic = "clock.re_anchor";
constexpr std::string_view kTeamLeader = "team_leader";
struct ReanchorRequest {
  std::string role;
  std::string reason;
  std::optional<std::string> clock{};  // empty: all

  template <class Visit>
  static void fields(Visit& visit) {
    visit("role", &ReanchorRequest::role);
    visit("reason", &ReanchorRequest::reason);
    visit("clock", &ReanchorRequest::clock);
  }
};

class SlaWatcher : public Service {
 public:
  Result<void> open(TableOpener& tables) override;
  Result<void> apply(const Event& event, Step& step) override;
  Result<void> tick(Step& step) override;
  Result<Timestamp> next_due(const Transaction& store) const override;

  const Table<WatchedOrder>& orders() const { return tables_.orders; }
  const TimerTable& timers() const { return tables_.timers; }
  Result<ClockTotals> totals(const Transaction& store) const;
  Result<uint64_t> running(const Transaction& store) const;

 private:
  using Terms = OrderClocks::Terms;

  Result<void> load(const Event& event, Step& step);
  Result<void> open_order(const Event& event, const Terms& terms, Step& step);
  Result<void> follow_order(const Event& event, const Terms& terms, Step& step);
  Result<void> reanchor_all(const Event& event, Step& step);
  // What is under a timer that is due; false when there is no such clock.
  Result<bool> fire(uint64_t order_id, ClockKind clock, Timestamp at, const Terms& terms,
                    Step& step);
  Result<Terms> terms(Step& step) const;

  RuleBook<ClockRules> book_;
  CalendarBook calendars_;
  ClockTables tables_;
};

}  // namespace jieban
