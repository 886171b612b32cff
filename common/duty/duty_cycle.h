// A DutyCycle against instants: who has a shift of it, and where that changes.
//
// A shift belongs to the day on which it starts. Before its first day a cycle runs as after it;
// more persons than days of the pattern means that some share their shifts. Pure; any thread.
#pragma once

#include <vector>

#include "common/calendar/time_zone.h"
#include "common/duty/weekly_window.h"

namespace jieban {

struct CycleDuty {
  const PersonId* person;
  const CycleShift* shift;
};

// In the order of the cycle's persons; empty when nobody has a shift.
std::vector<CycleDuty> cycle_at(const DutyCycle& cycle, const TimeZone& zone, Timestamp at);
// The instants in a span at which a shift may begin or end.
void add_changes(const DutyCycle& cycle, const TimeZone& zone, TimeSpan within,
                 std::vector<Timestamp>& out);

}  // namespace jieban
