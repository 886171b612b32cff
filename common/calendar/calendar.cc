#include "common/calendar/calendar.h"

#include <algorithm>

#include "common/base/limits.h"

namespace jieban {
namespace {

using std::chrono::days;
using std::chrono::seconds;

// One year before the epoch, for zones in which the epoch is in 1969.
constexpr int kYearMin = 1969;
constexpr int kYearMax = 2200;

bool contains(const std::vector<Date>& dates, Date date) {
  return std::find(dates.begin(), dates.end(), date) != dates.end();
}

}  // namespace

Calendar::Calendar(CalendarPlan plan, OfficialYears official, TimeZone zone)
    : plan_(std::move(plan)), official_(std::move(official)), zone_(std::move(zone)) {
  first_ = new_year(plan_.official ? *official_.first() : kYearMin);
  end_ = new_year((plan_.official ? *official_.last() : kYearMax) + 1);
}

Result<Calendar> Calendar::make(CalendarPlan plan, OfficialYears official) {
  if (plan.official) RETURN_IF_ERROR(official.check());
  auto zone = TimeZone::load(plan.timezone);
  if (!zone.ok()) return zone.error();
  Calendar calendar(std::move(plan), std::move(official), std::move(*zone));
  calendar.lay_out();
  calendar.find_bounds();
  return calendar;
}

Result<Calendar> Calendar::load(const std::string& path, const std::string& official_directory) {
  auto document = Document::load(path, limits::kConfigBytesMax);
  if (!document.ok()) return document.error();
  auto plan = read_calendar_plan(*document);
  if (!plan.ok()) return plan.error();
  if (!plan->official) return make(std::move(*plan));
  auto official = OfficialYears::load(official_directory);
  if (!official.ok()) return official.error();
  return make(std::move(*plan), std::move(*official));
}

bool Calendar::is_makeup(Date date) const {
  if (contains(plan_.makeup, date)) return true;
  const OfficialDay* day = plan_.official ? official_.find(date) : nullptr;
  return day != nullptr && day->working;
}

bool Calendar::works_on(Date date) const {
  if (contains(plan_.makeup, date)) return true;
  for (const DateRange& range : plan_.holidays) {
    if (range.contains(date)) return false;
  }
  const std::chrono::year_month_day day(date);
  for (const std::chrono::month_day& yearly : plan_.yearly_holidays) {
    if (yearly == day.month() / day.day()) return false;
  }
  return plan_.official ? official_.is_working_day(date) : plan_.weekdays[weekday_of(date)];
}

const Windows& Calendar::windows_of(Date date) const {
  if (plan_.makeup_windows && is_makeup(date)) return *plan_.makeup_windows;
  return plan_.windows[weekday_of(date)];
}

void Calendar::lay_out() {
  for (Date date = first_; date < end_; date += days(1)) {
    if (!works_on(date)) continue;
    workdays_.push_back(date);
    for (const Window& window : windows_of(date)) {
      spans_.append(zone_.boundary(date + window.begin), zone_.boundary(date + window.end));
    }
  }
}

// A day that is not laid out could reach over midnight into the first one; and the last one may
// itself reach over midnight, where it is alone until another window could have begun.
void Calendar::find_bounds() {
  seconds tail(0);
  seconds earliest = days(1);
  const auto look = [&](const Windows& windows) {
    for (const Window& window : windows) {
      tail = std::max(tail, window.end - seconds(days(1)));
      earliest = std::min(earliest, window.begin);
    }
  };
  for (const Windows& windows : plan_.windows) look(windows);
  if (plan_.makeup_windows) look(*plan_.makeup_windows);
  known_ = zone_.boundary(first_ + tail);
  unknown_ = zone_.boundary(end_ + std::min(tail, earliest));
}

Error Calendar::unknown(int year) const {
  if (plan_.official) return official_.missing_year(year);
  return {ErrorCode::limit, "calendars are laid out for the years " + std::to_string(kYearMin) +
                                " to " + std::to_string(kYearMax)};
}

Result<void> Calendar::check_known(Timestamp at) const {
  if (at >= known_ && at <= unknown_) return {};
  // What is wanted there is the window of a day before; its year is the one that is missing.
  if (at < known_) return unknown(std::min(year_of(date_of(zone_.wall(at))), year_of(first_) - 1));
  return unknown(year_of(date_of(zone_.wall(at))));
}

Result<void> Calendar::check_known(Date date) const {
  if (date >= first_ && date < end_) return {};
  return unknown(year_of(date));
}

Result<Timestamp> Calendar::add(Timestamp from, Duration work) const {
  RETURN_IF_ERROR(check_known(from));
  if (work == Duration::zero()) return from;
  const Duration used = spans_.before(from);
  if (work > spans_.total() - used) return unknown(year_of(end_));
  if (work < -used) return unknown(year_of(first_) - 1);
  const Timestamp end =
      work > Duration::zero() ? spans_.first_with(used + work) : spans_.last_with(used + work);
  RETURN_IF_ERROR(check_known(end));
  return end;
}

Result<Duration> Calendar::between(Timestamp from, Timestamp to) const {
  RETURN_IF_ERROR(check_known(from));
  RETURN_IF_ERROR(check_known(to));
  if (to <= from) return Duration::zero();
  return spans_.before(to) - spans_.before(from);
}

Result<bool> Calendar::is_working(Timestamp at) const {
  RETURN_IF_ERROR(check_known(at));
  if (at == unknown_) return unknown(year_of(end_));
  return spans_.contains(at);
}

Result<Timestamp> Calendar::opening(Timestamp at) const {
  RETURN_IF_ERROR(check_known(at));
  const auto next = spans_.next(at);
  if (!next) return unknown(year_of(end_));
  return *next;
}

Result<bool> Calendar::is_working_day(Date date) const {
  RETURN_IF_ERROR(check_known(date));
  return std::binary_search(workdays_.begin(), workdays_.end(), date);
}

Result<Date> Calendar::add_workdays(Date from, int64_t count) const {
  RETURN_IF_ERROR(check_known(from));
  if (count == 0) return from;
  const auto after = std::upper_bound(workdays_.begin(), workdays_.end(), from);
  const auto self = std::lower_bound(workdays_.begin(), workdays_.end(), from);
  if (count > workdays_.end() - after) return unknown(year_of(end_));
  if (count < workdays_.begin() - self) return unknown(year_of(first_) - 1);
  return count > 0 ? after[count - 1] : self[count];
}

Result<int64_t> Calendar::workdays_between(Date from, Date to) const {
  RETURN_IF_ERROR(check_known(from));
  RETURN_IF_ERROR(check_known(to));
  if (to <= from) return 0;
  return std::upper_bound(workdays_.begin(), workdays_.end(), to) -
         std::upper_bound(workdays_.begin(), workdays_.end(), from);
}

Result<std::optional<Timestamp>> Calendar::closing(Date date) const {
  auto working = is_working_day(date);
  if (!working.ok()) return working.error();
  const Windows& windows = windows_of(date);
  if (!*working || windows.empty()) return std::optional<Timestamp>();
  return std::optional(zone_.boundary(date + windows.back().end));
}

}  // namespace jieban
