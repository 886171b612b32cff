// A sheet: what an export file holds, as rows of text, whichever format it came in.
//
// Rows keep the number that the operator sees in Excel or WPS; wholly blank rows are left out. A
// row that cannot be read stands in `errors` and the others are kept. Numbers are text exactly as
// the file stores them, marked `number`: what they mean (a date, a ruined order number) is for the
// intake to judge. Readers are pure functions of the bytes, without shared state; a file that is
// no sheet, or is past a limit below, is an error in the operator's language that names no content.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.h"

namespace jieban {

struct Cell {
  std::string text;
  bool number = false;  // stored as a number: Excel has kept 15 digits of it at most
};

struct Row {
  size_t number = 0;  // 1-based, as shown by Excel
  std::vector<Cell> cells;
};

struct RowError {
  size_t row_no = 0;
  std::string reason;
};

struct Sheet {
  std::vector<Row> rows;
  std::vector<RowError> errors;
};

// A street's year is about 30,000 orders of 40 columns: 1.2 million cells.
struct SheetLimits {
  size_t bytes_max = 64 * 1024 * 1024;  // the file, and each part of it once unpacked
  size_t rows_max = 100'000;
  size_t columns_max = 512;
  size_t cells_max = 4'000'000;
  size_t row_errors_max = 1000;
  // Of a packed part above 1 MiB. A sheet of text packs to a tenth, of blank rows to a hundredth.
  size_t pack_ratio_max = 200;
};

// Chooses the reader by content first and by the name's ending after that.
Result<Sheet> read_sheet(std::string_view name, std::string_view bytes,
                         const SheetLimits& limits = {});

bool is_blank(const Row& row);

}  // namespace jieban
