// The ledger of pauses.
#include "daemons/sla-watcher/order_clocks.h"

namespace jieban {

Result<void> OrderClocks::pause(ClockSet clocks, PauseReason reason, const std::string& evidence,
                                Timestamp at) {
  const auto rules = terms_.rules.classes.find(order_.order_class);
  const bool on = rules != terms_.rules.classes.end() && rules->second.may_pause(reason);
  for (RunningClock& clock : order_.clocks) {
    if (!clocks.has(clock.name) || clock.paused_at) continue;
    if (!on) {
      refuse(clock, "pause_off");
      continue;
    }
    RETURN_IF_ERROR(disarm(clock));
    clock.paused_at = at;
    clock.pause_reason = reason;
    ++paused_;
    const Passed passed = passed_between(clock.kind(), clock.started_at, at, terms_.calendar);
    ClockChange& made = note(clock, "paused");
    made.stopped_at = at;
    made.reason = to_string(reason);
    if (!evidence.empty()) made.evidence = evidence;
    made.used = passed.amount - clock.idle.value_or(0);
  }
  return {};
}

Result<void> OrderClocks::resume(ClockSet clocks, Timestamp at) {
  for (size_t i = 0; i < order_.clocks.size(); ++i) {
    RunningClock& clock = order_.clocks[i];
    if (clocks.has(clock.name) && clock.paused_at) RETURN_IF_ERROR(resume_one(clock, at));
  }
  return clocks.has(ClockKind::due) ? follow_due(at, "resumed") : Result<void>();
}

// What is late already stays late: a pause moves only a deadline that lay ahead of it.
Result<void> OrderClocks::resume_one(RunningClock& clock, Timestamp at) {
  const CalendarKind kind = clock.kind();
  const Timestamp from = *clock.paused_at;
  clock.paused_at.reset();
  clock.pause_reason.reset();
  --paused_;
  std::string fault;
  if (from <= clock.deadline) {
    Passed still = passed_between(kind, from, at, terms_.calendar);
    Reckoned moved = put_off(kind, clock.deadline, still.amount, terms_.calendar);
    clock.deadline = moved.at;
    clock.idle = clock.idle.value_or(0) + still.amount;
    fault = still.fault.empty() ? moved.fault : still.fault;
    if (clock.next_percent != 0) arm_next(clock, clock.next_percent - 1, std::nullopt);
  }
  RETURN_IF_ERROR(arm(clock));
  ClockChange& made = note(clock, "resumed");
  made.idle = clock.idle;
  if (fault.empty()) return {};
  made.fault = fault;
  tell_fault(clock.name, clock.deadline, fault);
  return {};
}

}  // namespace jieban
