// Appeals and appeal points in YAML. No daemon keeps appeals yet: the register is a file that the
// hard-case officers keep.
//
//   version: "2026-11"                  # config/appeal_points.yaml
//   official: false
//   points:
//     - {code: SC2, title: ..., route: assessment, law_basis: ..., required_evidence: [...],
//        categories: [...], keywords: [...], valid_from: 2021-09-24, note: ...}
//
//   version: 1                          # the register
//   appeals:
//     - {appeal_id: A-1, order_no: "...", cycle: "2026-07", route: assessment, target: solved,
//        point_code: SC2, state: SUBMITTED, submitted_at: "2026-07-20 09:00:00", ...}
//
// Promises: ids and codes occur once; a verdict and the state do not contradict each other.
// Fails: `invalid` with file:line:column. Pure but for the load functions.
#pragma once

#include <string>
#include <vector>

#include "common/assessment/appeal.h"
#include "common/config/document.h"

namespace jieban {

Result<AppealPoints> load_appeal_points(const std::string& path);
Result<AppealPoints> read_appeal_points(const Document& document);
Result<std::vector<Appeal>> load_appeals(const std::string& path);
Result<std::vector<Appeal>> read_appeals(const Document& document);

}  // namespace jieban
