// CSV is read as written, or the row says what is wrong with it; other rows are kept.
#include "daemons/receiver/sheet/csv.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

std::vector<std::string> texts(const Row& row) {
  std::vector<std::string> out;
  for (const Cell& cell : row.cells) out.push_back(cell.text);
  return out;
}

using Texts = std::vector<std::string>;

TEST(Csv, QuotesCommasAndLineBreaksInsideFieldsAreText) {
  auto sheet = read_csv("a,\"b,\"\"c\"\"\",d\r\n1,\"x\r\ny\",\n");
  ASSERT_TRUE(sheet.ok());
  ASSERT_EQ(sheet->rows.size(), 2u);
  EXPECT_EQ(texts(sheet->rows[0]), (Texts{"a", "b,\"c\"", "d"}));
  EXPECT_EQ(texts(sheet->rows[1]), (Texts{"1", "x\r\ny", ""}));
  EXPECT_FALSE(sheet->rows[1].cells[0].number);
}

TEST(Csv, ALastLineWithoutLineBreakIsRead) {
  auto sheet = read_csv("a,b\nc,d");
  ASSERT_EQ(sheet->rows.size(), 2u);
  EXPECT_EQ(texts(sheet->rows[1]), (Texts{"c", "d"}));
}

TEST(Csv, BlankRowsAreLeftOutAndNumbersStay) {
  auto sheet = read_csv("a\n\n , \nb\n\n\n");
  ASSERT_EQ(sheet->rows.size(), 2u);
  EXPECT_EQ(sheet->rows[1].number, 4u);
}

TEST(Csv, AMarkOfUtf8IsNoText) {
  EXPECT_EQ(read_csv("\xEF\xBB\xBF编号")->rows[0].cells[0].text, "编号");
}

TEST(Csv, Gb18030IsRead) {
  EXPECT_EQ(read_csv("\xB1\xE0\xBA\xC5,x\n")->rows[0].cells[0].text, "编号");
}

TEST(Csv, BytesOfNoEncodingAreAnErrorThatNamesTheLine) {
  auto sheet = read_csv("a\nb\n\xFF\xFF\n");
  ASSERT_FALSE(sheet.ok());
  EXPECT_NE(sheet.error().message.find("第 3 行"), std::string::npos);
}

TEST(Csv, AFileMarkedUtf8IsNeverReadAsGb18030) {
  EXPECT_FALSE(read_csv("\xEF\xBB\xBF\xB1\xE0\xBA\xC5").ok());
}

TEST(Csv, Utf16AndBinaryAreRefused) {
  EXPECT_FALSE(read_csv(std::string_view("\xFF\xFE"
                                         "a\0",
                                         4))
                   .ok());
  EXPECT_FALSE(read_csv(std::string_view("a\0b", 3)).ok());
}

TEST(Csv, AnOpenQuoteNamesItsLineAndKeepsTheRowsBefore) {
  auto sheet = read_csv("a,b\n\"x\ny\",2\n3,\"open\n4,5\n");
  ASSERT_TRUE(sheet.ok());
  EXPECT_EQ(sheet->rows.size(), 2u);
  ASSERT_EQ(sheet->errors.size(), 1u);
  EXPECT_EQ(sheet->errors[0].row_no, 3u);
  EXPECT_NE(sheet->errors[0].reason.find("第 4 行的引号"), std::string::npos);
  EXPECT_EQ(sheet->errors[0].reason.find("open"), std::string::npos);
}

TEST(Csv, TextAfterAClosingQuoteSpoilsItsRowOnly) {
  auto sheet = read_csv("a\n\"b\"c\nd\n");
  ASSERT_EQ(sheet->rows.size(), 2u);
  ASSERT_EQ(sheet->errors.size(), 1u);
  EXPECT_EQ(sheet->errors[0].row_no, 2u);
}

TEST(Csv, AQuoteInsideAPlainFieldIsText) {
  EXPECT_EQ(read_csv("5\" pipe,x\n")->rows[0].cells[0].text, "5\" pipe");
}

TEST(Csv, LimitsHold) {
  SheetLimits limits;
  limits.rows_max = 2;
  EXPECT_TRUE(read_csv("a\nb\n", limits).ok());
  EXPECT_EQ(read_csv("a\nb\nc\n", limits).error().code, ErrorCode::limit);
  limits = {};
  limits.columns_max = 2;
  EXPECT_TRUE(read_csv("a,b\n", limits).ok());
  EXPECT_EQ(read_csv("a,b,c\n", limits).error().code, ErrorCode::limit);
  limits = {};
  limits.cells_max = 3;
  EXPECT_EQ(read_csv("a,b\nc,d\n", limits).error().code, ErrorCode::limit);
  limits = {};
  limits.bytes_max = 3;
  EXPECT_EQ(read_csv("a,b\n", limits).error().code, ErrorCode::limit);
}

TEST(Csv, NothingIsAnEmptySheet) { EXPECT_TRUE(read_csv("")->rows.empty()); }

}  // namespace
}  // namespace jieban
