// Roster: a Rota and what changes it, ready to be asked.
//
// Order: a temporary schedule hides all else; without one, the rules and dates of the highest
// priority among those in force, then overrides; swaps come before these and leaves behind, with or
// without a temporary schedule.
// Promises: pure and deterministic, given the tables of tzdata; what on_duty() says, shifts() and
// duty_pieces() of shifts.h say too. One instant costs some microseconds.
// What fails and how: nothing. In a rota that no file reader has seen, a rule of an unknown time
// zone, or without persons, puts nobody on duty.
// Thread rule: refers to what it was made of, which must outlive it and stay as it is; any thread.
#pragma once

#include <optional>
#include <vector>

#include "common/duty/on_duty.h"
#include "common/duty/weekly_window.h"

namespace jieban {

class Roster {
 public:
  Roster(const Rota& rota, const RotaChanges& changes);

  std::vector<OnDuty> at(Timestamp at) const;
  // Whether somebody has to be on duty.
  bool needs_cover(Timestamp at) const;
  // The instants within (from, until) at which at() or needs_cover() may change, rising.
  std::vector<Timestamp> changes(TimeSpan within) const;

 private:
  struct RuleZones {
    std::optional<TimeZone> window;
    std::optional<TimeZone> rotation;
  };

  bool in_temporary(Timestamp at, std::vector<OnDuty>& rows) const;
  std::vector<OnDuty> by_layers(Timestamp at) const;
  std::vector<OnDuty> by_rule(size_t rule, Timestamp at) const;
  void add_rule_changes(TimeSpan within, std::vector<Timestamp>& out) const;
  void add_other_changes(std::vector<Timestamp>& out) const;

  const Rota& rota_;
  const RotaChanges& changes_;
  std::optional<TimeZone> zone_;
  std::vector<RuleZones> zones_;  // of each rule
};

// Who is on duty, in the order of the rules; each person once. Without changes: those of the book
// that the rota stands in say nothing here (RotaBook::all_changes()).
std::vector<PersonId> on_duty(const Rota& rota, Timestamp at);
std::vector<PersonId> on_duty(const Rota& rota, const RotaChanges& changes, Timestamp at);

}  // namespace jieban
