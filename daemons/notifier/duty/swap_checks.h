// What a swap, or any change, would do to the rota: who would be on duty twice, who would rest too
// little, when nobody would be there.
//
// What fails and how: `refused`, in Chinese. What was wrong before is not the change's fault: only
// what it makes worse counts. Thread rule: pure functions.
#pragma once

#include <string>
#include <vector>

#include "common/duty/rota_checks.h"
#include "daemons/notifier/duty/duty_change.h"

namespace jieban {

// The asker has a shift in the span to be swapped, and a swap takes it off him.
Result<void> check_asker(const RotaBook& book, const ShiftSwap& swap);
// The taker is neither on duty in those hours nor on leave, has a shift to give where one is to be
// given back, and the asker is free then.
Result<void> check_taker(const RotaBook& book, const ShiftSwap& swap, const PersonId& taker);
// The limits of the book hold with the swap, or are overruled; a gap is not made at all.
Result<void> check_limits(const RotaBook& book, const ShiftSwap& accepted, bool overrule);

// What the rota says wrong with the change in force that was not wrong without it, around its time.
// A change of the same id in `book` gives way.
std::vector<DutyFinding> new_findings(const RotaBook& book, const RotaChanges& change);
// The same, of a change in `book` that acts as `before`, and is to act as `after` from now on.
std::vector<DutyFinding> new_findings(const RotaBook& book, const RotaChanges& before,
                                      const RotaChanges& after);
// As lines for people.
std::vector<std::string> finding_lines(const RotaBook& book,
                                       const std::vector<DutyFinding>& findings);

}  // namespace jieban
