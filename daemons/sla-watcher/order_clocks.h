// OrderClocks: the clocks of one order while a step changes it.
//
// Promises: a running clock that is not paused has exactly one pending timer, its next rung, until
// the last one was told; a clock that is superseded keeps its record, in clock.changed; deadlines
// are absolute and stay as the rules of their start made them. finish() tells all that was done in
// one clock.changed, and keeps the totals.
// Fails: with what the store fails with. Thread rule: lives within a step.
#pragma once

#include <string>
#include <vector>

#include "common/daemon/step.h"
#include "common/domain/events.h"
#include "daemons/sla-watcher/rungs.h"
#include "daemons/sla-watcher/watched_order.h"

namespace jieban {

namespace watcher_topics {
// Signals, not events: counted and logged.
constexpr std::string_view kDrift = "clock.drift";
constexpr std::string_view kOrphan = "timer.orphaned";
}  // namespace watcher_topics

// By so much the printed due time and the rule may differ before it is told (DOMAIN §4.3, 1).
constexpr Duration kDriftMax = std::chrono::minutes(5);

// What a clock is started by.
struct Anchor {
  ClockKind clock = ClockKind::sign;
  Timestamp at;                            // it runs from here
  Timestamp now;                           // rungs before this are not told
  uint64_t cause_sequence = 0;             // of the router's event
  std::optional<Timestamp> deadline{};     // given from outside; else by rule
  ClockSource source = ClockSource::rule;  // of a deadline that is given
  std::string why{};                       // of one that supersedes: "extension", "re_anchor"
};

class OrderClocks {
 public:
  struct Terms {
    const ClockRules& rules;
    const Calendar* calendar;  // null: all clocks are natural
  };
  // REQUIRES: all outlive it; the order's class has rules, or nothing is started.
  OrderClocks(const ClockTables& tables, Terms terms, uint64_t order_id, WatchedOrder& order,
              Step& step)
      : tables_(tables), terms_(terms), order_id_(order_id), order_(order), step_(step) {}

  RunningClock* find(ClockKind clock);

  // Tells every rung that lies at or before `until`.
  Result<void> settle(Timestamp until);
  // Tells the rung that is due and arms the next; one that slept over several tells them in order.
  Result<void> fire(RunningClock& clock);

  // Supersedes one that runs. Nothing happens where the class has no limit, or the due clock no
  // room for a lead before it.
  Result<void> start(const Anchor& anchor);
  Result<void> stop(ClockSet clocks, Timestamp at);
  Result<void> cancel(ClockSet clocks, Timestamp at);
  // A due time from outside, and what counts back from it.
  Result<void> move_due(const Anchor& anchor);
  // The clocks that run, by the rules in force and the order's class of now; those of a printed or
  // extended due time stay. Only those whose deadline changes are superseded.
  Result<void> reanchor(ClockSet clocks, Timestamp now, std::string_view why);
  // `invalid` for a class without limits.
  Result<void> reclassify(std::string order_class, Timestamp now);
  // Refused, and told so, beyond the limits of the class, and after the breach.
  Result<void> extend(const Anchor& anchor);

  Result<void> pause(ClockSet clocks, PauseReason reason, const std::string& evidence,
                     Timestamp at);
  Result<void> resume(ClockSet clocks, Timestamp at);

  // The order leaves the street: its clocks are cancelled, its flag goes with it.
  Result<void> leave(Timestamp at);

  // REQUIRED after the last of the above.
  Result<void> finish(const std::string& actor = "system");

 private:
  struct Terminus {
    Timestamp started_at;
    Timestamp deadline;
    CalendarKind calendar = CalendarKind::natural;
    std::string fault{};
  };
  std::optional<Terminus> by_rule(ClockKind clock, Timestamp at, int64_t idle);
  Result<void> install(RunningClock clock, Timestamp now);
  Result<void> supersede(RunningClock& old, RunningClock next, Timestamp now,
                         const std::string& why);
  Result<void> end(RunningClock& clock, std::string_view change, Timestamp at,
                   std::optional<std::string> why = std::nullopt);
  Result<void> resume_one(RunningClock& clock, Timestamp at);
  Result<void> follow_due(Timestamp now, const std::string& why);
  void refuse(const RunningClock& clock, std::string why);
  void arm_next(RunningClock& clock, uint64_t after, std::optional<Timestamp> past);
  void tell_alert(const RunningClock& clock);
  void tell_fault(ClockKind clock, Timestamp deadline, const std::string& fault);
  void note_drift(ClockChange& change, const RunningClock& clock);
  ClockChange& note(const RunningClock& clock, std::string_view change);
  ClockChange& note_start(const RunningClock& clock);
  Result<void> arm(const RunningClock& clock);
  Result<void> disarm(const RunningClock& clock);
  ClockSpan span_of(const RunningClock& clock) const;

  const ClockTables& tables_;
  Terms terms_;
  uint64_t order_id_;
  WatchedOrder& order_;
  Step& step_;
  std::vector<ClockChange> changes_;
  int64_t running_ = 0;  // how many more than before
  int64_t paused_ = 0;
  int64_t flagged_ = 0;
};

}  // namespace jieban
