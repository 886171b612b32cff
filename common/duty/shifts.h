// Who is on duty from when to when, of a span of time; and when nobody is.
//
// A shift is one person's unbroken time, whatever puts the person on duty; a piece ends where the
// reason changes. With a history, what was is told as it was, up to its `now`, and rules and
// changes count from there on; a shift that began in the history keeps its beginning. Costs an
// evaluation for each hand-over of the span: some milliseconds for a year. Pure; any thread.
#pragma once

#include <optional>
#include <vector>

#include "common/duty/roster.h"

namespace jieban {

struct Shift {
  PersonId person;
  Timestamp start{};
  Timestamp end{};
  bool truncated = false;                // on duty still where the span ends
  DutyOrigin origin = DutyOrigin::rule;  // at its start, as are the next three
  std::optional<PersonId> in_place_of{};
  std::string shift_name{};
  bool swap_asked = false;
  bool endless = false;  // of a RotaSheet: it has no beginning that the sheet knows of
};

struct PastShift {
  PersonId person;
  Timestamp start{};
  std::optional<Timestamp> end{};  // empty: on duty at `now`
};

struct DutyHistory {
  Timestamp now{};
  std::vector<PastShift> shifts;
};

// In the order of their starts, then of the persons.
std::vector<Shift> shifts(const Rota& rota, const RotaChanges& changes, Timestamp from,
                          Timestamp until, const DutyHistory* history = nullptr);
std::vector<Shift> duty_pieces(const Rota& rota, const RotaChanges& changes, Timestamp from,
                               Timestamp until);

// When somebody has to be on duty and nobody is.
std::vector<TimeSpan> gaps(const Rota& rota, const RotaChanges& changes, Timestamp from,
                           Timestamp until);
constexpr int kGapDays = 7;
// The first gap that is or begins within so many days from an instant. It ends there at the latest.
std::optional<TimeSpan> next_gap(const Rota& rota, const RotaChanges& changes, Timestamp from,
                                 int days = kGapDays);

}  // namespace jieban
