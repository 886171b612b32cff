// What moves a deadline for good: it supersedes, and never edits.
#include "common/clocks/extension.h"
#include "daemons/sla-watcher/order_clocks.h"

namespace jieban {

Result<void> OrderClocks::move_due(const Anchor& anchor) {
  const RunningClock* due = find(ClockKind::due);
  if (due == nullptr || due->deadline == anchor.deadline) return {};
  Anchor from_its_start = anchor;
  from_its_start.clock = ClockKind::due;
  from_its_start.at = due->started_at;
  RETURN_IF_ERROR(start(from_its_start));
  return follow_due(anchor.now, anchor.why);
}

Result<void> OrderClocks::follow_due(Timestamp now, const std::string& why) {
  for (ClockKind kind : kClockKinds) {
    const RunningClock* clock = find(kind);
    const auto rules = terms_.rules.classes.find(order_.order_class);
    if (clock == nullptr || rules == terms_.rules.classes.end()) continue;
    const auto& limit = rules->second.limit(kind);
    if (limit && limit->before_due.value_or(false)) {
      RETURN_IF_ERROR(reanchor({kind}, now, why));
    }
  }
  return {};
}

Result<void> OrderClocks::reanchor(ClockSet clocks, Timestamp now, std::string_view why) {
  // The due clock first: others count back from it.
  std::vector<ClockKind> kinds = {ClockKind::due};
  for (const RunningClock& clock : order_.clocks) {
    if (clock.name != ClockKind::due) kinds.push_back(clock.name);
  }
  for (ClockKind kind : kinds) {
    RunningClock* old = find(kind);
    const bool ours = old != nullptr && old->source == ClockSource::rule;
    if (!ours || !clocks.has(kind)) continue;
    const auto rule = by_rule(kind, old->started_at, old->idle.value_or(0));
    if (!rule) {
      RETURN_IF_ERROR(end(*old, "cancelled", now, std::string(why)));
      continue;
    }
    if (rule->deadline == old->deadline) continue;
    RunningClock next;
    next.name = kind;
    next.started_at = old->started_at;
    next.deadline = rule->deadline;
    next.cause_sequence = old->cause_sequence;
    if (rule->calendar != CalendarKind::natural) next.calendar = rule->calendar;
    if (order_.rules_version != terms_.rules.version) next.rules_version = terms_.rules.version;
    RETURN_IF_ERROR(supersede(*old, std::move(next), now, std::string(why)));
    if (rule->fault.empty()) continue;
    changes_.back().fault = rule->fault;
    tell_fault(kind, rule->deadline, rule->fault);
  }
  return {};
}

Result<void> OrderClocks::reclassify(std::string order_class, Timestamp now) {
  if (!terms_.rules.classes.contains(order_class)) {
    return invalid("no time limits for class " + order_class + " in rules " + terms_.rules.version);
  }
  order_.order_class = std::move(order_class);
  return reanchor(ClockSet::all(), now, "reclassified");
}

Result<void> OrderClocks::extend(const Anchor& anchor) {
  const RunningClock* due = find(ClockKind::due);
  const auto rules = terms_.rules.classes.find(order_.order_class);
  if (due == nullptr || rules == terms_.rules.classes.end()) return {};
  const uint64_t count = order_.extensions.value_or(0);
  const ExtensionFault fault = judge_extension(rules->second, {.due = due->deadline,
                                                               .paused_since = due->paused_at,
                                                               .wanted = *anchor.deadline,
                                                               .approved = count,
                                                               .now = anchor.now});
  if (fault != ExtensionFault::none) {
    refuse(*due, std::string(to_string(fault)));
    return {};
  }
  order_.extensions = count + 1;
  return move_due(anchor);
}

}  // namespace jieban
