#include "common/duty/rotation.h"

#include <algorithm>

namespace jieban {
namespace {

using std::chrono::months;
using std::chrono::seconds;
using std::chrono::year_month;
using std::chrono::year_month_day;
using std::chrono::year_month_day_last;

constexpr int64_t kHourSeconds = 3600;

// Of hourly, daily and weekly, on the wall clock.
constexpr int64_t unit_seconds(RotationUnit unit) {
  return unit == RotationUnit::hourly
             ? kHourSeconds
             : (unit == RotationUnit::daily ? kDaySeconds : 7 * kDaySeconds);
}

// A rotation that was decoded may have any length; none of a turn is longer than a century.
int64_t length_of(const Rotation& rotation) {
  constexpr uint64_t kLengthMax = 100 * 366 * 24;
  return int64_t(std::clamp<uint64_t>(rotation.length, 1, kLengthMax));
}

int64_t floor_divide(int64_t value, int64_t by) {
  return value >= 0 ? value / by : -((by - 1 - value) / by);
}

year_month month_of(Date date) {
  const year_month_day day(date);
  return day.year() / day.month();
}

WallTime add_months(WallTime start, int64_t count) {
  const Date date = date_of(start);
  const year_month month = month_of(date) + months(count);
  const auto last = year_month_day_last(month.year(), std::chrono::month_day_last(month.month()));
  const auto day = std::min(year_month_day(date).day(), last.day());
  return Date(month / day) + (start - date);
}

// Slots are counted on the wall clock alone: slot 0 begins at the rotation's start.
WallTime slot_start(const Rotation& rotation, WallTime start, int64_t slot) {
  const int64_t units = slot * length_of(rotation);
  if (rotation.unit == RotationUnit::monthly) return add_months(start, units);
  return start + seconds(units * unit_seconds(rotation.unit));
}

// The last slot that begins at a reading or before; of months perhaps the one before or behind it.
int64_t slot_of(const Rotation& rotation, WallTime start, WallTime wall) {
  if (rotation.unit == RotationUnit::monthly) {
    const months passed = month_of(date_of(wall)) - month_of(date_of(start));
    return floor_divide(passed.count(), length_of(rotation));
  }
  const auto passed = std::chrono::floor<seconds>(wall - start).count();
  return floor_divide(passed, length_of(rotation) * unit_seconds(rotation.unit));
}

Timestamp slot_begin(const Rotation& rotation, const TimeZone& zone, int64_t slot) {
  if (slot == 0) return rotation.start;
  return zone.boundary(slot_start(rotation, zone.wall(rotation.start), slot));
}

// Where the clock jumps, the one of the wall clock is a slot or two beside the right one.
int64_t slot_at(const Rotation& rotation, const TimeZone& zone, Timestamp at) {
  int64_t slot = slot_of(rotation, zone.wall(rotation.start), zone.wall(at));
  while (slot_begin(rotation, zone, slot) > at) --slot;
  while (slot_begin(rotation, zone, slot + 1) <= at) ++slot;
  return slot;
}

// No clock is set forward by more.
constexpr int64_t kJumpSecondsMax = 26 * kHourSeconds;

// The slots between two instants that begin and end at one jump of the clock.
int64_t swallowed(const Rotation& rotation, const TimeZone& zone, Timestamp after,
                  Timestamp until) {
  const bool long_ones = rotation.unit == RotationUnit::monthly ||
                         length_of(rotation) * unit_seconds(rotation.unit) > kJumpSecondsMax;
  if (long_ones) return 0;
  const WallTime start = zone.wall(rotation.start);
  int64_t count = 0;
  for (const ClockJump& jump : zone.jumps(after, until)) {
    // Those that begin at a reading of the jump, its end included: all but one come to nothing.
    const int64_t begun =
        slot_of(rotation, start, jump.to) - slot_of(rotation, start, jump.from - Duration(1));
    count += std::max<int64_t>(begun - 1, 0);
  }
  return count;
}

}  // namespace

Turn turn_at(const Rotation& rotation, const TimeZone& zone, Timestamp at) {
  const int64_t slot = slot_at(rotation, zone, at);
  const int64_t number = slot < 0 ? slot + swallowed(rotation, zone, at, rotation.start)
                                  : slot - swallowed(rotation, zone, rotation.start, at);
  return {number, slot_begin(rotation, zone, slot), slot_begin(rotation, zone, slot + 1)};
}

Timestamp next_handoff(const Rotation& rotation, const TimeZone& zone, Timestamp after) {
  return slot_begin(rotation, zone, slot_at(rotation, zone, after) + 1);
}

const PersonId* person_at(const Rotation& rotation, const TimeZone& zone, Timestamp at) {
  if (rotation.persons.empty()) return nullptr;
  const auto count = int64_t(rotation.persons.size());
  const int64_t turn = turn_at(rotation, zone, at).number % count;
  return &rotation.persons[size_t((turn + count) % count)];
}

void add_changes(const Rotation& rotation, const TimeZone& zone, TimeSpan within,
                 std::vector<Timestamp>& out) {
  Timestamp at = next_handoff(rotation, zone, within.from);
  for (; at <= within.until; at = next_handoff(rotation, zone, at)) out.push_back(at);
}

}  // namespace jieban
