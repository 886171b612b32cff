#include "common/duty/roster.h"

#include <algorithm>

#include "common/duty/duty_cycle.h"
#include "common/duty/overrides.h"
#include "common/duty/rotation.h"

namespace jieban {
namespace {

std::optional<TimeZone> zone_of(const std::string& name) {
  auto zone = TimeZone::load(name);
  return zone.ok() ? std::optional(std::move(*zone)) : std::nullopt;
}

// Rows of the highest priority seen so far.
class TopLayer {
 public:
  void add(uint64_t priority, OnDuty row) {
    if (rows_.empty() || priority > priority_) {
      rows_.clear();
      priority_ = priority;
    }
    if (priority == priority_) rows_.push_back(std::move(row));
  }
  std::vector<OnDuty> take() { return std::move(rows_); }

 private:
  uint64_t priority_ = 0;
  std::vector<OnDuty> rows_;
};

template <class Row>
void add_ends(const std::vector<Row>& rows, std::vector<Timestamp>& out) {
  for (const Row& row : rows) {
    out.push_back(row.from);
    out.push_back(row.until);
  }
}

bool holds(const ShiftSwap& swap, Timestamp at) {
  const bool back =
      swap.back_from && swap.back_until && covers(*swap.back_from, *swap.back_until, at);
  return back || covers(swap.from, swap.until, at);
}

}  // namespace

Roster::Roster(const Rota& rota, const RotaChanges& changes)
    : rota_(rota), changes_(changes), zone_(zone_of(rota.time_zone)) {
  for (const DutyRule& rule : rota.rules) {
    const bool own = rule.rotation && rule.rotation->time_zone;
    zones_.push_back({zone_, own ? zone_of(*rule.rotation->time_zone) : zone_});
  }
}

std::vector<OnDuty> Roster::by_rule(size_t rule, Timestamp at) const {
  const DutyRule& asked = rota_.rules[rule];
  const RuleZones& zones = zones_[rule];
  std::vector<OnDuty> rows;
  if (!zones.window || !zones.rotation) return rows;
  if (asked.cycle) {
    for (const CycleDuty& each : cycle_at(*asked.cycle, *zones.window, at)) {
      rows.push_back({*each.person, DutyOrigin::rule, std::nullopt, each.shift->name});
    }
    return rows;
  }
  if (!is_open(asked.window, *zones.window, at)) return rows;
  if (asked.rotation) {
    const PersonId* person = person_at(*asked.rotation, *zones.rotation, at);
    if (person != nullptr) rows.push_back({*person});
    return rows;
  }
  for (const PersonId& person : asked.persons) rows.push_back({person});
  return rows;
}

std::vector<OnDuty> Roster::by_layers(Timestamp at) const {
  TopLayer layer;
  for (size_t i = 0; i < rota_.rules.size(); ++i) {
    for (OnDuty& row : by_rule(i, at)) layer.add(rota_.rules[i].priority, std::move(row));
  }
  for (const DatedShift& shift : rota_.dates) {
    if (!covers(shift.from, shift.until, at)) continue;
    layer.add(shift.priority, {shift.person, DutyOrigin::date});
  }
  return layer.take();
}

bool Roster::in_temporary(Timestamp at, std::vector<OnDuty>& rows) const {
  bool found = false;
  for (const TemporarySchedule& schedule : changes_.temporary) {
    if (schedule.rota != rota_.id || !covers(schedule.from, schedule.until, at)) continue;
    found = true;
    for (const DatedShift& shift : schedule.shifts) {
      if (!covers(shift.from, shift.until, at)) continue;
      rows.push_back({shift.person, DutyOrigin::temporary});
    }
  }
  return found;
}

std::vector<OnDuty> Roster::at(Timestamp at) const {
  std::vector<OnDuty> rows;
  const bool temporary = in_temporary(at, rows);
  if (!temporary) rows = by_layers(at);
  std::vector<const ShiftSwap*> swaps;
  for (const ShiftSwap& swap : changes_.swaps) {
    if (swap.rota == rota_.id && holds(swap, at)) swaps.push_back(&swap);
  }
  apply_swaps(swaps, at, rows);
  std::vector<const DutyOverride*> overrides;
  for (const DutyOverride& each : changes_.overrides) {
    const bool ours = each.rota == rota_.id && covers(each.from, each.until, at);
    if (ours && !temporary) overrides.push_back(&each);
  }
  apply_overrides(std::move(overrides), rows);
  drop_absent(changes_.leaves, at, rows);
  return rows;
}

bool Roster::needs_cover(Timestamp at) const {
  if (rota_.cover.empty() || !zone_) return true;
  return std::ranges::any_of(
      rota_.cover, [&](const WeeklyWindow& window) { return is_open(window, *zone_, at); });
}

void Roster::add_rule_changes(TimeSpan within, std::vector<Timestamp>& out) const {
  for (size_t i = 0; i < rota_.rules.size(); ++i) {
    const DutyRule& rule = rota_.rules[i];
    const RuleZones& zones = zones_[i];
    if (!zones.window || !zones.rotation) continue;
    if (rule.cycle) {
      add_changes(*rule.cycle, *zones.window, within, out);
      continue;
    }
    add_changes(rule.window, *zones.window, within, out);
    if (rule.rotation) add_changes(*rule.rotation, *zones.rotation, within, out);
  }
  if (!zone_) return;
  for (const WeeklyWindow& window : rota_.cover) add_changes(window, *zone_, within, out);
}

// Of other rotas too: an instant more changes nothing.
void Roster::add_other_changes(std::vector<Timestamp>& out) const {
  add_ends(rota_.dates, out);
  add_ends(changes_.temporary, out);
  for (const TemporarySchedule& schedule : changes_.temporary) add_ends(schedule.shifts, out);
  add_ends(changes_.overrides, out);
  add_ends(changes_.leaves, out);
  add_ends(changes_.swaps, out);
  for (const ShiftSwap& swap : changes_.swaps) {
    if (swap.back_from) out.push_back(*swap.back_from);
    if (swap.back_until) out.push_back(*swap.back_until);
  }
}

std::vector<Timestamp> Roster::changes(TimeSpan within) const {
  std::vector<Timestamp> out;
  if (within.until <= within.from) return out;
  add_rule_changes(within, out);
  add_other_changes(out);
  std::erase_if(out, [&](Timestamp at) { return at <= within.from || at >= within.until; });
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::vector<PersonId> on_duty(const Rota& rota, const RotaChanges& changes, Timestamp at) {
  std::vector<PersonId> persons;
  for (OnDuty& row : Roster(rota, changes).at(at)) persons.push_back(std::move(row.person));
  return persons;
}

std::vector<PersonId> on_duty(const Rota& rota, Timestamp at) {
  static const RotaChanges kNone;
  return on_duty(rota, kNone, at);
}

}  // namespace jieban
