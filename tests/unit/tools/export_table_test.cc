// Any export: its header is found, its columns are known by their names, and a bad row costs no
// other.
#include "tools/jieban/export_table.h"

#include "common/base/bytes.h"
#include "tests/unit/tools/exports.h"

namespace jieban {
namespace {

constexpr std::string_view kHeader = "工单编号,承办单位,是否满意\n";

std::string refusal(std::string_view bytes) {
  auto table = read_export(bytes, shipped_columns());
  return table.ok() ? "read" : table.error().message;
}

TEST(ExportTable, TheHeaderMayStandBelowATitleAndRepeat) {
  const ExportTable table = table_of("六月工单统计\n\n" + std::string(kHeader) + "1,甲,满意\n" +
                                     std::string(kHeader) + ",,\n2,乙,不满意\n");
  EXPECT_EQ(table.header_line, 3u);
  ASSERT_EQ(table.rows.size(), 2u);
  EXPECT_EQ(table.rows[1].line, 7u);
  EXPECT_EQ(table.text(table.rows[1], "lead_unit"), "乙");
  EXPECT_EQ(table.text(table.rows[1], "community"), "");
  EXPECT_TRUE(table.faults.empty());
}

TEST(ExportTable, NamesAreComparedWithoutBlanksAndWidth) {
  const ExportTable table = table_of("工单 编号,责任单位,是否　满意,order_type\n1,甲,满意,x\n");
  EXPECT_TRUE(table.has("order_no") && table.has("lead_unit") && table.has("visit_satisfied"));
  EXPECT_TRUE(table.has("order_type"));
}

TEST(ExportTable, TheBetterAliasWins) {
  const ExportTable table = table_of("编号,工单编号,承办单位,主办单位,标题\n7,YT-1,乙,甲,x\n");
  EXPECT_EQ(table.text(table.rows[0], "order_no"), "YT-1");
  EXPECT_EQ(table.text(table.rows[0], "lead_unit"), "甲");
}

TEST(ExportTable, Gb18030IsReadAndOneDamagedRowToldAlone) {
  // 工单编号,承办单位,是否满意 / 1,甲 / a byte that ends nothing / 3,甲
  const std::string header =
      "\xB9\xA4\xB5\xA5\xB1\xE0\xBA\xC5,\xB3\xD0\xB0\xEC\xB5\xA5\xCE\xBB,"
      "\xCA\xC7\xB7\xF1\xC2\xFA\xD2\xE2\n";
  const ExportTable table = table_of(header + "1,\xBC\xD7,\n2,\xBC,\n3,\xBC\xD7,\n");
  ASSERT_EQ(table.rows.size(), 2u);
  EXPECT_EQ(table.text(table.rows[1], "lead_unit"), "甲");
  EXPECT_EQ(told(table.faults), "3 文字编码已损坏\n");
}

TEST(ExportTable, ADamagedUtf8RowIsNotTakenForGb18030) {
  const ExportTable table =
      table_of("\xEF\xBB\xBF" + std::string(kHeader) + "1,甲,满意\n2,\xE7,x\n");
  EXPECT_EQ(table.rows.size(), 1u);
  EXPECT_EQ(told(table.faults), "3 文字编码已损坏\n");
}

TEST(ExportTable, RowsThatAreTooShortOrTooLongAreFaults) {
  const ExportTable table = table_of(std::string(kHeader) + "1,甲\n2,甲,满意,多\n3,甲,满意\n");
  ASSERT_EQ(table.rows.size(), 1u);
  EXPECT_EQ(told(table.faults), "2 有 2 个单元格，表头有 3 个\n3 有 4 个单元格，表头有 3 个\n");
}

TEST(ExportTable, AWrongQuoteCostsItsRowAnOpenOneAllBelow) {
  const ExportTable wrong = table_of(std::string(kHeader) + "1,\"甲\"x,满意\n2,甲,满意\n");
  EXPECT_EQ(wrong.rows.size(), 1u);
  ASSERT_EQ(wrong.faults.size(), 1u);
  EXPECT_EQ(wrong.faults[0].line, 2u);
  const ExportTable open = table_of(std::string(kHeader) + "1,甲,满意\n2,\"甲,满意\n3,甲,满意\n");
  EXPECT_EQ(open.rows.size(), 1u);
  ASSERT_EQ(open.faults.size(), 1u);
  EXPECT_EQ(open.faults[0].line, 3u);
}

TEST(ExportTable, AnEndlessRecordKeepsWhatCameBefore) {
  const ExportTable table =
      table_of(std::string(kHeader) + "1,甲,满意\n2,\"" + std::string(2'000'000, 'x'));
  EXPECT_EQ(table.rows.size(), 1u);
  ASSERT_EQ(table.faults.size(), 1u);
  EXPECT_EQ(table.faults[0].line, 3u);
}

TEST(ExportTable, WhatIsNoExportIsRefusedWithAdvice) {
  EXPECT_NE(refusal("").find("没有找到表头"), std::string::npos);
  EXPECT_NE(refusal("a,b,c\n1,2,3\n").find("没有找到表头"), std::string::npos);
  EXPECT_NE(refusal("\xFF\xFE\x31").find("UTF-16"), std::string::npos);
  EXPECT_NE(refusal("PK\x03\x04").find("Excel"), std::string::npos);
  EXPECT_NE(refusal(std::string_view("a\0b", 3)).find("空字节"), std::string::npos);
  const std::string rubbish = std::string(kHeader) + [] {
    std::string lines;
    for (size_t i = 0; i <= kFaultsMax; ++i) lines += "x\n";
    return lines;
  }();
  EXPECT_NE(refusal(rubbish).find("不是标准 CSV"), std::string::npos);
}

TEST(ColumnNames, WhatIsAddedGoesFirstAndWrongFilesAreRefused) {
  ColumnNames names = shipped_columns();
  ASSERT_TRUE(names.add_text("version: 1\naliases: {lead_unit: [部门]}\n", "x").ok());
  EXPECT_EQ(names.aliases.at("lead_unit").front(), "部门");
  EXPECT_FALSE(names.add_text("version: 1\n", "x").ok());
  EXPECT_FALSE(names.add_text("aliases: {a: b}\n", "x").ok());
}

}  // namespace
}  // namespace jieban
