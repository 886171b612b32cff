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

WallTime turn_start(const Rotation& rotation, WallTime start, int64_t turn) {
  const int64_t units = turn * length_of(rotation);
  if (rotation.unit == RotationUnit::monthly) return add_months(start, units);
  return start + seconds(units * unit_seconds(rotation.unit));
}

// By the wall clock alone; where it jumps, a turn or two beside the right one.
int64_t near_turn(const Rotation& rotation, WallTime start, WallTime wall) {
  if (rotation.unit == RotationUnit::monthly) {
    const months passed = month_of(date_of(wall)) - month_of(date_of(start));
    return floor_divide(passed.count(), length_of(rotation));
  }
  const auto passed = std::chrono::floor<seconds>(wall - start).count();
  return floor_divide(passed, length_of(rotation) * unit_seconds(rotation.unit));
}

}  // namespace

Timestamp handoff(const Rotation& rotation, const TimeZone& zone, int64_t turn) {
  if (turn == 0) return rotation.start;
  return zone.boundary(turn_start(rotation, zone.wall(rotation.start), turn));
}

int64_t turn_at(const Rotation& rotation, const TimeZone& zone, Timestamp at) {
  int64_t turn = near_turn(rotation, zone.wall(rotation.start), zone.wall(at));
  while (handoff(rotation, zone, turn) > at) --turn;
  while (handoff(rotation, zone, turn + 1) <= at) ++turn;
  return turn;
}

Timestamp next_handoff(const Rotation& rotation, const TimeZone& zone, Timestamp after) {
  return handoff(rotation, zone, turn_at(rotation, zone, after) + 1);
}

const PersonId* person_at(const Rotation& rotation, const TimeZone& zone, Timestamp at) {
  if (rotation.persons.empty()) return nullptr;
  const auto count = int64_t(rotation.persons.size());
  const int64_t turn = turn_at(rotation, zone, at) % count;
  return &rotation.persons[size_t((turn + count) % count)];
}

void add_changes(const Rotation& rotation, const TimeZone& zone, TimeSpan within,
                 std::vector<Timestamp>& out) {
  Timestamp at = next_handoff(rotation, zone, within.from);
  for (; at <= within.until; at = next_handoff(rotation, zone, at)) out.push_back(at);
}

}  // namespace jieban
