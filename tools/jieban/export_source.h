// Where the subcommands that count exports get them, and how they tell what was not counted.
//
// Columns are named by aliases.yaml and columns.yaml (the site's, else those shipped), and by what
// --aliases adds. What fails and how: `io` and `not_found` of the file, `configuration` faults of
// the tables as `corrupt`, and what read_export() gives.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/jieban/export_order.h"
#include "tools/jieban/session.h"

namespace jieban {

struct ExportSource {
  std::string path;  // "-": standard input
  std::vector<std::string> aliases;
};

void declare_source(CLI::App& app, ExportSource& source, bool required);

Result<ExportTable> load_table(const Session& session, const ExportSource& source);
Result<ExportOrders> load_orders(const Session& session, const ExportSource& source,
                                 const std::vector<std::string_view>& required);

// To standard error, a line each; not with --json, where they stand in the answer.
void complain(const Session& session, const std::vector<RowFault>& faults);
Value faults_value(const std::vector<RowFault>& faults);

}  // namespace jieban
