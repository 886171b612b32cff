// What changes do to those who are on duty at one instant.
//
// In this order: swaps that were accepted, in the order of their acceptance; overrides, from the
// lowest priority to the highest; leaves. Of one priority, whoever is to be alone comes first, then
// all others act together on what is there: who is added by one and removed by another is on duty.
// Only changes of the rota and the instant are to be given. Pure; any thread.
#pragma once

#include <vector>

#include "common/duty/on_duty.h"

namespace jieban {

// Also marks those whose swap is asked for and not accepted.
void apply_swaps(const std::vector<const ShiftSwap*>& swaps, Timestamp at,
                 std::vector<OnDuty>& rows);
void apply_overrides(std::vector<const DutyOverride*> overrides, std::vector<OnDuty>& rows);
void drop_absent(const std::vector<DutyLeave>& leaves, Timestamp at, std::vector<OnDuty>& rows);

}  // namespace jieban
