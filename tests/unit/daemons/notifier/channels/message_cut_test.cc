// Goal: what is cut is short enough, is still text, and says how much is missing.
#include "daemons/notifier/channels/message_cut.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "common/base/bytes.h"
#include "common/base/random.h"
#include "common/base/text.h"

namespace jieban {
namespace {

TEST(MessageCut, WhatFitsIsLeftAsItIs) {
  EXPECT_EQ(cut_message("", 0, TextUnit::bytes), "");
  EXPECT_EQ(cut_message("工单", 6, TextUnit::bytes), "工单");
  EXPECT_EQ(cut_message("工单", 2, TextUnit::characters), "工单");
}

TEST(MessageCut, ACutEndsAtACharacterAndSaysHowManyLinesAreNotWhole) {
  // The suffix "…（余1条）" has 16 bytes and 6 characters.
  const std::string text = "工单工单工单工单工单";
  EXPECT_EQ(cut_message(text, 27, TextUnit::bytes), "工单工…（余1条）");
  EXPECT_EQ(cut_message(text, 24, TextUnit::bytes), "工单…（余1条）");
  EXPECT_EQ(cut_message(text, 8, TextUnit::characters), "工单…（余1条）");
  EXPECT_EQ(cut_message("a\nbb\nccc\ndddddddddddddddddd\n", 22, TextUnit::bytes),
            "a\nbb\nc…（余2条）");
  EXPECT_EQ(cut_message("a\nbb\nccc\ndddddddddddddddddd", 24, TextUnit::bytes),
            "a\nbb\nccc…（余1条）");
}

TEST(MessageCut, WhereTheSuffixDoesNotFitTheBeginningStands) {
  EXPECT_EQ(cut_message("工单工单工单工单", 15, TextUnit::bytes), "工单工单工");
  EXPECT_EQ(cut_message("工单工单", 4, TextUnit::bytes), "工");
  EXPECT_EQ(cut_message("工单工单", 2, TextUnit::bytes), "");
}

// Any text of 1-, 2-, 3- and 4-byte characters and lines, at any limit.
TEST(MessageCut, NoCutIsTooLongOrBroken) {
  SeededRandom random(7);
  const char* pieces[] = {"a", "é", "工", "😀", "\n"};
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (uint64_t i = random.below(200); i > 0; --i) text += pieces[random.below(5)];
    const size_t most = random.below(150);
    for (TextUnit unit : {TextUnit::bytes, TextUnit::characters}) {
      const std::string cut = cut_message(text, most, unit);
      ASSERT_TRUE(is_utf8(cut));
      ASSERT_LE(unit == TextUnit::bytes ? cut.size() : character_count(cut), most);
    }
  }
}

TEST(MessageCut, ManyLinesMakeALongerSuffix) {
  std::string text;
  for (int i = 0; i < 2000; ++i) text += "工单\n";
  const std::string cut = cut_message(text, 2048, TextUnit::bytes);
  EXPECT_LE(cut.size(), 2048U);
  EXPECT_GT(cut.size(), 2040U);
  const std::string shown = cut.substr(0, cut.find("…"));
  auto whole = size_t(std::ranges::count(shown, '\n'));
  if (shown.ends_with("\n工单")) ++whole;
  EXPECT_TRUE(cut.ends_with("…（余" + std::to_string(2000 - whole) + "条）")) << cut.substr(2000);
}

TEST(MessageCut, APossibleRepeatSaysSoFirst) {
  OutgoingNotice notice;
  notice.text = "工单";
  EXPECT_EQ(shown_text(notice), "工单");
  notice.possible_repeat = true;
  EXPECT_EQ(shown_text(notice), "（可能重复）工单");
}

}  // namespace
}  // namespace jieban
