// References, part paths and escapes inside a workbook.
#include "daemons/receiver/sheet/workbook_text.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

TEST(WorkbookText, ColumnsCountFromA) {
  EXPECT_EQ(column_of("A1"), 0u);
  EXPECT_EQ(column_of("Z9"), 25u);
  EXPECT_EQ(column_of("AA10"), 26u);
  EXPECT_EQ(column_of("XFD1048576"), 16383u);
  for (const char* wrong : {"", "1", "A", "XFE1", "ZZZZZZZZ1", "a1", "A-1", "A1B"}) {
    EXPECT_FALSE(column_of(wrong)) << wrong;
  }
}

TEST(WorkbookText, TargetsBecomeParts) {
  EXPECT_EQ(part_path("worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
  EXPECT_EQ(part_path("/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
}

TEST(WorkbookText, APathThatCouldNotBeShownIsNone) {
  EXPECT_EQ(part_path("a\xFF.xml"), "");
  EXPECT_EQ(part_path("a b.xml"), "");
  EXPECT_EQ(part_path(std::string(101, 'a')), "");
}

TEST(WorkbookText, OnlyWholeEscapesAreDecoded) {
  EXPECT_EQ(decode_escapes("a_x4E2D_b"), "a中b");
  for (const char* same : {"_x00_", "_x000G_", "_xD800_", "_x0000_", "a_b", "_", "_x000D"}) {
    EXPECT_EQ(decode_escapes(same), same);
  }
}

TEST(WorkbookText, CountsAreDigitsOnly) {
  size_t value = 7;
  EXPECT_TRUE(parse_count("12", value));
  EXPECT_EQ(value, 12u);
  for (const char* wrong : {"", "-1", "+1", "1x", " 1", "99999999999999999999999"}) {
    EXPECT_FALSE(parse_count(wrong, value)) << wrong;
  }
  EXPECT_EQ(value, 12u);
}

}  // namespace
}  // namespace jieban
