// The alias table from its file (config/aliases.yaml):
//
//   version: 1
//   dates: year_first          # or month_first
//   aliases:
//     order_no: [工单编号, 编号]  # field: the columns that hold it, the best first
//
// Errors begin with file:line:column. Pure but for load_aliases, which reads the file.
#pragma once

#include <string>

#include "common/base/result.h"
#include "common/config/document.h"
#include "daemons/receiver/intake/alias_table.h"

namespace jieban {

Result<AliasTable> load_aliases(const std::string& path);
Result<AliasTable> read_aliases(const Document& document);

}  // namespace jieban
