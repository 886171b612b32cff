// CalendarPlan: what a calendar file says, before any time zone or year has been looked up.
//
//     name: 街道办公时间
//     timezone: Asia/Shanghai                    # default
//     working_days: official                     # or mon-fri, every-day, [mon, tue, ...]
//     windows: ["09:00-12:00", "13:30-17:30"]    # or by weekday: {mon: [...], makeup: [...]}
//     holidays: ["2026-05-06", "2026-07-01/2026-07-03", "12-25"]   # optional, further days off
//     makeup: ["2026-05-09"]                                       # optional, further working days
//
// `weekday_windows` is another name for `windows` by weekday. A window that ends at or before its
// beginning ends on the next day, and belongs to the day on which it starts. "24:00" is an end.
// By weekday, a day without an entry has no hours; `makeup` gives those of make-up working days,
// which else have their weekday's.
// What fails and how: read_calendar_plan gives `invalid` with file:line:column: unknown keys and
// words, windows of a day that overlap, a plan without any window or any working day, a date that
// is both holiday and make-up day. Thread rule: plain values.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "common/calendar/date_range.h"
#include "common/config/document.h"

namespace jieban {

// From midnight of the day on which it starts.
struct Window {
  std::chrono::seconds begin{0};  // < 24 h
  std::chrono::seconds end{0};    // > begin, and at most begin + 24 h
};

using Windows = std::vector<Window>;  // in order, without overlap

struct CalendarPlan {
  std::string name;
  std::string timezone = "Asia/Shanghai";
  bool official = false;
  std::array<bool, 7> weekdays{};  // Monday first; those of `official` are Monday to Friday
  std::array<Windows, 7> windows;
  std::optional<Windows> makeup_windows;
  std::vector<DateRange> holidays;
  std::vector<std::chrono::month_day> yearly_holidays;
  std::vector<Date> makeup;
};

Result<CalendarPlan> read_calendar_plan(const Document& document);
// "09:00-12:00", "22:00-06:00", "00:00-24:00"; seconds may be written too. nullopt for all else.
std::optional<Window> parse_window(std::string_view text);

}  // namespace jieban
