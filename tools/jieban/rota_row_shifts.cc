#include "tools/jieban/rota_row_shifts.h"

#include <algorithm>
#include <tuple>

#include "common/duty/rotation.h"

namespace jieban {
namespace {

using std::chrono::minutes;

// Since when a rule without a break has the person on duty whom it has at an instant at which its
// window is open. Who is alone in a rotation has no turn that begins.
Timestamp running_since(const DutyRule& rule, const TimeZone& zone, Timestamp at) {
  const auto span = span_at_or_after(rule.window, zone, at);
  Timestamp since = span ? span->from : at;
  if (!rule.rotation) return since;
  if (rule.rotation->persons.size() < 2) return at;
  const auto own = TimeZone::load(rule.rotation->time_zone.value_or(zone.name()));
  return own.ok() ? std::max(since, turn_at(*rule.rotation, *own, at).from) : at;
}

// Of the rules only what runs at an instant: shifts from their beginning until just behind it.
Rota running_rota(const Rota& rota, Timestamp at) {
  Rota running;
  running.id = rota.id;
  const auto zone = TimeZone::load(rota.time_zone);
  if (!zone.ok()) return running;
  for (const DutyRule& rule : rota.rules) {
    Rota alone;
    alone.time_zone = rota.time_zone;
    alone.rules = {rule};
    for (const PersonId& person : on_duty(alone, at)) {
      running.dates.push_back({person, running_since(rule, *zone, at), at + minutes(1), 0});
    }
  }
  return running;
}

template <class Change>
void keep_running(std::vector<Change>& changes, Timestamp at) {
  std::erase_if(changes,
                [&](const Change& change) { return !covers(change.from, change.until, at); });
}

RotaChanges running_changes(RotaChanges changes, Timestamp at) {
  keep_running(changes.overrides, at);
  keep_running(changes.temporary, at);
  for (TemporarySchedule& schedule : changes.temporary) keep_running(schedule.shifts, at);
  return changes;
}

template <class Change>
Timestamp first_from(const std::vector<Change>& changes, Timestamp first) {
  for (const Change& change : changes) first = std::min(first, change.from);
  return first;
}

// Whoever is on duty at an instant, with the true beginnings.
std::vector<Shift> running_shifts(const RotaRow& row, Timestamp at) {
  const Rota rota = running_rota(row.rota, at);
  const RotaChanges changes = running_changes(row.changes, at);
  Timestamp first = first_from(rota.dates, at);
  first = first_from(changes.overrides, first);
  for (const TemporarySchedule& each : changes.temporary) first = first_from(each.shifts, first);
  return shifts(rota, changes, first, at + minutes(1));
}

std::vector<Shift> without_history(const RotaRow& row) {
  auto all = shifts(row.rota, row.changes, row.from, row.until);
  const auto running = running_shifts(row, row.from);
  for (Shift& shift : all) {
    if (shift.start != row.from) continue;
    for (const Shift& each : running) {
      const bool same = each.person == shift.person && each.end > row.from;
      if (same) shift.start = each.start;
    }
  }
  return all;
}

std::vector<Shift> with_past(const RotaRow& row) {
  DutyHistory history = *row.history;
  const Timestamp first = std::min(history.now, row.from);
  std::erase_if(history.shifts,
                [&](const PastShift& past) { return past.end && *past.end <= first; });
  history.now += minutes(1);
  auto all = shifts(row.rota, row.changes, first, row.until, &history);
  std::erase_if(all, [&](const Shift& shift) { return shift.end <= row.from; });
  return all;
}

}  // namespace

std::vector<Shift> shifts_of(const RotaRow& row) {
  if (row.until <= row.from) return {};
  auto all = row.history ? with_past(row) : without_history(row);
  std::erase_if(all, [](const Shift& shift) { return shift.person.empty(); });
  std::ranges::sort(all, {},
                    [](const Shift& shift) { return std::tie(shift.start, shift.person); });
  return all;
}

}  // namespace jieban
