// Upsert: what a later row changes in a known order (DOMAIN §6.2).
//
// A later row never blanks a filled field; every field that changes is told with its old and new
// value, a sealed one by its keyed hash. Pure.
#pragma once

#include <vector>

#include "daemons/receiver/receiver.h"

namespace jieban {

// Merges `later` into `known` and returns what changed.
std::vector<FieldChange> merge_into(KnownOrder& known, const OrderIntake& later);

}  // namespace jieban
