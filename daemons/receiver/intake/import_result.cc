#include "daemons/receiver/intake/import_result.h"

#include <algorithm>
#include <array>

#include "daemons/receiver/intake/submission.h"

namespace jieban {
namespace {

std::string quoted_json(std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out = "\"";
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20) {
      out += "\\u00";
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    } else {
      out += c;
    }
  }
  return out + '"';
}

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

class JsonObject {
 public:
  void text(std::string_view name, std::string_view value) { raw(name, quoted_json(value)); }
  void count(std::string_view name, size_t value) { raw(name, std::to_string(value)); }
  void raw(std::string_view name, std::string_view json) {
    out_ += out_.empty() ? "{" : ", ";
    out_ += quoted_json(name);
    out_ += ": ";
    out_ += json;
  }
  std::string done() const { return out_.empty() ? "{}" : out_ + "}"; }

 private:
  std::string out_;
};

template <class Item, class Print>
std::string json_list(const std::vector<Item>& items, Print print) {
  std::string out = "[";
  for (const Item& item : items) {
    out += out.size() > 1 ? ",\n  " : "\n  ";
    out += print(item);
  }
  return out + "]";
}

std::string order_json(const TakenOrder& order) {
  JsonObject json;
  json.text("order_no", order.order_no);
  json.text("outcome", to_string(order.outcome));
  return json.done();
}

std::string reject_json(const RejectedRow& row) {
  JsonObject json;
  json.count("row_no", row.row_no);
  json.text("order_no", row.order_no);
  json.text("column", row.column);
  json.text("reason", row.reason);
  return json.done();
}

size_t count_of(const ImportSummary& summary, OrderOutcome outcome) {
  return size_t(std::count_if(summary.taken.begin(), summary.taken.end(),
                              [&](const TakenOrder& order) { return order.outcome == outcome; }));
}

}  // namespace

std::string_view to_string(OrderOutcome outcome) {
  constexpr std::array<std::string_view, 3> kNames = {"new", "updated", "unchanged"};
  return kNames[size_t(outcome)];
}

std::string result_json(const ImportSummary& summary) {
  JsonObject json;
  json.text("file", summary.file);
  json.text("batch", summary.batch);
  json.text("imported_at", format_local(summary.imported_at));
  json.count("header_row", summary.header_row);
  json.count("rows", summary.rows);
  json.count("groups", summary.groups);
  json.count("new", count_of(summary, OrderOutcome::added));
  json.count("updated", count_of(summary, OrderOutcome::updated));
  json.count("unchanged", count_of(summary, OrderOutcome::unchanged));
  json.count("rejected", summary.rejected.size());
  json.raw("orders", json_list(summary.taken, order_json));
  json.raw("rejects", json_list(summary.rejected, reject_json));
  return json.done() + "\n";
}

std::string rejects_csv(const ImportSummary& summary) {
  std::string out = "\xEF\xBB\xBF行号,工单编号,列,原因\r\n";
  for (const RejectedRow& row : summary.rejected) {
    out += std::to_string(row.row_no) + ',' + quoted_csv(row.order_no) + ',' +
           quoted_csv(row.column) + ',' + quoted_csv(row.reason) + "\r\n";
  }
  return out;
}

}  // namespace jieban
