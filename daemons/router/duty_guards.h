// The guards of dispatch, bounce, return, extension, hand-in and of the order's own class, flags
// and clocks (DOMAIN §3, §4.3, §5). Each holds when it returns nothing; see guards.h.
#pragma once

#include "daemons/router/guards.h"

namespace jieban::guards {

Unmet needs_unit(const GuardContext& context);
Unmet bounce_cap(const GuardContext& context);
Unmet may_bounce(const GuardContext& context);
Unmet bounce_fields(const GuardContext& context);
Unmet self_answer(const GuardContext& context);
Unmet community_lead(const GuardContext& context);
Unmet unit_named(const GuardContext& context);
Unmet assignment_fields(const GuardContext& context);
Unmet assignment_open(const GuardContext& context);
Unmet return_fields(const GuardContext& context);
Unmet return_second_person(const GuardContext& context);
Unmet return_window(const GuardContext& context);
Unmet extension_fields(const GuardContext& context);
Unmet extension_single(const GuardContext& context);
Unmet extension_count(const GuardContext& context);
Unmet extension_pending(const GuardContext& context);
Unmet extension_second_person(const GuardContext& context);
Unmet extension_proofs(const GuardContext& context);
Unmet hand_in_policy(const GuardContext& context);
Unmet submit_policy(const GuardContext& context);
Unmet class_raised(const GuardContext& context);
Unmet class_lowered(const GuardContext& context);
Unmet flag_to_set(const GuardContext& context);
Unmet flag_to_clear(const GuardContext& context);
Unmet clock_to_pause(const GuardContext& context);
Unmet clock_to_resume(const GuardContext& context);
Unmet parent_fields(const GuardContext& context);
Unmet clock_to_reanchor(const GuardContext& context);
Unmet round_next(const GuardContext& context);

}  // namespace jieban::guards
