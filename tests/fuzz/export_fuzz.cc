// Any bytes as an export to be counted: no row is lost without being told, no text is ill-formed,
// and the figures stay within their bounds.
#include "common/base/bytes.h"
#include "common/base/check.h"
#include "tools/jieban/assess.h"

namespace {

const jieban::ColumnNames& names() {
  static const jieban::ColumnNames kNames = [] {
    jieban::ColumnNames made;
    CHECK(made.add_text("version: 1\naliases:\n  order_no: [n]\n  lead_unit: [u]\n"
                        "  created_at_city: [t]\n  visit_valid: [v]\n  visit_contacted: [c]\n"
                        "  visit_solved: [r]\n  visit_satisfied: [m]\n  in_assessment: [a]\n",
                        "f")
              .ok());
    return made;
  }();
  return kNames;
}

void count(std::string_view bytes) {
  using namespace jieban;
  auto table = read_export(bytes, names());
  if (!table.ok()) return CHECK(is_utf8(table.error().message));
  for (const ExportRow& row : table->rows) {
    CHECK(row.line > table->header_line && row.cells.size() == table->header.size());
    for (const std::string& cell : row.cells) CHECK(is_utf8(cell));
  }
  const size_t lines = table->rows.size() + table->faults.size();
  auto orders = read_orders(std::move(*table), {});
  CHECK(orders.ok() && orders->orders.size() + orders->faults.size() == lines);
  AssessQuestion question;
  question.rules.params.emplace_back();
  question.by = find_group("unit");
  auto assessment = assess(*orders, question);
  CHECK(assessment.ok() && assessment->counted == orders->orders.size());
  const VisitCounts& full = assessment->full.total;
  const VisitCounts& net = assessment->net.total;
  CHECK(net.received <= full.received && full.valid <= full.received);
  CHECK(full.contacted <= full.valid && full.satisfied + full.basic <= full.valid);
  CHECK(is_utf8(assess_text(*assessment)));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  const std::string text(reinterpret_cast<const char*>(bytes), size);
  count(text);
  count("n,u,t,v,c,r,m,a\n" + text);
  return 0;
}
