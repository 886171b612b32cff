#include "daemons/sla-watcher/reckoning.h"

namespace jieban {
namespace {

using std::chrono::days;
using std::chrono::seconds;

constexpr int64_t kDay = Duration(days(1)).count();
constexpr Duration kPast(1);  // after this instant, not at it

std::string code_of(const Error& error) { return error.message.substr(0, error.message.find(':')); }

const TimeZone& shanghai() {
  static const TimeZone zone = [] {
    auto loaded = TimeZone::load("Asia/Shanghai");
    CHECK(loaded.ok());
    return *loaded;
  }();
  return zone;
}

Timestamp day_end(Timestamp at, const TimeZone& zone) {
  return zone.instant(date_of(zone.wall(at)) + days(1) - seconds(1));
}

// The same reading of the clock on the wall, so many working days later.
Result<Timestamp> add_dates(Timestamp at, int64_t count, const Calendar& calendar) {
  const WallTime wall = calendar.zone().wall(at);
  const Date date = date_of(wall);
  auto end = calendar.add_workdays(date, count);
  if (!end.ok()) return end.error();
  return calendar.zone().instant(*end + (wall - date));
}

Result<Timestamp> add(CalendarKind kind, Timestamp at, int64_t amount, const Calendar* calendar) {
  if (kind == CalendarKind::natural) return at + Duration(amount);
  if (calendar == nullptr) return Error{ErrorCode::not_found, "CALENDAR_MISSING: none is loaded"};
  return kind == CalendarKind::workday ? add_dates(at, amount, *calendar)
                                       : calendar->add(at, Duration(amount));
}

// What a limit or a pause is in natural time, where the calendar is silent.
int64_t natural_amount(CalendarKind kind, int64_t amount) {
  return kind == CalendarKind::workday ? amount * kDay : amount;
}

Reckoned add_or_fall_back(CalendarKind kind, Timestamp at, int64_t amount,
                          const Calendar* calendar) {
  auto found = add(kind, at, amount, calendar);
  if (found.ok()) return {*found, {}};
  return {at + Duration(natural_amount(kind, amount)), code_of(found.error())};
}

Result<int64_t> measure(CalendarKind kind, Timestamp from, Timestamp to, const Calendar* calendar) {
  if (kind == CalendarKind::natural) return (to - from).count();
  if (calendar == nullptr) return Error{ErrorCode::not_found, "CALENDAR_MISSING: none is loaded"};
  if (kind == CalendarKind::workday) {
    const TimeZone& zone = calendar->zone();
    return calendar->workdays_between(date_of(zone.wall(from)), date_of(zone.wall(to)));
  }
  auto work = calendar->between(from, to);
  if (!work.ok()) return work.error();
  return work->count();
}

}  // namespace

Timestamp start_of(const ClockLimit& limit, Timestamp at) {
  if (!limit.from_day) return at;
  CivilTime day = to_civil(at);
  day = {.year = day.year, .month = day.month, .day = unsigned(*limit.from_day)};
  for (auto begin = from_civil(day); begin; begin = from_civil(day)) {
    if (*begin >= at) return *begin;
    day.year += day.month == 12 ? 1 : 0;
    day.month = day.month % 12 + 1;
  }
  return at;
}

Reckoned reckon(const ClockLimit& limit, Timestamp start, const Calendar* calendar) {
  const CalendarKind kind = limit.kind();
  const int64_t amount = kind == CalendarKind::workday ? limit.span / kDay : limit.span;
  Reckoned found = add_or_fall_back(kind, start, amount, calendar);
  if (limit.rounding == Rounding::day_end) {
    found.at = day_end(found.at, calendar == nullptr ? shanghai() : calendar->zone());
  }
  return found;
}

Passed passed_between(CalendarKind kind, Timestamp from, Timestamp to, const Calendar* calendar) {
  if (to <= from) return {};
  auto found = measure(kind, from, to, calendar);
  if (found.ok()) return {*found, {}};
  const int64_t span = (to - from).count();
  return {kind == CalendarKind::workday ? span / kDay : span, code_of(found.error())};
}

Reckoned put_off(CalendarKind kind, Timestamp deadline, int64_t amount, const Calendar* calendar) {
  if (amount == 0) return {deadline, {}};
  return add_or_fall_back(kind, deadline, amount, calendar);
}

Timestamp rung_time(const ClockSpan& span, uint64_t percent, const Calendar* calendar) {
  // 2^63 microseconds are 292,000 years: the product of a span with 100 does not overflow.
  const auto left_of = [&](int64_t budget) { return budget - budget * int64_t(percent) / 100; };
  if (span.kind == CalendarKind::worktime) {
    auto budget = measure(span.kind, span.started_at, span.deadline, calendar);
    if (budget.ok()) {
      auto at = add(span.kind, span.deadline, -left_of(*budget - span.idle), calendar);
      if (at.ok()) return *at;
    }
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
