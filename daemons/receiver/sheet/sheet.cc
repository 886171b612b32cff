#include "daemons/receiver/sheet/sheet.h"

#include <algorithm>

#include "daemons/receiver/sheet/csv.h"
#include "daemons/receiver/sheet/xlsx.h"

namespace jieban {
namespace {

bool ends_with_csv(std::string_view name) {
  constexpr std::string_view kEnding = ".csv";
  if (name.size() < kEnding.size()) return false;
  std::string ending(name.substr(name.size() - kEnding.size()));
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
  return ending == kEnding;
}

}  // namespace

Result<Sheet> read_sheet(std::string_view name, std::string_view bytes, const SheetLimits& limits) {
  // Files are renamed by hand: a workbook called .csv must not be read as text.
  bool workbook = is_zip(bytes) || is_compound_file(bytes) || !ends_with_csv(name);
  return workbook ? read_xlsx(bytes, limits) : read_csv(bytes, limits);
}

bool is_blank(const Row& row) {
  return std::all_of(row.cells.begin(), row.cells.end(), [](const Cell& cell) {
    return cell.text.find_first_not_of(" \t\r\n") == std::string::npos;
  });
}

}  // namespace jieban
