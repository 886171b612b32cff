#include "daemons/receiver/intake/import_result.h"

#include <algorithm>
#include <array>

#include "common/json/json.h"

namespace jieban {
namespace {

// A leading = + - @ would be a formula when the file is opened in Excel.
std::string quoted_csv(std::string_view text) {
  std::string out = "\"";
  if (!text.empty() && std::string_view("=+-@").find(text[0]) != std::string_view::npos)
    out += '\'';
  for (char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

Value order_value(const TakenOrder& order) {
  Value value;
  value.set("order_no", order.order_no);
  value.set("outcome", to_string(order.outcome));
  return value;
}

Value note_value(const RowNote& row) {
  Value value;
  value.set("row_no", uint64_t(row.row_no));
  value.set("order_no", row.order_no);
  value.set("column", row.column);
  value.set("reason", row.reason);
  return value;
}

template <class Item, class Convert>
Value list_value(const std::vector<Item>& items, Convert convert) {
  Value::Array list;
  for (const Item& item : items) list.push_back(convert(item));
  return list;
}

uint64_t count_of(const ImportSummary& summary, OrderOutcome outcome) {
  return uint64_t(std::count_if(summary.taken.begin(), summary.taken.end(),
                                [&](const TakenOrder& order) { return order.outcome == outcome; }));
}

}  // namespace

std::string_view to_string(OrderOutcome outcome) {
  constexpr std::array<std::string_view, 3> kNames = {"new", "updated", "unchanged"};
  return kNames[size_t(outcome)];
}

std::string result_json(const ImportSummary& summary) {
  Value value;
  value.set("file", summary.file);
  value.set("batch", summary.batch);
  value.set("imported_at", format_local(summary.imported_at));
  value.set("header_row", uint64_t(summary.header_row));
  value.set("rows", uint64_t(summary.rows));
  value.set("groups", uint64_t(summary.groups));
  value.set("new", count_of(summary, OrderOutcome::added));
  value.set("updated", count_of(summary, OrderOutcome::updated));
  value.set("unchanged", count_of(summary, OrderOutcome::unchanged));
  value.set("rejected", uint64_t(summary.rejected.size()));
  value.set("orders", list_value(summary.taken, order_value));
  value.set("rejects", list_value(summary.rejected, note_value));
  value.set("warnings", list_value(summary.warnings, note_value));
  return to_json(value, 1) + "\n";
}

std::string notes_csv(const std::vector<RowNote>& notes) {
  std::string out = "\xEF\xBB\xBF行号,工单编号,列,原因\r\n";
  for (const RowNote& row : notes) {
    out += std::to_string(row.row_no) + ',' + quoted_csv(row.order_no) + ',' +
           quoted_csv(row.column) + ',' + quoted_csv(row.reason) + "\r\n";
  }
  return out;
}

}  // namespace jieban
