#include "common/duty/weekly_window.h"

#include <string>

#include "common/calendar/calendar_plan.h"

namespace jieban {
namespace {

using std::chrono::days;
using std::chrono::seconds;

// The longest way back to where an open span began, and on to the end of the next one: six days of
// the week, and a week with six days behind it.
constexpr days kBack{8};
constexpr days kAhead{16};

bool is_day(const WeeklyWindow& window, Date date) {
  return (window.weekdays >> weekday_of(date) & 1U) != 0;
}

bool is_endless(const WeeklyWindow& window) {
  return (window.weekdays & kEveryDay) == kEveryDay && window.end - window.begin >= kDaySeconds;
}

}  // namespace

std::optional<DayHours> parse_day_hours(std::string_view text) {
  const size_t dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const std::string_view begin = text.substr(0, dash);
  const bool whole_day = begin == text.substr(dash + 1);
  // A calendar takes no window from a time to the same: to it, that may be nothing.
  const auto window = parse_window(whole_day ? std::string(begin) + "-24:00" : std::string(text));
  if (!window) return std::nullopt;
  const int64_t from = window->begin.count();
  return DayHours{from, whole_day ? from + kDaySeconds : window->end.count()};
}

TimeSpan hours_of_day(int64_t begin, int64_t end, const TimeZone& zone, Date date) {
  return {zone.boundary(date + seconds(begin)), zone.last_boundary(date + seconds(end))};
}

bool is_open(const WeeklyWindow& window, const TimeZone& zone, Timestamp at) {
  const Date today = date_of(zone.wall(at));
  for (Date date = today - days(1); date <= today; date += days(1)) {
    if (!is_day(window, date)) continue;
    const TimeSpan hours = hours_of_day(window.begin, window.end, zone, date);
    if (covers(hours.from, hours.until, at)) return true;
  }
  return false;
}

std::optional<TimeSpan> span_at_or_after(const WeeklyWindow& window, const TimeZone& zone,
                                         Timestamp at) {
  if (is_endless(window)) return std::nullopt;
  const Date today = date_of(zone.wall(at));
  std::optional<TimeSpan> span;
  for (Date date = today - kBack; date < today + kAhead; date += days(1)) {
    if (!is_day(window, date)) continue;
    const TimeSpan hours = hours_of_day(window.begin, window.end, zone, date);
    if (span && span->until >= hours.from) {
      span->until = hours.until;
      continue;
    }
    if (span && span->until > at) return span;
    span = hours;
  }
  return span && span->until > at ? span : std::nullopt;
}

void add_changes(const WeeklyWindow& window, const TimeZone& zone, TimeSpan within,
                 std::vector<Timestamp>& out) {
  const Date last = date_of(zone.wall(within.until));
  for (Date date = date_of(zone.wall(within.from)) - days(1); date <= last; date += days(1)) {
    if (!is_day(window, date)) continue;
    const TimeSpan hours = hours_of_day(window.begin, window.end, zone, date);
    out.push_back(hours.from);
    out.push_back(hours.until);
  }
}

}  // namespace jieban
