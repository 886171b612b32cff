// The header is found below titles; every cell comes out under its column's name.
#include "daemons/receiver/intake/header.h"

#include <gtest/gtest.h>

#include "tests/support/alias_files.h"

namespace jieban {
namespace {

Sheet sheet_of(const std::vector<std::vector<std::string>>& rows) {
  Sheet sheet;
  for (size_t at = 0; at < rows.size(); ++at) {
    Row row{at + 1, {}};
    for (const std::string& text : rows[at]) row.cells.push_back({text, false});
    sheet.rows.push_back(row);
  }
  return sheet;
}

AliasTable aliases() { return shipped_aliases("aliases.yaml"); }

TEST(Header, ItIsFoundBelowTitles) {
  auto rows = map_rows(sheet_of({{"某街道工单"},
                                 {"标题", "导出时间"},
                                 {"工单编号", "主要内容", "来电时间", "备注"},
                                 {"1", "a", "2026-02-03", "n"}}),
                       aliases());
  ASSERT_TRUE(rows.ok()) << rows.error().message;
  EXPECT_EQ(rows->header_row, 3u);
  ASSERT_EQ(rows->orders.size(), 1u);
  const RawOrder& order = rows->orders[0];
  EXPECT_EQ(order.row_no, 4u);
  ASSERT_EQ(order.fields.size(), 3u);
  EXPECT_EQ(order.fields[1].name, "content");
  EXPECT_EQ(order.fields[1].text, "a");
  EXPECT_EQ(order.extra[0], (std::pair<std::string, std::string>("备注", "n")));
}

TEST(Header, TwoKnownNamesAreNoHeader) {
  auto rows =
      map_rows(sheet_of({{"x"}, {"工单编号", "主要内容", "备注"}, {"1", "a", "b"}}), aliases());
  ASSERT_FALSE(rows.ok());
  EXPECT_NE(rows.error().message.find("第 1 到第 3 行"), std::string::npos);
  EXPECT_FALSE(map_rows(Sheet{}, aliases()).ok());
}

TEST(Header, ItIsSearchedInTwentyRowsOnly) {
  std::vector<std::vector<std::string>> rows(kHeaderRowsTried, {"x"});
  rows.push_back({"工单编号", "主要内容", "来电时间"});
  EXPECT_FALSE(map_rows(sheet_of(rows), aliases()).ok());
  rows.erase(rows.begin());
  EXPECT_TRUE(map_rows(sheet_of(rows), aliases()).ok());
}

TEST(Header, RepeatedHeadersAreNoOrders) {
  std::vector<std::string> header = {"工单编号", "主要内容", "来电时间"};
  auto rows = map_rows(sheet_of({header, {"1", "a", ""}, header, {"2", "b", ""}}), aliases());
  EXPECT_EQ(rows->orders.size(), 2u);
}

TEST(Header, UnknownColumnsAreKeptApart) {
  auto rows = map_rows(sheet_of({{"工单编号", "主要内容", "来电时间", "备注", "备注", ""},
                                 {"1", "a", "", "x", "y", "z", "w"}}),
                       aliases());
  using Extra = std::vector<std::pair<std::string, std::string>>;
  EXPECT_EQ(rows->orders[0].extra,
            (Extra{{"备注", "x"}, {"备注#2", "y"}, {"列6", "z"}, {"列7", "w"}}));
}

}  // namespace
}  // namespace jieban
