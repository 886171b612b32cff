#include "common/calendar/calendar_plan.h"

#include <algorithm>

#include "common/config/fields.h"

namespace jieban {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::array<std::string_view, 7> kDayNames = {"mon", "tue", "wed", "thu",
                                                       "fri", "sat", "sun"};

struct DaySet {
  std::string_view word;
  bool official;
  std::array<bool, 7> weekdays;
};

constexpr std::array<DaySet, 3> kDaySets = {{
    {"official", true, {true, true, true, true, true, false, false}},
    {"mon-fri", false, {true, true, true, true, true, false, false}},
    {"every-day", false, {true, true, true, true, true, true, true}},
}};

constexpr std::string_view kDaySetAdvice =
    "working_days is official, mon-fri, every-day, or a list such as [mon, tue]";

std::optional<size_t> day_index(std::string_view name) {
  const auto found = std::find(kDayNames.begin(), kDayNames.end(), name);
  if (found == kDayNames.end()) return std::nullopt;
  return size_t(found - kDayNames.begin());
}

// "09:00" or "09:00:00", up to 24:00.
std::optional<seconds> parse_time_of_day(std::string_view text) {
  if (text.size() == 5) return parse_time_of_day(std::string(text) + ":00");
  if (text.size() != 8 || text[2] != ':' || text[5] != ':') return std::nullopt;
  std::array<int, 3> parts{};
  for (size_t i = 0; i < parts.size(); ++i) {
    const char tens = text[3 * i];
    const char ones = text[3 * i + 1];
    if (tens < '0' || tens > '9' || ones < '0' || ones > '9') return std::nullopt;
    parts[i] = (tens - '0') * 10 + (ones - '0');
  }
  const seconds time = hours(parts[0]) + minutes(parts[1]) + seconds(parts[2]);
  if (parts[1] > 59 || parts[2] > 59 || time > hours(24)) return std::nullopt;
  return time;
}

Result<void> read_working_days(const Node& root, CalendarPlan& plan) {
  auto node = root.required("working_days");
  if (!node.ok()) return node.error();
  if (node->kind() == NodeKind::list) {
    auto items = node->items();
    if (!items.ok()) return items.error();
    for (const Node& item : *items) {
      auto word = item.text();
      if (!word.ok()) return word.error();
      const auto index = day_index(*word);
      if (!index) return item.error("\"" + *word + "\" is no weekday: mon tue wed thu fri sat sun");
      plan.weekdays[*index] = true;
    }
    if (items->empty()) return node->error(kDaySetAdvice);
    return {};
  }
  auto word = node->text();
  if (!word.ok()) return word.error();
  for (const DaySet& set : kDaySets) {
    if (set.word != *word) continue;
    plan.official = set.official;
    plan.weekdays = set.weekdays;
    return {};
  }
  return node->error(kDaySetAdvice);
}

Result<Windows> read_windows(const Node& node) {
  auto items = node.items();
  if (!items.ok()) return items.error();
  Windows windows;
  for (const Node& item : *items) {
    auto text = item.text();
    if (!text.ok()) return text.error();
    const auto window = parse_window(*text);
    if (!window) return item.error("\"" + *text + "\" is no window; write 09:00-12:00");
    windows.push_back(*window);
  }
  std::sort(windows.begin(), windows.end(),
            [](const Window& a, const Window& b) { return a.begin < b.begin; });
  for (size_t i = 1; i < windows.size(); ++i) {
    if (windows[i].begin < windows[i - 1].end) return node.error("two of these windows overlap");
  }
  return windows;
}

Result<void> read_windows_by_weekday(const Node& node, CalendarPlan& plan) {
  auto keys = node.keys();
  if (!keys.ok()) return keys.error();
  for (const std::string& key : *keys) {
    auto list = node.required(key);
    if (!list.ok()) return list.error();
    auto windows = read_windows(*list);
    if (!windows.ok()) return windows.error();
    const auto index = day_index(key);
    if (index) {
      plan.windows[*index] = std::move(*windows);
    } else if (key == "makeup") {
      plan.makeup_windows = std::move(*windows);
    } else {
      return list->error("\"" + key + "\" is no weekday: mon tue wed thu fri sat sun, or makeup");
    }
  }
  return {};
}

Result<void> read_hours(const Node& root, CalendarPlan& plan) {
  const auto by_weekday = root.optional("weekday_windows");
  const auto plain = root.optional("windows");
  if (by_weekday && plain) return by_weekday->error("windows stands here too; keep one of the two");
  if (by_weekday) return read_windows_by_weekday(*by_weekday, plan);
  auto node = root.required("windows");
  if (!node.ok()) return node.error();
  if (node->kind() == NodeKind::map) return read_windows_by_weekday(*node, plan);
  auto windows = read_windows(*node);
  if (!windows.ok()) return windows.error();
  plan.windows.fill(*windows);
  return {};
}

std::optional<std::chrono::month_day> parse_month_day(const std::string& text) {
  // A leap year, so that 02-29 is a day.
  const auto date = parse_date("2000-" + text);
  if (!date) return std::nullopt;
  const std::chrono::year_month_day day(*date);
  return day.month() / day.day();
}

Result<void> read_holidays(const Node& root, CalendarPlan& plan) {
  const auto node = root.optional("holidays");
  if (!node) return {};
  auto items = node->items();
  if (!items.ok()) return items.error();
  for (const Node& item : *items) {
    auto text = item.text();
    if (!text.ok()) return text.error();
    const auto yearly = parse_month_day(*text);
    const auto range = parse_date_range(*text);
    if (yearly) plan.yearly_holidays.push_back(*yearly);
    if (range) plan.holidays.push_back(*range);
    if (!yearly && !range) {
      return item.error("\"" + *text +
                        "\" is no day off; write 2026-05-06, "
                        "2026-07-01/2026-07-03, or 12-25 for each year");
    }
  }
  return {};
}

Result<void> read_makeup(const Node& root, CalendarPlan& plan) {
  const auto node = root.optional("makeup");
  if (!node) return {};
  auto items = node->items();
  if (!items.ok()) return items.error();
  for (const Node& item : *items) {
    auto text = item.text();
    if (!text.ok()) return text.error();
    const auto date = parse_date(*text);
    if (!date) return item.error("\"" + *text + "\" is no date; write 2026-05-09");
    const bool off = std::any_of(plan.holidays.begin(), plan.holidays.end(),
                                 [&](const DateRange& range) { return range.contains(*date); });
    if (off) return item.error(*text + " stands among the holidays too");
    plan.makeup.push_back(*date);
  }
  return {};
}

Result<void> check_hours(const Node& root, const CalendarPlan& plan) {
  size_t count = plan.makeup_windows ? plan.makeup_windows->size() : 0;
  for (const Windows& windows : plan.windows) count += windows.size();
  if (count == 0) return root.error("a calendar needs at least one window");
  const bool idle_weekend = plan.windows[5].empty() || plan.windows[6].empty();
  if (plan.official && !plan.makeup_windows && idle_weekend) {
    return root.error(
        "make-up working days fall on weekends: give windows for sat and sun, or "
        "for makeup");
  }
  return {};
}

}  // namespace

