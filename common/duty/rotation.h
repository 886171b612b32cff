// A Rotation against instants: whose turn it is, and when the next one begins.
//
// Turns are counted on the wall clock: a daily hand-over at 08:00 stays at 08:00 when the clock is
// set forward or back. A hand-over in an hour that the clock skips takes place at the jump; in one
// that it shows twice, at the first showing. Hand-overs that a jump puts on one instant are one: a
// turn that it swallows whole is nobody's, and the next person has the next turn. A month that
// lacks the day has its last one. Before its start a rotation runs as after it. Costs some steps
// for each change of the zone's clock between the start and the instant. Pure; any thread.
#pragma once

#include <cstdint>
#include <vector>

#include "common/calendar/time_zone.h"
#include "common/duty/weekly_window.h"

namespace jieban {

struct Turn {
  int64_t number = 0;  // 0 is the one that begins at the rotation's start
  Timestamp from;
  Timestamp until;
  bool operator==(const Turn&) const = default;
};

// The turn that runs at an instant.
Turn turn_at(const Rotation& rotation, const TimeZone& zone, Timestamp at);
// The first hand-over after an instant.
Timestamp next_handoff(const Rotation& rotation, const TimeZone& zone, Timestamp after);
// nullptr when nobody is in it.
const PersonId* person_at(const Rotation& rotation, const TimeZone& zone, Timestamp at);
// The instants in a span at which the turn may change.
void add_changes(const Rotation& rotation, const TimeZone& zone, TimeSpan within,
                 std::vector<Timestamp>& out);

}  // namespace jieban
