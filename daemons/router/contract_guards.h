// The guards of what the ledger of the contract is made of: why a promised figure was missed, and
// which rectifications party A demanded (DOMAIN §17). Each holds when it returns nothing; see
// guards.h.
#pragma once

#include "daemons/router/guards.h"

namespace jieban::guards {

Unmet miss_fields(const GuardContext& context);
// What party A thinks of it is not for everybody to write down.
Unmet miss_agreed(const GuardContext& context);
Unmet rectification_fields(const GuardContext& context);
Unmet rectification_new(const GuardContext& context);
Unmet rectification_open(const GuardContext& context);
Unmet rectification_proof(const GuardContext& context);

}  // namespace jieban::guards
