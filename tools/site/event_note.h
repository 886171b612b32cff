// The open part of an event's payload on one line, for people who look at streams. Pure.
#pragma once

#include <string>

#include "common/base/value.h"

namespace jieban {

// "lead_unit=gas_company rule=gas_smell": scalars and lists of scalars, without what the columns
// beside it show already and without sealed boxes and hashes.
std::string event_note(const Value& payload);

}  // namespace jieban
