// The result files say what happened, in formats that others read, and nothing personal.
#include "daemons/receiver/intake/import_result.h"

#include <gtest/gtest.h>

#include "common/json/json.h"

namespace jieban {
namespace {

ImportSummary sample() {
  ImportSummary summary;
  summary.file = "a\"b\n.csv";
  summary.batch = "h";
  summary.header_row = 3;
  summary.rows = 3;
  summary.groups = 1;
  summary.imported_at = *from_civil({2026, 2, 3, 4, 5, 6});
  summary.taken = {{"1", OrderOutcome::added}, {"2", OrderOutcome::updated}};
  summary.warnings = {{8, "2", "title", "超过 200 字，已截取"}};
  summary.rejected = {{9, "-3", "due_at", "日期,\"或\"时间"}};
  return summary;
}

TEST(ImportResult, JsonHoldsCountsOrdersAndRejects) {
  auto value = parse_json(result_json(sample()));
  ASSERT_TRUE(value.ok()) << value.error().message;
  EXPECT_EQ(*value->find("file")->string(), "a\"b\n.csv");
  EXPECT_EQ(*value->find("imported_at")->string(), "2026-02-03 04:05:06");
  EXPECT_EQ(*value->find("header_row")->integer(), 3);
  EXPECT_EQ(*value->find("rows")->integer(), 3);
  EXPECT_EQ(*value->find("new")->integer(), 1);
  EXPECT_EQ(*value->find("updated")->integer(), 1);
  EXPECT_EQ(*value->find("unchanged")->integer(), 0);
  EXPECT_EQ(*value->find("rejected")->integer(), 1);
  const Value& order = value->find("orders")->array()->at(1);
  EXPECT_EQ(*order.find("order_no")->string(), "2");
  EXPECT_EQ(*order.find("outcome")->string(), "updated");
  const Value& reject = value->find("rejects")->array()->at(0);
  EXPECT_EQ(*reject.find("row_no")->integer(), 9);
  EXPECT_EQ(*reject.find("column")->string(), "due_at");
  EXPECT_EQ(*reject.find("reason")->string(), "日期,\"或\"时间");
  const Value& warning = value->find("warnings")->array()->at(0);
  EXPECT_EQ(*warning.find("row_no")->integer(), 8);
  EXPECT_EQ(*warning.find("order_no")->string(), "2");
  EXPECT_EQ(*warning.find("column")->string(), "title");
  EXPECT_EQ(*warning.find("reason")->string(), "超过 200 字，已截取");
}

TEST(ImportResult, CsvIsForExcelAndRunsNoFormula) {
  EXPECT_EQ(
      notes_csv(sample().rejected),
      "\xEF\xBB\xBF行号,工单编号,列,原因\r\n9,\"'-3\",\"due_at\",\"日期,\"\"或\"\"时间\"\r\n");
}

}  // namespace
}  // namespace jieban
