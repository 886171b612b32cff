// Cleaning keeps what was meant and drops what was not.
#include "common/base/text.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

TEST(Text, TheFirstCharactersAreWholeOnes) {
  EXPECT_EQ(first_characters("中文a字", 3), "中文a");
  EXPECT_EQ(first_characters("中文", 2), "中文");
  EXPECT_EQ(first_characters("中文", 9), "中文");
  EXPECT_EQ(first_characters("中文", 0), "");
}

TEST(Text, TrimTakesEveryBlankAtTheEndsOnly) {
  EXPECT_EQ(trim(" \t\u3000a b\u00A0\u200B\r\n"), "a b");
  EXPECT_EQ(trim("\u3000"), "");
  EXPECT_EQ(trim("中"), "中");
}

TEST(Text, FullWidthBecomesAscii) {
  EXPECT_EQ(half_width("ＡＺａｚ０９（／）～＿｀"), "AZaz09(/)~_`");
  EXPECT_EQ(half_width("中文　x。、￥"), "中文 x。、￥");
  EXPECT_EQ(half_width("\xEF\xBC"), "\xEF\xBC");
}

TEST(Text, ExcelsTextFormulaIsUnwrapped) {
  EXPECT_EQ(clean_code("=\"00123\""), "00123");
  EXPECT_EQ(clean_code(" １２３\t"), "123");
  EXPECT_EQ(clean_code("=\"12"), "=\"12");
}

TEST(Text, LinesAndTextsLoseControlCharacters) {
  EXPECT_EQ(clean_line("\na\r\nb\x01\x02"
                       "c "),
            "a b c");
  EXPECT_EQ(clean_text("a\r\n\tb\x01\x7F"), "a\n\tb");
}

TEST(Text, CharactersAreCountedNotBytes) { EXPECT_EQ(character_count("中a\U00020000"), 3u); }

TEST(Text, ReplacementIsNotReplacedAgain) {
  std::string text = "aa";
  replace_all(text, "a", "aa");
  EXPECT_EQ(text, "aaaa");
}

// Eight bytes are looked at at once: a control character shows at every place, others never do.
TEST(Text, ControlCharactersAreFoundAtEveryPlaceOfATextOfAnyLength) {
  for (size_t length = 1; length < 24; ++length) {
    for (size_t at = 0; at < length; ++at) {
      for (unsigned code = 0; code < 256; ++code) {
        std::string text(length, 'x');
        text[at] = char(code);
        const bool control = (code < 0x20 && code != '\n' && code != '\t') || code == 0x7F;
        const bool blank = code == ' ' || code == '\n' || code == '\t';
        if (blank && (at == 0 || at + 1 == length)) continue;  // trimmed
        std::string kept = text;
        if (control) kept.erase(at, 1);
        ASSERT_EQ(clean_text(text), kept) << code << " at " << at << " of " << length;
      }
    }
  }
}

}  // namespace
}  // namespace jieban
