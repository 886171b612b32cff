// Reckoning: when a clock is due, what a pause costs, and when each rung of its ladder is reached.
//
// Pure functions over a limit, instants and a calendar. A year that has no official calendar is
// never guessed: the result is the natural one, and carries a fault that must be told
// ("CALENDAR_MISSING_2027"). Rungs are counted back from the deadline, so that a pause moves those
// that are to come as it moves the deadline. Thread rule: any thread.
#pragma once

#include <optional>
#include <string>

#include "daemons/sla-watcher/clock_rules.h"

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

// A clock as its ladder sees it.
struct ClockSpan {
  Timestamp started_at;
  Timestamp deadline;
  int64_t idle = 0;  // stood still for so much, in the measure of its kind
  CalendarKind kind = CalendarKind::natural;
};

Timestamp rung_time(const ClockSpan& span, uint64_t percent, const Calendar* calendar);

struct Armed {
  uint64_t percent = 0;  // 0: nothing is to come
  Timestamp fires_at;
};

// The lowest rung above `after` percent whose time lies after `past`, or the breach when none does:
// of a clock that is already old when it is first seen, warnings of the past are not told. On time
// is at the deadline or before it (DOMAIN §19, 8): the breach is when it has passed.
struct LadderQuestion {
  const Ladder& ladder;
  ClockKind clock;
  const std::string& order_class;
  const Calendar* calendar;
};
Armed next_rung(const LadderQuestion& question, const ClockSpan& span, uint64_t after,
                std::optional<Timestamp> past);
// The breach again, after it was told `told` times; nothing beyond the ladder's limit.
Armed next_repeat(const Ladder& ladder, Timestamp deadline, uint64_t told);
// The number of the first repeat that lies after `now`, at least 1.
uint64_t first_repeat_after(const Ladder& ladder, Timestamp deadline, Timestamp now);

}  // namespace jieban
