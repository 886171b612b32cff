#include "common/duty/duty_cycle.h"

#include <algorithm>

namespace jieban {
namespace {

using std::chrono::days;

// The code of a person on a date. REQUIRES: a pattern.
const std::string& code_on(const DutyCycle& cycle, size_t person, Date date) {
  const auto count = int64_t(cycle.pattern.size());
  const int64_t day = (date.time_since_epoch().count() - cycle.first_day - int64_t(person)) % count;
  return cycle.pattern[size_t((day + count) % count)];
}

const CycleShift* shift_on(const DutyCycle& cycle, size_t person, Date date) {
  const auto found =
      std::ranges::find(cycle.shifts, code_on(cycle, person, date), &CycleShift::code);
  return found == cycle.shifts.end() ? nullptr : &*found;
}

// nullptr when the person has no shift then.
const CycleShift* shift_at(const DutyCycle& cycle, size_t person, const TimeZone& zone,
                           Timestamp at) {
  const Date today = date_of(zone.wall(at));
  for (Date date = today - days(1); date <= today; date += days(1)) {
    const CycleShift* shift = shift_on(cycle, person, date);
    if (shift == nullptr) continue;
    const TimeSpan hours = hours_of_day(shift->begin, shift->end, zone, date);
    if (covers(hours.from, hours.until, at)) return shift;
  }
  return nullptr;
}

}  // namespace

std::vector<CycleDuty> cycle_at(const DutyCycle& cycle, const TimeZone& zone, Timestamp at) {
  std::vector<CycleDuty> found;
  if (cycle.pattern.empty()) return found;
  for (size_t i = 0; i < cycle.persons.size(); ++i) {
    const CycleShift* shift = shift_at(cycle, i, zone, at);
    if (shift != nullptr) found.push_back({&cycle.persons[i], shift});
  }
  return found;
}

void add_changes(const DutyCycle& cycle, const TimeZone& zone, TimeSpan within,
                 std::vector<Timestamp>& out) {
  for (const CycleShift& shift : cycle.shifts) {
    add_changes(WeeklyWindow{kEveryDay, shift.begin, shift.end}, zone, within, out);
  }
}

}  // namespace jieban
