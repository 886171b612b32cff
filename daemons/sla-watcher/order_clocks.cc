#include "daemons/sla-watcher/order_clocks.h"

#include <algorithm>

#include "common/domain/topics.h"

namespace jieban {
namespace {

std::string totals_key() { return make_key(uint64_t{0}); }

void add_to(std::optional<uint64_t>& count, int64_t more) {
  const uint64_t sum = count.value_or(0) + uint64_t(more);
  count = sum == 0 ? std::nullopt : std::optional(sum);
}

}  // namespace

RunningClock* OrderClocks::find(ClockKind clock) {
  auto found = std::ranges::find(order_.clocks, clock, &RunningClock::name);
  return found == order_.clocks.end() ? nullptr : &*found;
}

ClockSpan OrderClocks::span_of(const RunningClock& clock) const {
  return {clock.started_at, clock.deadline, clock.idle.value_or(0), clock.kind()};
}

// Most clocks of the first minutes stop in the batch in which they start.
Result<void> OrderClocks::arm(const RunningClock& clock) {
  if (!clock.armed()) return {};
  return tables_.timers.arm(step_.store(), step_.now(), clock.fires_at, order_id_, clock.name);
}

Result<void> OrderClocks::disarm(const RunningClock& clock) {
  if (!clock.armed()) return {};
  auto erased = tables_.timers.disarm(step_.store(), clock.fires_at, order_id_, clock.name);
  if (!erased.ok()) return erased.error();
  if (!*erased) return Error{ErrorCode::corrupt, "a running clock without its timer"};
  return {};
}

void OrderClocks::arm_next(RunningClock& clock, uint64_t after, std::optional<Timestamp> past) {
  const Armed next =
      next_rung({terms_.rules.ladder, clock.name, order_.order_class, terms_.calendar},
                span_of(clock), after, past);
  clock.next_percent = next.percent;
  clock.fires_at = next.fires_at;
  if (!past) return;
  // What is long overdue is told once: the repeats of the past remind nobody of anything.
  const uint64_t first = first_repeat_after(terms_.rules.ladder, clock.deadline, *past);
  if (first > 1) clock.first_repeat = first;
}

ClockChange& OrderClocks::note(const RunningClock& clock, std::string_view change) {
  constexpr size_t kUsual = 4;  // what a signature or a dispatch does
  if (changes_.empty()) changes_.reserve(kUsual);
  ClockChange& made = changes_.emplace_back();
  made.clock = to_string(clock.name);
  made.change = change;
  made.deadline = clock.deadline;
  return made;
}

ClockChange& OrderClocks::note_start(const RunningClock& clock) {
  ClockChange& made = note(clock, "started");
  made.started_at = clock.started_at;
  // Of the due clock it is asked (DOMAIN §4.3 rule 1); the others have the rule's, as a rule.
  const bool asked = clock.name == ClockKind::due || clock.source != ClockSource::rule;
  if (asked) made.source = to_string(clock.source);
  note_drift(made, clock);
  return made;
}

void OrderClocks::refuse(const RunningClock& clock, std::string why) {
  note(clock, "refused").reason = std::move(why);
}

void OrderClocks::note_drift(ClockChange& change, const RunningClock& clock) {
  if (!clock.rule_deadline) return;
  change.rule_deadline = clock.rule_deadline;
  const Duration drift = clock.deadline - *clock.rule_deadline;
  if (clock.source != ClockSource::order || std::chrono::abs(drift) <= kDriftMax) return;
  change.drift = drift.count();
  step_.signal({std::string(watcher_topics::kDrift), order_id_, order_.order_class});
}

void OrderClocks::tell_fault(ClockKind clock, Timestamp deadline, const std::string& fault) {
  if (!order_.fault) ++flagged_;
  order_.fault = fault;
  const CalendarFault told{order_.order_no, std::string(to_string(clock)), fault, deadline};
  step_.emit(
      {.topic = topics::kCalendarMissing, .order_id = order_id_, .payload = encode_payload(told)});
  step_.signal({std::string(topics::kCalendarMissing), order_id_, fault});
}

std::optional<OrderClocks::Terminus> OrderClocks::by_rule(ClockKind clock, Timestamp at,
                                                          int64_t idle) {
  const auto rules = terms_.rules.classes.find(order_.order_class);
  if (rules == terms_.rules.classes.end()) return std::nullopt;
  const auto& limit = rules->second.limit(clock);
  if (!limit) return std::nullopt;
  if (limit->before_due.value_or(false)) {
    const RunningClock* due = find(ClockKind::due);
    if (due == nullptr || due->deadline - Duration(limit->span) <= at) return std::nullopt;
    return Terminus{at, due->deadline - Duration(limit->span)};
  }
  const Timestamp from = start_of(*limit, at);
  Reckoned found = reckon(*limit, from, terms_.calendar);
  if (idle != 0) found.at = put_off(limit->kind(), found.at, idle, terms_.calendar).at;
  return Terminus{from, found.at, limit->kind(), std::move(found.fault)};
}

Result<void> OrderClocks::start(const Anchor& anchor) {
  const std::optional<Terminus> rule = by_rule(anchor.clock, anchor.at, 0);
  if (!rule && !anchor.deadline) return {};
  RunningClock clock;
  clock.name = anchor.clock;
  clock.started_at = rule ? rule->started_at : anchor.at;
  clock.deadline = anchor.deadline ? *anchor.deadline : rule->deadline;
  clock.cause_sequence = anchor.cause_sequence;
  if (anchor.deadline) clock.source = anchor.source;
  if (anchor.deadline && rule) clock.rule_deadline = rule->deadline;
  if (rule && rule->calendar != CalendarKind::natural) clock.calendar = rule->calendar;
  if (order_.rules_version != terms_.rules.version) clock.rules_version = terms_.rules.version;
  RunningClock* old = find(anchor.clock);
  RETURN_IF_ERROR(old == nullptr ? install(std::move(clock), anchor.now)
                                 : supersede(*old, std::move(clock), anchor.now, anchor.why));
  const bool faulty = rule && !rule->fault.empty() && !anchor.deadline;
  if (faulty) {
    changes_.back().fault = rule->fault;
    tell_fault(anchor.clock, rule->deadline, rule->fault);
  }
  return {};
}

// Of a clock that is already old when the order comes in, warnings of the past are not told.
Result<void> OrderClocks::install(RunningClock clock, Timestamp now) {
  arm_next(clock, 0, now);
  RETURN_IF_ERROR(arm(clock));
  ++running_;
  note_start(clock);
  order_.clocks.push_back(std::move(clock));
  return {};
}

Result<void> OrderClocks::supersede(RunningClock& old, RunningClock next, Timestamp now,
                                    const std::string& why) {
  ClockChange& ended = note(old, "superseded");
  ended.stopped_at = now;
  if (!why.empty()) ended.reason = why;
  RETURN_IF_ERROR(disarm(old));
  if (!next.idle) next.idle = old.idle;
  next.paused_at = old.paused_at;
  next.pause_reason = old.pause_reason;
  arm_next(next, 0, now);
  // A breach that was told is told again only if it lies ahead again.
  if (old.repeats && next.deadline < now) {
    next.repeats = old.repeats;
    next.next_percent = old.next_percent;
    next.fires_at = old.fires_at;
  }
  old = std::move(next);
  RETURN_IF_ERROR(arm(old));
  ClockChange& begun = note_start(old);
  if (!why.empty()) begun.reason = why;
  return {};
}

Result<void> OrderClocks::end(RunningClock& clock, std::string_view change, Timestamp at,
                              std::optional<std::string> why) {
  RETURN_IF_ERROR(disarm(clock));
  ClockChange& made = note(clock, change);
  made.stopped_at = at;
  made.reason = std::move(why);
  made.idle = clock.idle;
  --running_;
  if (clock.paused_at) --paused_;
  order_.clocks.erase(order_.clocks.begin() + (&clock - order_.clocks.data()));
  return {};
}

Result<void> OrderClocks::stop(ClockSet clocks, Timestamp at) {
  for (size_t i = 0; i < order_.clocks.size();) {
    RunningClock& clock = order_.clocks[i];
    if (!clocks.has(clock.name)) {
      ++i;
      continue;
    }
    // While it stands still no time is used.
    const Timestamp used_until = std::min(at, clock.paused_at.value_or(at));
    RETURN_IF_ERROR(end(clock, used_until <= clock.deadline ? "met" : "stopped_late", at));
  }
  return {};
}

Result<void> OrderClocks::cancel(ClockSet clocks, Timestamp at) {
  for (size_t i = 0; i < order_.clocks.size();) {
    if (clocks.has(order_.clocks[i].name)) {
      RETURN_IF_ERROR(end(order_.clocks[i], "cancelled", at));
    } else {
      ++i;
    }
  }
  return {};
}

Result<void> OrderClocks::leave(Timestamp at) {
  if (order_.fault) --flagged_;
  order_.fault.reset();
  return cancel(ClockSet::all(), at);
}

Result<void> OrderClocks::settle(Timestamp until) {
  while (true) {
    RunningClock* next = nullptr;
    for (RunningClock& clock : order_.clocks) {
      bool due = clock.armed() && clock.fires_at <= until;
      if (due && (next == nullptr || clock.fires_at < next->fires_at)) next = &clock;
    }
    if (next == nullptr) return {};
    RETURN_IF_ERROR(fire(*next));
  }
}

Result<void> OrderClocks::fire(RunningClock& clock) {
  if (kWindows.has(clock.name)) return end(clock, "lapsed", clock.deadline);
  RETURN_IF_ERROR(disarm(clock));
  tell_alert(clock);
  if (clock.next_percent < kBreachPercent) {
    arm_next(clock, clock.next_percent, std::nullopt);
  } else {
    clock.repeats = clock.repeats ? *clock.repeats + 1 : clock.first_repeat.value_or(1);
    const Armed again = next_repeat(terms_.rules.ladder, clock.deadline, *clock.repeats);
    clock.next_percent = again.percent;
    if (again.percent != 0) clock.fires_at = again.fires_at;
  }
  return arm(clock);
}

void OrderClocks::tell_alert(const RunningClock& clock) {
  DeadlineAlert alert{order_.order_no,    std::string(to_string(clock.name)),
                      clock.next_percent, clock.deadline,
                      order_.order_class, order_.category,
                      order_.community,   order_.lead_unit};
  std::string level = terms_.rules.ladder.level_of(clock.next_percent);
  if (!level.empty()) alert.level = std::move(level);
  alert.repeat = clock.repeats;
  const bool breach = clock.next_percent >= kBreachPercent;
  const std::string_view topic = breach ? topics::kDeadlineBreached : topics::kDeadlineWarned;
  const std::string& own = step_.stream();
  step_.emit({.topic = topic,
              .order_id = order_id_,
              .payload = encode_payload(alert),
              .cause = Cause{own.substr(0, own.find('.')) + ".router", clock.cause_sequence}});
  step_.signal({std::string(topic), order_id_, alert.clock});
}

Result<void> OrderClocks::finish(const std::string& actor) {
  if (!changes_.empty()) {
    const ClockChanges told{order_.order_no, terms_.rules.version, std::move(changes_)};
    step_.emit({.topic = topics::kClockChanged,
                .order_id = order_id_,
                .payload = encode_payload(told),
                .actor = actor});
    changes_.clear();
  }
  if (running_ == 0 && paused_ == 0 && flagged_ == 0) return {};
  auto stored = tables_.totals.edit(step_.store(), totals_key());
  if (!stored.ok()) return stored.error();
  ClockTotals& totals =
      *stored != nullptr ? **stored : tables_.totals.add(step_.store(), totals_key(), {});
  totals.running += uint64_t(running_);
  add_to(totals.paused, paused_);
  add_to(totals.flagged, flagged_);
  return {};
}

}  // namespace jieban
