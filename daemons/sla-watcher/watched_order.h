// The rows of the watcher: an order with the clocks that run, and how many run in all.
//
// What is the same for nearly all clocks is left out: the version of the rules (the order's own),
// natural time, a deadline by rule. Plain values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common/base/clock.h"
#include "common/clocks/clock_kind.h"
#include "common/daemon/table.h"
#include "daemons/sla-watcher/timer_table.h"

namespace jieban {

struct RunningClock {
  ClockKind name = ClockKind::sign;
  Timestamp started_at;
  Timestamp deadline;
  ClockSource source = ClockSource::rule;
  uint64_t cause_sequence = 0;        // the router's event that started it
  uint64_t next_percent = 0;          // the rung that is armed; 0 after the last
  Timestamp fires_at;                 // when
  std::optional<uint64_t> repeats{};  // how often the breach was told
  std::optional<CalendarKind> calendar{};
  std::optional<Timestamp> rule_deadline{};    // of a due time from elsewhere: what the rule says
  std::optional<std::string> rules_version{};  // which made the deadline, if not the order's
  std::optional<int64_t> idle{};               // stood still for so much (reckoning.h)
  std::optional<Timestamp> paused_at{};        // stands still since then; no timer is armed
  std::optional<PauseReason> pause_reason{};
  std::optional<uint64_t> first_repeat{};  // of a clock that was late when it was first seen

  CalendarKind kind() const { return calendar.value_or(CalendarKind::natural); }
  bool armed() const { return next_percent != 0 && !paused_at; }

  template <class Visit>
  static void fields(Visit& visit) {
    visit("name", &RunningClock::name);
    visit("started_at", &RunningClock::started_at);
    visit("deadline", &RunningClock::deadline);
    visit("source", &RunningClock::source);
    visit("cause_sequence", &RunningClock::cause_sequence);
    visit("next_percent", &RunningClock::next_percent);
    visit("fires_at", &RunningClock::fires_at);
    visit("repeats", &RunningClock::repeats);
    visit("calendar", &RunningClock::calendar);
    visit("rule_deadline", &RunningClock::rule_deadline);
    visit("rules_version", &RunningClock::rules_version);
    visit("idle", &RunningClock::idle);
    visit("paused_at", &RunningClock::paused_at);
    visit("pause_reason", &RunningClock::pause_reason);
    visit("first_repeat", &RunningClock::first_repeat);
  }
};

struct WatchedOrder {
  std::string order_no;
  std::string order_class;
  std::string category;
  std::string community;
  std::string lead_unit;
  std::vector<RunningClock> clocks;
  std::optional<std::string> rules_version{};  // in force when the order was opened
  std::optional<uint64_t> extensions{};        // of its due time, that were approved
  std::optional<std::string> fault{};          // a calendar was missing: "CALENDAR_MISSING_2027"
  std::optional<bool> closed{};                // only its review is still to come

  template <class Visit>
  static void fields(Visit& visit) {
    visit("order_no", &WatchedOrder::order_no);
    visit("order_class", &WatchedOrder::order_class);
    visit("category", &WatchedOrder::category);
    visit("community", &WatchedOrder::community);
    visit("lead_unit", &WatchedOrder::lead_unit);
    visit("clocks", &WatchedOrder::clocks);
    visit("rules_version", &WatchedOrder::rules_version);
    visit("extensions", &WatchedOrder::extensions);
    visit("fault", &WatchedOrder::fault);
    visit("closed", &WatchedOrder::closed);
  }
};

struct ClockTotals {
  uint64_t running = 0;
  std::optional<uint64_t> paused{};   // of these
  std::optional<uint64_t> flagged{};  // orders with a fault

  template <class Visit>
  static void fields(Visit& visit) {
    visit("running", &ClockTotals::running);
    visit("paused", &ClockTotals::paused);
    visit("flagged", &ClockTotals::flagged);
  }
};

// calendar.missing: a deadline could not be counted by its calendar, and natural time stands in.
struct CalendarFault {
  std::string order_no;
  std::string clock;
  std::string fault;  // "CALENDAR_MISSING_2027"
  Timestamp deadline;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("order_no", &CalendarFault::order_no);
    visit("clock", &CalendarFault::clock);
    visit("fault", &CalendarFault::fault);
    visit("deadline", &CalendarFault::deadline);
  }
};

// Orders by order id.
struct ClockTables {
  Table<WatchedOrder> orders;
  Table<ClockTotals> totals;
  TimerTable timers;
};

}  // namespace jieban
