// What is said no to, of changes of the rota: each refusal with its reason, in Chinese.
//
// `book` is the rota as it is in force, with all changes (LiveRota); `now` the time of the step.
// Limits: a change lasts at most kDutySpanMax, a swap kDutySwapMax; it begins at most kDutyAheadMax
// from now; nothing begins in the past. A change that moves duty without anybody's consent is a
// team leader's; a swap is decided on by one, or by a duty leader of the street, but by neither of
// the two who swap.
// What fails and how: `not_found` for a person or rota that the book does not have, `invalid` for
// what no change can be, `refused` for all else. Thread rule: pure functions.
#pragma once

#include "common/base/result.h"
#include "common/duty/rota.h"
#include "daemons/notifier/duty/duty_change.h"

namespace jieban {

constexpr std::chrono::days kDutySpanMax{92};
constexpr std::chrono::days kDutySwapMax{7};
constexpr std::chrono::days kDutyAheadMax{366};
constexpr size_t kTemporaryShiftsMax = 64;
inline constexpr const char* kLeaderRole = "team_leader";
inline constexpr const char* kStreetLeaderRole = "street_leader";

Result<void> check_duty_request(const RotaBook& book, const DutyRequest& request, Timestamp now);

// Each of a change that is in the state for it. The taker's own hours: swap_checks.h.
Result<void> check_acceptance(const RotaBook& book, const DutyChange& change,
                              const DutyDecision& decision, Timestamp now);
Result<void> check_approval(const RotaBook& book, const DutyChange& change,
                            const DutyDecision& decision, Timestamp now);
Result<void> check_refusal(const RotaBook& book, const DutyChange& change,
                           const DutyDecision& decision);
Result<void> check_withdrawal(const RotaBook& book, const DutyChange& change,
                              const DutyDecision& decision, Timestamp now);

Result<void> check_duty_id(const std::string& id);
// Whether the file has a change of this name.
bool has_change(const RotaChanges& changes, const std::string& id);
// Whether rules or dates of the rota name the person.
bool is_of_rota(const Rota& rota, const PersonId& person);

}  // namespace jieban
