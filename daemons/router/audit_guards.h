// The guards of material: what has to be handed in, who may audit it, which items an auditor has to
// answer, and what an attachment says of itself (DOMAIN §7, §13.1). Each holds when it returns
// nothing; see guards.h. Without checklists nothing is asked of the material.
#pragma once

#include "daemons/router/guards.h"

namespace jieban::guards {

Unmet material_complete(const GuardContext& context);
Unmet audit_second_person(const GuardContext& context);
Unmet audit_items(const GuardContext& context);
Unmet attachment_fields(const GuardContext& context);

}  // namespace jieban::guards
