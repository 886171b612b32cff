// The reader is chosen by what a file is, not only by what it is called.
#include "daemons/receiver/sheet/sheet.h"

#include <gtest/gtest.h>

#include "tests/support/workbook_builder.h"

namespace jieban {
namespace {

TEST(Sheet, AWorkbookCalledCsvIsReadAsAWorkbook) {
  std::string bytes = build_workbook({inline_rows({{"a"}}), "", "", WorkbookParts().sheets});
  auto sheet = read_sheet("orders.CSV", bytes);
  ASSERT_TRUE(sheet.ok());
  EXPECT_EQ(sheet->rows[0].cells[0].text, "a");
}

TEST(Sheet, TextCalledCsvIsText) { EXPECT_EQ(read_sheet("a.csv", "x,y")->rows.size(), 1u); }

TEST(Sheet, TextCalledXlsIsRefused) {
  EXPECT_FALSE(read_sheet("a.xls", "<table>").ok());
  EXPECT_FALSE(read_sheet("a.xlsx", "x,y").ok());
}

}  // namespace
}  // namespace jieban
