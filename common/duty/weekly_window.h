// A WeeklyWindow against instants: is it open, from when to when, where does it change.
//
// A window that begins or ends in an hour that the clock skips does so at the jump. In an hour that
// it shows twice a window opens at the first showing and closes at the last, as GoAlert's rules do:
// it is open whenever the clock shows a time within it. Windows that touch are one span. Pure; any
// thread.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "common/calendar/time_zone.h"
#include "common/duty/rota.h"

namespace jieban {

struct TimeSpan {
  Timestamp from;
  Timestamp until;
  bool operator==(const TimeSpan&) const = default;
};

bool is_open(const WeeklyWindow& window, const TimeZone& zone, Timestamp at);
// The span that `at` lies in, else the next one. Empty when it never opens, or never closes.
std::optional<TimeSpan> span_at_or_after(const WeeklyWindow& window, const TimeZone& zone,
                                         Timestamp at);
// The instants in [from, to] at which it may open or close.
void add_changes(const WeeklyWindow& window, const TimeZone& zone, TimeSpan within,
                 std::vector<Timestamp>& out);

struct DayHours {
  int64_t begin = 0;  // as in a WeeklyWindow
  int64_t end = kDaySeconds;
};
// "08:30-20:30", "20:30-08:30"; the same time twice is a whole day from then on.
std::optional<DayHours> parse_day_hours(std::string_view text);

// The hours of one day; also those of a cycle's shift.
TimeSpan hours_of_day(int64_t begin, int64_t end, const TimeZone& zone, Date date);

}  // namespace jieban
