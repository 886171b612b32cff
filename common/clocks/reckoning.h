// Reckoning: when a clock is due, and what a pause costs.
//
// Pure functions over a limit, instants and a calendar. A year that has no official calendar is
// never guessed: the result is the natural one, and carries a fault that must be told
// ("CALENDAR_MISSING_2027"). Thread rule: any thread.
#pragma once

#include <string>

#include "common/calendar/calendar.h"
#include "common/clocks/class_rules.h"

namespace jieban {

struct Reckoned {
  Timestamp at;
  std::string fault{};  // empty: none; else a code
};

// Where a clock that is started at `at` begins to run: there, or on its next from_day.
Timestamp start_of(const ClockLimit& limit, Timestamp at);
// REQUIRES: the limit is not before_due. `calendar` may be null while all clocks are natural.
Reckoned reckon(const ClockLimit& limit, Timestamp start, const Calendar* calendar);

// What passes from `from` to `to`: microseconds of natural or of working time, or dates.
struct Passed {
  int64_t amount = 0;
  std::string fault{};
};
Passed passed_between(CalendarKind kind, Timestamp from, Timestamp to, const Calendar* calendar);
// `deadline` with so much added to it.
Reckoned put_off(CalendarKind kind, Timestamp deadline, int64_t amount, const Calendar* calendar);

}  // namespace jieban
