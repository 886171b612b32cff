// From a sheet to raw orders: finds the header row and names every cell below it.
//
// The header is the row, of the first 20, with most known aliases, three at least; else the error
// says which rows were tried. Rows that repeat the header (a page break of an export) are left out.
// Two unknown columns of one name are told apart by "#2". Pure.
#pragma once

#include <vector>

#include "common/base/result.h"
#include "daemons/receiver/intake/alias_table.h"
#include "daemons/receiver/intake/raw_order.h"
#include "daemons/receiver/sheet/sheet.h"

namespace jieban {

constexpr size_t kHeaderRowsTried = 20;
constexpr size_t kHeaderAliasesMin = 3;

struct OrderRows {
  size_t header_row = 0;
  std::vector<RawOrder> orders;
};

// How many columns of the best header row the table knows: where there are several tables, the one
// with the most is meant.
size_t header_score(const Sheet& sheet, const AliasTable& aliases);

Result<OrderRows> map_rows(const Sheet& sheet, const AliasTable& aliases);

}  // namespace jieban
