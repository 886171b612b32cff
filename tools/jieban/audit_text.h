// What `jieban audit` answers, for people and for machines. Pure.
#pragma once

#include <string>
#include <vector>

#include "common/audit/material_file.h"
#include "common/base/value.h"

namespace jieban {

// One row an order: both axes, what is missing, what was copied. Says of a list that is not
// official that it is not.
std::string filed_audits_text(const std::vector<FiledAudit>& audits);
Value filed_audits_value(const std::vector<FiledAudit>& audits);

// Of pages of records as the archiver answers them: attachments; audits, newest first.
std::string attachment_list_text(const Value& page);
std::string audit_list_text(const Value& page);
// Of one order: each item of the newest audit, or of the hand-in, of its timeline.
std::string audit_text(const Value& view);

// Whether an order misses a required item that a machine can see.
bool misses_something(const std::vector<FiledAudit>& audits);

}  // namespace jieban
