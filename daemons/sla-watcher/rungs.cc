#include "daemons/sla-watcher/rungs.h"

namespace jieban {
namespace {

constexpr Duration kPast(1);  // after this instant, not at it

}  // namespace

Timestamp rung_time(const ClockSpan& span, uint64_t percent, const Calendar* calendar) {
  // 2^63 microseconds are 292,000 years: the product of a span with 100 does not overflow.
  const auto left_of = [&](int64_t budget) { return budget - budget * int64_t(percent) / 100; };
  if (span.kind == CalendarKind::worktime) {
    const Passed budget = passed_between(span.kind, span.started_at, span.deadline, calendar);
    const int64_t left = left_of(budget.amount - span.idle);
    const Reckoned at = put_off(span.kind, span.deadline, -left, calendar);
    if (budget.fault.empty() && at.fault.empty()) return at.at;
  }
  // The dates of a workday clock are fractions of days: its rungs stand in natural time.
  const int64_t idle = span.kind == CalendarKind::natural ? span.idle : 0;
  const int64_t budget = (span.deadline - span.started_at).count() - idle;
  return span.deadline - Duration(left_of(budget));
}

Armed next_rung(const LadderQuestion& question, const ClockSpan& span, uint64_t after,
                std::optional<Timestamp> past) {
  if (after >= kBreachPercent) return {};
  const Ladder& ladder = question.ladder;
  const bool is_short = ladder.is_short(question.clock, question.order_class);
  const bool is_long = (span.deadline - span.started_at).count() >= ladder.left_from;
  const bool warns = !kWindows.has(question.clock);
  Timestamp least = span.started_at;  // rungs are told in order, whatever their conditions
  for (const Rung& rung : ladder.rungs) {
    if (!warns || (is_short && !rung.in_short)) continue;
    Timestamp at = rung_time(span, rung.percent, question.calendar);
    if (rung.left && is_long) at = std::min(at, span.deadline - Duration(*rung.left));
    least = std::max(least, at);
    if (rung.percent > after && (!past || least > *past)) return {rung.percent, least};
  }
  return {kBreachPercent, span.deadline + kPast};
}

uint64_t first_repeat_after(const Ladder& ladder, Timestamp deadline, Timestamp now) {
  const Duration late = now - (deadline + kPast);
  return ladder.repeat <= 0 || late < Duration(0) ? 1 : uint64_t(late.count() / ladder.repeat) + 1;
}

Armed next_repeat(const Ladder& ladder, Timestamp deadline, uint64_t told) {
  if (ladder.repeat <= 0 || told > ladder.repeats_max) return {};
  return {kBreachPercent, deadline + kPast + Duration(ladder.repeat) * int64_t(told)};
}

}  // namespace jieban
