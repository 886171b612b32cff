#include "common/clocks/reckoning.h"

namespace jieban {
namespace {

using std::chrono::days;
using std::chrono::seconds;

constexpr int64_t kDay = Duration(days(1)).count();

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

}  // namespace jieban
