// CSV as RFC 4180 has it: quoted fields, doubled quotes, line breaks inside quotes, CRLF or LF.
//
// Promises: every row is either read as written or stands in `errors`; nothing is repaired by
// guess. A quote that is never closed takes its row to the end of the file: the error names the
// line on which it opened, and the rows before it are kept. Cells are text, never `number`.
#pragma once

#include <string_view>

#include "daemons/receiver/sheet/sheet.h"

namespace jieban {

Result<Sheet> read_csv(std::string_view bytes, const SheetLimits& limits = {});

}  // namespace jieban
