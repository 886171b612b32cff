// Text files come out as UTF-8 or not at all.
#include "common/base/encoding.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

TEST(Encoding, Utf8PassesAndItsMarkGoes) {
  EXPECT_EQ(*to_utf8("中a"), "中a");
  EXPECT_EQ(*to_utf8("\xEF\xBB\xBF中"), "中");
  EXPECT_EQ(*to_utf8(""), "");
}

TEST(Encoding, Gb18030OfTwoAndFourBytesIsConverted) {
  EXPECT_EQ(*to_utf8("\xD6\xD0"), "中");
  EXPECT_EQ(*to_utf8("\xD6\xD0\x95\x32\x82\x36"), "中\U00020000");
}

TEST(Encoding, LongTextIsConvertedWhole) {
  std::string in, out;
  for (int i = 0; i < 100'000; ++i) {
    in += "\xD6\xD0";
    out += "中";
  }
  EXPECT_EQ(*to_utf8(in), out);
}

TEST(Encoding, APartOfAFileIsConvertedByItself) {
  EXPECT_EQ(*gb18030_to_utf8("\xD6\xD0"), "中");
  EXPECT_FALSE(gb18030_to_utf8("\xD6").ok());
}

TEST(Encoding, ACutCharacterIsAnError) { EXPECT_FALSE(to_utf8("\xD6\xD0\xD6").ok()); }

TEST(Encoding, Utf8BecomesGbkAndWhatItLacksAQuestionMark) {
  EXPECT_EQ(*utf8_to_gbk(""), "");
  EXPECT_EQ(*utf8_to_gbk("a【月坛】"), "a\xA1\xBE\xD4\xC2\xCC\xB3\xA1\xBF");
  EXPECT_EQ(*utf8_to_gbk("·—…“”"), "\xA1\xA4\xA1\xAA\xA1\xAD\xA1\xB0\xA1\xB1");
  EXPECT_EQ(*utf8_to_gbk("😀工😀\n"), "?\xB9\xA4?\n");
  EXPECT_EQ(*utf8_to_gbk("㐂"), "?");
  EXPECT_FALSE(utf8_to_gbk("\xD6\xD0").ok());
}

}  // namespace
}  // namespace jieban
