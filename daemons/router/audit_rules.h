// Reads the checklists that the router audits by: checklists.yaml. Without a file nothing is asked
// of the material, and nothing of it is kept but the attachments.
//
// Errors name file, line and column.
#pragma once

#include <string_view>
#include <vector>

#include "common/audit/checklist.h"
#include "common/config/settings.h"

namespace jieban {

// The name under which they are loaded.
inline constexpr std::string_view kAuditRules = "audit";

std::vector<Parameter> audit_parameters();
// Of an empty path: none.
Result<Checklists> load_audit_rules(const Settings& settings);

}  // namespace jieban
