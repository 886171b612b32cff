// The first visible sheet is read as stored; damage, bombs and other formats are told apart.
#include "daemons/receiver/sheet/xlsx.h"

#include <gtest/gtest.h>

#include "tests/support/workbook_builder.h"

namespace jieban {
namespace {

Sheet read_rows(const std::string& rows, const std::string& strings = "") {
  auto sheet = read_xlsx(build_workbook({rows, strings, "", WorkbookParts().sheets}));
  EXPECT_TRUE(sheet.ok()) << (sheet.ok() ? "" : sheet.error().message);
  return sheet.ok() ? *sheet : Sheet{};
}

TEST(Xlsx, SharedStringsJoinRunsAndLeaveHintsOut) {
  Sheet sheet =
      read_rows(R"(<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c></row>)",
                "<si><t>工单编号</t></si><si><r><t>主要</t></r><r><rPr/><t xml:space=\"preserve\"> "
                "内容</t></r>"
                "<rPh><t>zhu</t></rPh></si>");
  ASSERT_EQ(sheet.rows.size(), 1u);
  EXPECT_EQ(sheet.rows[0].number, 2u);
  EXPECT_EQ(sheet.rows[0].cells[0].text, "工单编号");
  EXPECT_EQ(sheet.rows[0].cells[1].text, "主要 内容");
}

TEST(Xlsx, NumbersAreTheStoredText) {
  Sheet sheet = read_rows(R"(<row r="1"><c r="A1"><v>2.50912101108115E+17</v>)"
                          R"(</c><c r="B1" s="3"><v>46056.5</v></c></row>)");
  EXPECT_EQ(sheet.rows[0].cells[0].text, "2.50912101108115E+17");
  EXPECT_TRUE(sheet.rows[0].cells[0].number);
  EXPECT_EQ(sheet.rows[0].cells[1].text, "46056.5");
}

TEST(Xlsx, CellsStandInTheirColumnsAlsoAfterGaps) {
  Sheet sheet = read_rows(R"(<row r="1"><c r="A1" t="inlineStr"><is>)"
                          R"(<t>a</t></is></c><c r="C1" t="str"><v>c</v></c></row>)"
                          R"(<row><c/><c t="inlineStr"><is><t>b</t></is></c></row>)");
  ASSERT_EQ(sheet.rows[0].cells.size(), 3u);
  EXPECT_EQ(sheet.rows[0].cells[1].text, "");
  EXPECT_EQ(sheet.rows[0].cells[2].text, "c");
  EXPECT_EQ(sheet.rows[1].number, 2u);
  EXPECT_EQ(sheet.rows[1].cells[1].text, "b");
}

TEST(Xlsx, ErrorValuesAreEmptyAndEscapesAreCharacters) {
  Sheet sheet = read_rows(R"(<row r="1"><c r="A1" t="e"><v>#N/A</v></c>)"
                          R"(<c r="B1" t="str"><v>a_x000D_b_x005F_x0041_</v></c></row>)");
  EXPECT_EQ(sheet.rows[0].cells[0].text, "");
  EXPECT_EQ(sheet.rows[0].cells[1].text, "a\rb_x0041_");
}

TEST(Xlsx, HiddenSheetsAreSkipped) {
  WorkbookParts parts{inline_rows({{"x"}}), "", "", ""};
  parts.sheets = R"(<sheet name="a" state="hidden" r:id="rId9"/><sheet name="b" r:id="rId1"/>)";
  auto sheet = read_xlsx(build_workbook(parts));
  ASSERT_TRUE(sheet.ok());
  EXPECT_EQ(sheet->rows[0].cells[0].text, "x");
  parts.sheets = R"(<sheet name="a" state="hidden" r:id="rId1"/>)";
  EXPECT_EQ(read_xlsx(build_workbook(parts)).error().code, ErrorCode::invalid);
}

TEST(Xlsx, APrefixOnElementsIsNoMatter) {
  auto parts = workbook_parts({});
  parts[2].content = R"(<x:worksheet xmlns:x="m"><x:sheetData><x:row r="1">)"
                     R"(<x:c r="A1"><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>)";
  EXPECT_EQ(read_xlsx(build_zip(parts))->rows[0].cells[0].text, "7");
}

TEST(Xlsx, OldAndEncryptedWorkbooksAreToldToBeSavedAgain) {
  auto sheet =
      read_xlsx(std::string("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) + std::string(512, '\0'));
  ASSERT_FALSE(sheet.ok());
  EXPECT_NE(sheet.error().message.find("另存为"), std::string::npos);
  EXPECT_FALSE(read_xlsx("<html>").ok());
}

TEST(Xlsx, ACutFileIsAnErrorAtEveryLength) {
  std::string whole =
      build_workbook({inline_rows({{"a", "b"}, {"c", "#1"}}), "", "", WorkbookParts().sheets});
  ASSERT_TRUE(read_xlsx(whole).ok());
  for (size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(read_xlsx(std::string_view(whole).substr(0, size)).ok()) << size;
  }
}

TEST(Xlsx, AFlippedByteOfTheSheetIsNoticed) {
  std::string whole = build_workbook({inline_rows({{"content"}}), "", "", WorkbookParts().sheets});
  whole[whole.find("content")] = 'C';
  EXPECT_EQ(read_xlsx(whole).error().code, ErrorCode::corrupt);
}

TEST(Xlsx, AMissingPartIsNamed) {
  auto parts = workbook_parts({});
  parts.erase(parts.begin() + 2);
  auto sheet = read_xlsx(build_zip(parts));
  ASSERT_FALSE(sheet.ok());
  EXPECT_NE(sheet.error().message.find("xl/worksheets/sheet1.xml"), std::string::npos);
  EXPECT_FALSE(read_xlsx(build_zip({})).ok());
}

TEST(Xlsx, AStringBeyondTheTableIsDamage) {
  WorkbookParts parts{R"(<row r="1"><c r="A1" t="s"><v>5</v></c></row>)", "<si><t>a</t></si>", "",
                      WorkbookParts().sheets};
  EXPECT_EQ(read_xlsx(build_workbook(parts)).error().code, ErrorCode::corrupt);
}

TEST(Xlsx, DaysCountedFrom1904AreRefused) {
  WorkbookParts parts{inline_rows({{"a"}}), "", R"(date1904="1")", WorkbookParts().sheets};
  EXPECT_EQ(read_xlsx(build_workbook(parts)).error().code, ErrorCode::invalid);
}

TEST(Xlsx, ABombIsRefusedBeforeItIsUnpacked) {
  auto parts = workbook_parts({});
  parts[2].deflated = true;
  parts[2].stated_size = 1U << 30;
  EXPECT_EQ(read_xlsx(build_zip(parts)).error().code, ErrorCode::limit);
  parts[2].stated_size = 32U << 20;  // within the size, beyond the ratio
  EXPECT_EQ(read_xlsx(build_zip(parts)).error().code, ErrorCode::limit);
}

TEST(Xlsx, AnUnderstatedSizeIsRefused) {
  auto parts = workbook_parts({});
  parts[2].deflated = true;
  parts[2].stated_size = 10;
  EXPECT_FALSE(read_xlsx(build_zip(parts)).ok());
}

TEST(Xlsx, LimitsHold) {
  std::string bytes =
      build_workbook({inline_rows({{"a", "b"}, {"c", "d"}}), "", "", WorkbookParts().sheets});
  auto code = [&](SheetLimits limits) {
    auto sheet = read_xlsx(bytes, limits);
    return sheet.ok() ? ErrorCode::internal : sheet.error().code;
  };
  EXPECT_TRUE(read_xlsx(bytes).ok());
  SheetLimits rows, columns, cells, size;
  rows.rows_max = 1;
  columns.columns_max = 1;
  cells.cells_max = 3;
  size.bytes_max = 100;
  for (const SheetLimits& limits : {rows, columns, cells, size}) {
    EXPECT_EQ(code(limits), ErrorCode::limit);
  }
}

TEST(Xlsx, ABlankStyledCellFarOutTakesNoRoom) {
  Sheet sheet = read_rows(R"(<row r="1"><c r="A1" t="str"><v>a</v></c><c r="XFD1" s="1"/>)"
                          R"(</row><row r="1048576"><c r="A1048576" s="1"/></row>)");
  ASSERT_EQ(sheet.rows.size(), 1u);
  EXPECT_EQ(sheet.rows[0].cells.size(), 1u);
}

}  // namespace
}  // namespace jieban
