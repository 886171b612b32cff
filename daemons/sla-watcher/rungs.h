// When each rung of a clock's ladder is reached, and which one comes next.
//
// Rungs are counted back from the deadline, so that a pause moves those that are to come as it
// moves the deadline. Pure functions; any thread.
#pragma once

#include <optional>
#include <string>

#include "common/clocks/reckoning.h"
#include "daemons/sla-watcher/clock_rules.h"

namespace jieban {

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
