// ExportTable: a CSV export by field names, whatever its columns are called.
//
// The file is UTF-8 or GB18030, whichever more of its lines are. The header is the row, of the
// first 20, that names most fields; what stands above is a title. Rows that repeat it are passed
// over, blank ones too.
// Promises: a row is either in `rows` as written or in `faults` with its line and the reason, in
// the operator's language and without its content; one bad row costs no other.
// What fails and how: `invalid` for what is no CSV text or has no header, `limit` beyond
// kExportRowsMax rows. Thread rule: pure functions and a plain value.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.h"
#include "common/domain/date_text.h"

namespace jieban {

constexpr size_t kExportRowsMax = 1'000'000;
constexpr size_t kExportBytesMax = 512 * 1024 * 1024;
constexpr size_t kFaultsMax = 10'000;

// Which columns can hold a field, the best first: files like config/aliases.yaml.
struct ColumnNames {
  std::map<std::string, std::vector<std::string>, std::less<>> aliases;  // by field
  DateStyle dates = DateStyle::year_first;

  // Adds a file; what it says of a field goes before what was there.
  Result<void> add_file(const std::string& path);
  Result<void> add_text(std::string_view yaml, const std::string& name);
};

struct RowFault {
  size_t line = 0;
  std::string reason;
};

struct ExportRow {
  size_t line = 0;
  std::vector<std::string> cells;
};

struct ExportTable {
  size_t header_line = 0;
  std::vector<std::string> header;
  std::map<std::string, size_t, std::less<>> columns;  // of each field that the header has
  std::vector<ExportRow> rows;
  std::vector<RowFault> faults;
  DateStyle dates = DateStyle::year_first;

  bool has(std::string_view field) const { return columns.contains(field); }
  // Empty when there is no such column.
  std::string_view text(const ExportRow& row, std::string_view field) const;
};

Result<ExportTable> read_export(std::string_view bytes, const ColumnNames& names);

}  // namespace jieban
