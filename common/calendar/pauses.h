// A budget of working time that stands still now and then: what of it is used, and when it is due.
//
// Promises: time within a pause costs nothing, so that a pause moves the due instant by exactly the
// working time in it. A budget that is used up exactly when a pause begins is due before it.
// Pauses are in order and do not overlap; one that has not ended yet ends at kTimestampMax: then
// nothing that would be due after its beginning is due at all (`refused`).
// What fails and how: as in calendar.h, `invalid` for pauses that are out of order. Pure; any
// thread.
#pragma once

#include <vector>

#include "common/calendar/calendar.h"

namespace jieban {

struct Pause {
  Timestamp from;
  Timestamp to = kTimestampMax;
};

using Pauses = std::vector<Pause>;

// Working time from `from` to `to` outside of the pauses.
Result<Duration> used_between(const Calendar& calendar, Timestamp from, Timestamp to,
                              const Pauses& pauses);
// REQUIRES: budget >= 0.
Result<Timestamp> due_after(const Calendar& calendar, Timestamp start, Duration budget,
                            const Pauses& pauses);

}  // namespace jieban
