// The register of appeals as the archive keeps it: what a team leader submitted (申诉上报) and what
// was decided of it, as records of the orders.
//
// Each submission is one appeal, named after its order and its place among that order's own; its
// cycle is that of the day on which it was submitted. An appeal that was withdrawn or decided says
// so; who drafted it, and the papers, are in the register file only.
// Pure; nothing fails: a record that lacks something leaves it empty. archived_appeals() asks the
// archive.
#pragma once

#include <vector>

#include "common/assessment/appeal.h"
#include "common/assessment/cycle.h"
#include "common/base/value.h"
#include "tools/jieban/session.h"

namespace jieban {

// `records`: of the kind "appeal", the oldest first, as the archive lists them.
std::vector<Appeal> appeals_of_records(const Value::Array& records, const CycleRules& cycle);

// All pages. What the client fails with.
Result<std::vector<Appeal>> archived_appeals(const Session& session, const CycleRules& cycle);

}  // namespace jieban