std::optional<Window> parse_window(std::string_view text) {
  const size_t dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto begin = parse_time_of_day(text.substr(0, dash));
  const auto end = parse_time_of_day(text.substr(dash + 1));
  // "08:00-08:00" could be nothing, or a whole day.
  if (!begin || !end || *begin == hours(24) || *begin == *end) return std::nullopt;
  return Window{*begin, *end > *begin ? *end : *end + hours(24)};
}

Result<CalendarPlan> read_calendar_plan(const Document& document) {
  const Node root = document.root();
  RETURN_IF_ERROR(root.only_keys(
      {"name", "timezone", "working_days", "windows", "weekday_windows", "holidays", "makeup"}));
  CalendarPlan plan;
  auto name = required_text(root, "name");
  if (!name.ok()) return name.error();
  plan.name = *name;
  auto zone = optional_text(root, "timezone");
  if (!zone.ok()) return zone.error();
  if (*zone) plan.timezone = **zone;
  RETURN_IF_ERROR(read_working_days(root, plan));
  RETURN_IF_ERROR(read_hours(root, plan));
  RETURN_IF_ERROR(read_holidays(root, plan));
  RETURN_IF_ERROR(read_makeup(root, plan));
  RETURN_IF_ERROR(check_hours(root, plan));
  return plan;
}

}  // namespace jieban
