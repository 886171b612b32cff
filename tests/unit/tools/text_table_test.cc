// Tables line up although Chinese is two columns wide, and nothing in them commands the terminal.
#include "tools/site/text_table.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

TEST(TextTable, ChineseIsTwoColumnsWide) {
  EXPECT_EQ(display_width("abc"), 3u);
  EXPECT_EQ(display_width("工单"), 4u);
  EXPECT_EQ(display_width("（a）"), 5u);
  EXPECT_EQ(display_width("…"), 1u);
  EXPECT_EQ(display_width("\xF0\xA0\x80\x80"), 2u);  // U+20000
}

TEST(TextTable, CombiningMarksHaveNoWidth) { EXPECT_EQ(display_width("e\u0301"), 1u); }

TEST(TextTable, IllFormedBytesCountOneColumnEach) {
  EXPECT_EQ(display_width("\xFF\x80"), 2u);
  EXPECT_EQ(display_width("\xE5\xB7"), 2u);  // cut in the middle
}

TEST(TextTable, ColumnsLineUp) {
  TextTable table({"工单编号", "状态", ">数"});
  table.add({"1", "待签收", "7"});
  table.add({"12345678901", "x", "1000"});
  EXPECT_EQ(table.print(),
            "工单编号     状态      数\n"
            "1            待签收     7\n"
            "12345678901  x       1000\n");
}

TEST(TextTable, NoBlanksAtTheEndOfALine) {
  TextTable table({"a", "b"});
  table.add({"xyz", ""});
  EXPECT_EQ(table.print(), "a    b\nxyz\n");
}

TEST(TextTable, AnEmptyTableHasItsHeadings) {
  const TextTable table({"a", "b"});
  EXPECT_TRUE(table.empty());
  EXPECT_EQ(table.print(), "a  b\n");
}

TEST(TextTable, LongTextIsCutBetweenCharacters) {
  EXPECT_EQ(fitted("工单编号", 8), "工单编号");
  EXPECT_EQ(fitted("工单编号", 7), "工单编…");
  EXPECT_EQ(fitted("工单编号", 6), "工单…");
  EXPECT_EQ(fitted("abc", 0), "");
}

TEST(TextTable, ControlCharactersDoNotReachTheTerminal) {
  EXPECT_EQ(printable("a\x1b[2Jb\r\nc\x7f"), "a [2Jb  c ");
  EXPECT_EQ(printable("a\xC2\x9B\x32Jb"), "a  2Jb");  // U+009B, the short CSI
  EXPECT_EQ(printable("工单 é"), "工单 é");
}

}  // namespace
}  // namespace jieban
