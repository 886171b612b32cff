#include "common/alerting/time_interval.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "common/calendar/civil.h"
#include "common/config/scalar.h"

namespace jieban {
namespace {

using std::chrono::days;
using std::chrono::minutes;

constexpr int64_t kMinutesOfDay = 24 * 60;
constexpr int kSearchDays = 400;  // a yearly interval comes again within it

constexpr std::array<std::string_view, 7> kWeekdays = {"mon", "tue", "wed", "thu",
                                                       "fri", "sat", "sun"};

struct Bounds {
  std::string_view what;
  std::vector<NumberRange> TimeInterval::*list;
  int64_t least;
  int64_t most;
  bool may_wrap;
};

constexpr std::array<Bounds, 5> kBounds = {{
    {"times", &TimeInterval::minutes, 0, kMinutesOfDay, true},
    {"weekdays", &TimeInterval::weekdays, 0, 6, true},
    {"days_of_month", &TimeInterval::days_of_month, -31, 31, true},
    {"months", &TimeInterval::months, 1, 12, true},
    {"years", &TimeInterval::years, 1970, 2999, false},
}};

struct Day {
  int64_t weekday;
  int64_t day;
  int64_t day_count;  // of its month
  int64_t month;
  int64_t year;
};

Day day_of(Date date) {
  const std::chrono::year_month_day civil(std::chrono::sys_days(date.time_since_epoch()));
  const std::chrono::year_month_day_last last(civil.year() / civil.month() / std::chrono::last);
  return {int64_t(weekday_of(date)), int64_t(unsigned(civil.day())), int64_t(unsigned(last.day())),
          int64_t(unsigned(civil.month())), int64_t(int(civil.year()))};
}

bool in_range(const NumberRange& range, int64_t value) {
  if (range.first <= range.last) return range.first <= value && value <= range.last;
  return value >= range.first || value <= range.last;
}

bool in_any(const std::vector<NumberRange>& ranges, int64_t value) {
  return ranges.empty() || std::ranges::any_of(ranges, [&](const NumberRange& each) {
           return in_range(each, value);
         });
}

bool in_days_of_month(const std::vector<NumberRange>& ranges, const Day& day) {
  auto counted = [&](int64_t n) { return n < 0 ? day.day_count + n + 1 : n; };
  return ranges.empty() || std::ranges::any_of(ranges, [&](const NumberRange& each) {
           return counted(each.first) <= day.day && day.day <= counted(each.last);
         });
}

bool holds_on(const TimeInterval& interval, Date date) {
  const Day day = day_of(date);
  return in_any(interval.weekdays, day.weekday) && in_any(interval.months, day.month) &&
         in_any(interval.years, day.year) && in_days_of_month(interval.days_of_month, day);
}

bool holds_at(const TimeInterval& interval, WallTime wall) {
  const Date date = date_of(wall);
  if (interval.minutes.empty()) return holds_on(interval, date);
  const int64_t minute = std::chrono::floor<minutes>(wall - date).count();
  return std::ranges::any_of(interval.minutes, [&](const NumberRange& each) {
    const bool over_midnight = each.last < each.first;
    const bool today = each.first <= minute && (over_midnight || minute < each.last);
    const bool of_yesterday = over_midnight && minute < each.last;
    return (today && holds_on(interval, date)) ||
           (of_yesterday && holds_on(interval, date - days(1)));
  });
}

Result<void> check_bounds(const TimeInterval& interval) {
  for (const Bounds& bounds : kBounds) {
    for (const NumberRange& range : interval.*bounds.list) {
      const bool within = bounds.least <= std::min(range.first, range.last) &&
                          std::max(range.first, range.last) <= bounds.most;
      if (!within || (!bounds.may_wrap && range.first > range.last)) {
        return invalid("a range of " + std::string(bounds.what) + " lies outside " +
                       std::to_string(bounds.least) + " to " + std::to_string(bounds.most));
      }
    }
  }
  for (const NumberRange& range : interval.minutes) {
    if (range.first == range.last) return invalid("a time ends when it begins");
  }
  return {};
}

std::optional<int64_t> minute_of(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  auto digit = [&](size_t at) { return text[at] - '0'; };
  for (size_t at : {0U, 1U, 3U, 4U}) {
    if (digit(at) < 0 || digit(at) > 9) return std::nullopt;
  }
  const int64_t hour = digit(0) * 10 + digit(1);
  const int64_t minute = digit(3) * 10 + digit(4);
  if (minute > 59 || hour * 60 + minute > kMinutesOfDay) return std::nullopt;
  return hour * 60 + minute;
}

std::optional<int64_t> weekday_number(std::string_view text) {
  const auto found = std::ranges::find(kWeekdays, text);
  if (found == kWeekdays.end()) return std::nullopt;
  return found - kWeekdays.begin();
}

std::optional<int64_t> number_of(std::string_view text) {
  auto number = parse_integer(text);
  return number.ok() ? std::optional(*number) : std::nullopt;
}

template <class Parse>
Result<NumberRange> parse_range(std::string_view text, char between, Parse parse,
                                std::string_view wanted) {
  const size_t at = text.find(between, 1);  // not the sign of a negative number
  const auto first = parse(text.substr(0, at));
  const auto last = at == std::string_view::npos ? first : parse(text.substr(at + 1));
  if (!first || !last) return invalid("'" + std::string(text) + "' is not " + std::string(wanted));
  return NumberRange{*first, *last};
}

}  // namespace

Result<NumberRange> parse_time_range(std::string_view text) {
  return parse_range(text, '-', minute_of, "a time such as 22:00-07:00");
}

Result<NumberRange> parse_weekday_range(std::string_view text) {
  return parse_range(text, ':', weekday_number, "a weekday such as sat or mon:fri");
}

Result<NumberRange> parse_number_range(std::string_view text) {
  return parse_range(text, ':', number_of, "a number or a range such as 1:15 or -3:-1");
}

Result<TimeIntervals> TimeIntervals::make(const NamedIntervals& named) {
  TimeIntervals made;
  for (const auto& [name, list] : named) {
    std::vector<Zoned>& zoned = made.named_[name];
    for (const TimeInterval& interval : list) {
      auto checked = check_bounds(interval);
      if (!checked.ok()) return checked.error().context(name);
      auto zone = TimeZone::load(interval.zone);
      if (!zone.ok()) return zone.error().context(name);
      zoned.push_back({interval, std::move(*zone)});
    }
  }
  return made;
}

bool TimeIntervals::is_inside(const std::string& name, Timestamp at) const {
  const auto found = named_.find(name);
  return found != named_.end() && std::ranges::any_of(found->second, [&](const Zoned& each) {
           return holds_at(each.interval, each.zone.wall(at));
         });
}

std::vector<std::string> TimeIntervals::inside(const std::vector<std::string>& names,
                                               Timestamp at) const {
  std::vector<std::string> holding;
  for (const std::string& name : names) {
    if (is_inside(name, at)) holding.push_back(name);
  }
  return holding;
}

// Nothing changes but at midnight or at the end of a time: these few instants a day are tried.
Timestamp TimeIntervals::next_change(const std::string& name, Timestamp at, Timestamp until) const {
  const auto found = named_.find(name);
  if (found == named_.end()) return kTimestampMax;
  const bool now = is_inside(name, at);
  for (int day = 0; day < kSearchDays; ++day) {
    // The day `day` days on begins no earlier than this.
    if (at + days(day - 1) > until) break;
    std::set<Timestamp> candidates;
    for (const Zoned& each : found->second) {
      const Date date = date_of(each.zone.wall(at)) + days(day);
      candidates.insert(each.zone.boundary(date));
      for (const NumberRange& range : each.interval.minutes) {
        for (int64_t minute : {range.first, range.last}) {
          candidates.insert(each.zone.boundary(date + minutes(minute)));
        }
      }
    }
    for (Timestamp candidate : candidates) {
      if (candidate > at && is_inside(name, candidate) != now) return candidate;
    }
  }
  return kTimestampMax;
}

Timestamp TimeIntervals::opening(const std::string& name, Timestamp at) const {
  if (!has(name) || is_inside(name, at)) return at;
  const Timestamp next = next_change(name, at);
  return next == kTimestampMax ? at : next;
}

}  // namespace jieban
