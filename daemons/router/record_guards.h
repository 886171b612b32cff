// The guards of the records that the desk keeps: contacts, feedback, call-backs, rejections,
// reviews, hard cases, whistles, appeals (DOMAIN §5.5, §5.6, §7.3, §8, §10). Each asks for the
// fields of its page and holds when it returns nothing; see guards.h.
#pragma once

#include "daemons/router/guards.h"

namespace jieban::guards {

Unmet reason_given(const GuardContext& context);
Unmet contact_fields(const GuardContext& context);
Unmet stage_fields(const GuardContext& context);
Unmet feedback_times(const GuardContext& context);
Unmet failed_items(const GuardContext& context);
Unmet audit_open(const GuardContext& context);
Unmet reject_fields(const GuardContext& context);
Unmet cancel_fields(const GuardContext& context);
Unmet visit_fields(const GuardContext& context);
Unmet review_fields(const GuardContext& context);
Unmet hard_case_fields(const GuardContext& context);
Unmet whistle_fields(const GuardContext& context);
Unmet whistle_unit(const GuardContext& context);
Unmet appeal_fields(const GuardContext& context);
Unmet appeal_pending(const GuardContext& context);
Unmet appeals_decided(const GuardContext& context);

}  // namespace jieban::guards
