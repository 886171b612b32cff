// TimeZone: what the clock on a wall shows at an instant, and back, by the system's zone tables.
//
// Promises: the tables are those of tzdata, whatever zone the host is set to; daylight saving and
// every change of a zone's past are in them. A reading that the clock shows twice is its first
// showing. A reading that it skips is counted on from the clock before the jump (02:30 becomes
// 03:30), except as a boundary: what begins or ends within the jump does so at the jump. What
// is to end with the last showing of a reading does so at last_boundary().
// What fails and how: load() gives `not_found` for a name that tzdata lacks, and `invalid` for what
// is no name. Nothing else fails.
// Thread rule: immutable and cheap to copy; any number of threads.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "common/base/result.h"
#include "common/calendar/civil.h"

namespace jieban {

// Where the clock is set forward: `from` is the first reading that it skips, `to` the next that it
// shows.
struct ClockJump {
  WallTime from;
  WallTime to;
  bool operator==(const ClockJump&) const = default;
};

class TimeZone {
 public:
  static Result<TimeZone> load(const std::string& name);  // "Asia/Shanghai", "UTC"

  const std::string& name() const;
  WallTime wall(Timestamp at) const;
  Timestamp instant(WallTime wall) const;
  Timestamp boundary(WallTime wall) const;
  Timestamp last_boundary(WallTime wall) const;
  // Those after an instant, up to another one and with it, in their order.
  std::vector<ClockJump> jumps(Timestamp after, Timestamp until) const;

 private:
  struct Impl;
  explicit TimeZone(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}

  std::shared_ptr<const Impl> impl_;
};

}  // namespace jieban
