// The first visible sheet of an .xlsx workbook.
//
// Promises: numbers are the stored text, marked `number` (dates too: their serial); a merged cell's
// value stands in its first cell; text comes from shared strings (rich text joined, phonetic hints
// left out), inline strings or formula results; an error value (#N/A) is an empty cell.
// Refused, each with what to do: .xls and encrypted workbooks, workbooks that count days from 1904,
// damaged or cut files, and whatever unpacks past the limits. Pure: bytes in, no files, no network.
#pragma once

#include <string_view>

#include "daemons/receiver/sheet/sheet.h"

namespace jieban {

Result<Sheet> read_xlsx(std::string_view bytes, const SheetLimits& limits = {});

bool is_zip(std::string_view bytes);
// OLE compound file: .xls, or an .xlsx with a password.
bool is_compound_file(std::string_view bytes);

}  // namespace jieban
