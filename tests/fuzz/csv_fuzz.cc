// Any bytes as a CSV file: never a crash, limits hold, and what comes out is fit to be mapped.
#include "common/base/bytes.h"
#include "common/base/check.h"
#include "daemons/receiver/intake/header.h"
#include "daemons/receiver/intake/normalise.h"
#include "daemons/receiver/sheet/csv.h"

namespace {

const jieban::AliasTable& aliases() {
  static const jieban::AliasTable kTable = [] {
    auto table = jieban::AliasTable::build({{"order_no", "id"},
                                            {"content", "text"},
                                            {"called_at", "time"},
                                            {"tags", "tags"},
                                            {"cat_path", "class"},
                                            {"order_type", "kind"}});
    CHECK(table.ok());
    return *table;
  }();
  return kTable;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace jieban;
  SheetLimits limits;
  limits.rows_max = 100;
  limits.columns_max = 30;
  limits.cells_max = 1000;
  auto sheet = read_csv({reinterpret_cast<const char*>(bytes), size}, limits);
  if (!sheet) {
    CHECK(is_utf8(sheet.error().message));
    return 0;
  }
  CHECK(sheet->rows.size() <= limits.rows_max);
  size_t last = 0;
  for (const Row& row : sheet->rows) {
    CHECK(row.number > last && row.cells.size() <= limits.columns_max && !is_blank(row));
    for (const Cell& cell : row.cells) CHECK(is_utf8(cell.text) && !cell.number);
    last = row.number;
  }
  auto rows = map_rows(*sheet, aliases());
  if (!rows) return 0;
  for (const RawOrder& raw : rows->orders) {
    auto order = normalise(raw);
    if (!order) continue;
    CHECK(!order->order_no.empty() && order->order_no == shown_order_no(raw));
    CHECK(is_utf8(canonical_text(*order)));
  }
  return 0;
}
