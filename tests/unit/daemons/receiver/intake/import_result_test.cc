// The result files say what happened, in formats that others read, and nothing personal.
#include "daemons/receiver/intake/import_result.h"

#include <gtest/gtest.h>

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
  summary.rejected = {{9, "-3", "due_at", "日期,\"或\"时间"}};
  return summary;
}

TEST(ImportResult, JsonHoldsCountsOrdersAndRejects) {
  EXPECT_EQ(result_json(sample()),
            "{\"file\": \"a\\\"b\\u000a.csv\", \"batch\": \"h\", \"imported_at\": "
            "\"2026-02-03 04:05:06\", \"header_row\": 3, \"rows\": 3, \"groups\": 1, \"new\": 1, "
            "\"updated\": 1, \"unchanged\": 0, \"rejected\": 1, \"orders\": [\n"
            "  {\"order_no\": \"1\", \"outcome\": \"new\"},\n"
            "  {\"order_no\": \"2\", \"outcome\": \"updated\"}], \"rejects\": [\n"
            "  {\"row_no\": 9, \"order_no\": \"-3\", \"column\": \"due_at\", \"reason\": "
            "\"日期,\\\"或\\\"时间\"}]}\n");
}

TEST(ImportResult, CsvIsForExcelAndRunsNoFormula) {
  EXPECT_EQ(
      rejects_csv(sample()),
      "\xEF\xBB\xBF行号,工单编号,列,原因\r\n9,\"'-3\",\"due_at\",\"日期,\"\"或\"\"时间\"\r\n");
}

}  // namespace
}  // namespace jieban
