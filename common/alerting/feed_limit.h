// When something that should come often has not for too long, where the limit depends on the hour.
//
// The limit of the hour counts in which one looks, not that of the last time it came: the age that
// is allowed by night is too much as the day begins (DOMAIN §14.2). So what was heard within one
// limit may be overdue at the very instant at which another one begins.
// What fails and how: nothing; a named time that there is not never holds. Pure; any thread.
#pragma once

#include "common/alerting/escalation_file.h"
#include "common/alerting/time_interval.h"

namespace jieban {

// How long after `last` its age first reaches the limit in force then.
Duration silent_after(const FeedRules& feed, const TimeIntervals& times, Timestamp last);

}  // namespace jieban
