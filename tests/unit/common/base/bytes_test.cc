// Keys sort like the numbers they hold; UTF-8 is checked strictly.
#include "common/base/bytes.h"

#include <gtest/gtest.h>

#include "common/base/random.h"

namespace jieban {
namespace {

std::string key(uint64_t value) {
  std::string out;
  append_u64(out, value);
  return out;
}

TEST(Bytes, BigEndianOrderIsNumericOrder) {
  SeededRandom random(11);
  for (int i = 0; i < 1000; ++i) {
    uint64_t a = random.next() >> random.below(64);
    uint64_t b = random.next() >> random.below(64);
    EXPECT_EQ(a < b, key(a) < key(b));
    EXPECT_EQ(read_u64(key(a)), a);
  }
}

TEST(Bytes, HexRoundTripAndRefusals) {
  EXPECT_EQ(to_hex(std::string("\x00\xff\x1a", 3)), "00ff1a");
  EXPECT_EQ(from_hex("00FF1a"), std::string("\x00\xff\x1a", 3));
  EXPECT_FALSE(from_hex("0"));
  EXPECT_FALSE(from_hex("0g"));
}

TEST(Bytes, IllFormedUtf8IsRefused) {
  EXPECT_TRUE(is_utf8("接诉即办 abc \xf0\x9f\x98\x80"));
  for (const char* bad : {"\xff", "\xc0\x80", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80",
                          "\xe6\x8e", "\xe6x\xa5", "\x80"}) {
    EXPECT_FALSE(is_utf8(bad)) << to_hex(bad);
  }
}

// Eight bytes are looked at at once: what is wrong shows at every place.
TEST(Bytes, IllFormedUtf8IsFoundBehindAsciiOfAnyLength) {
  for (size_t length = 0; length < 40; ++length) {
    const std::string ascii(length, 'a');
    EXPECT_TRUE(is_utf8(ascii + "接" + ascii));
    EXPECT_FALSE(is_utf8(ascii + "\xff" + ascii)) << length;
    EXPECT_FALSE(is_utf8(ascii + "\xe6\x8e")) << length;
  }
}

// Byte by byte after table 3-7 of the Unicode standard.
bool is_utf8_by_the_table(std::string_view text) {
  struct Row {
    unsigned lead_min, lead_max, second_min, second_max;
    size_t length;
  };
  static constexpr Row kRows[] = {
      {0x00, 0x7f, 0, 0, 1},       {0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3},
      {0xe1, 0xec, 0x80, 0xbf, 3}, {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3},
      {0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4}};
  auto byte = [&](size_t at) { return unsigned(static_cast<unsigned char>(text[at])); };
  for (size_t at = 0; at < text.size();) {
    const Row* found = nullptr;
    for (const Row& row : kRows) {
      if (byte(at) >= row.lead_min && byte(at) <= row.lead_max) found = &row;
    }
    if (found == nullptr || at + found->length > text.size()) return false;
    for (size_t k = 1; k < found->length; ++k) {
      const bool second = k == 1;
      if (byte(at + k) < (second ? found->second_min : 0x80)) return false;
      if (byte(at + k) > (second ? found->second_max : 0xbf)) return false;
    }
    at += found->length;
  }
  return true;
}

TEST(Bytes, Utf8IsWhatTheTableOfTheStandardSays) {
  const std::vector<std::string> pieces = {
      "a", "abcdefgh", "接", "诉即", "\xc3\xa9", "\xf0\x9f\x98\x80", "\xe0\xa0\x80", "\xed\x9f\xbf",
      "\xee\x80\x80", "\xef\xbf\xbf", "\xf4\x8f\xbf\xbf",
      // Ill-formed.
      "\xe0\x80\x80", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xc0\x80", "\xc1\xbf", "\xf4\x90\x80\x80",
      "\xf0\x8f\xbf\xbf", "\xf8\x88\x80\x80", "\x80", "\xe6\x8e", "\xe6", "\xff"};
  SeededRandom random(7);
  size_t well = 0;
  for (int i = 0; i < 200'000; ++i) {
    std::string text;
    // Mostly well-formed ones, or every text of some length would be ill-formed.
    for (uint64_t n = random.below(9); n > 0; --n) {
      text += pieces[random.below(random.below(6) == 0 ? pieces.size() : 11)];
    }
    if (random.below(4) == 0 && !text.empty())
      text[random.below(text.size())] = char(random.next());
    const bool expected = is_utf8_by_the_table(text);
    well += expected ? 1 : 0;
    ASSERT_EQ(is_utf8(text), expected) << to_hex(text);
  }
  EXPECT_GT(well, 20'000U);
}

// All leads with all second bytes, at the front of eight bytes and at the end.
TEST(Bytes, Utf8LeadsAndSecondBytesAreJudgedAlikeAtEveryPlace) {
  for (unsigned lead = 0; lead < 256; ++lead) {
    for (unsigned second = 0; second < 256; ++second) {
      const std::string pair = {char(lead), char(second)};
      for (const std::string& tail :
           {std::string(), std::string("\xbf"), std::string("\x80\x80")}) {
        for (size_t before : {0U, 1U, 3U, 8U}) {
          std::string text = std::string(before, 'a') + pair + tail;
          ASSERT_EQ(is_utf8(text), is_utf8_by_the_table(text)) << to_hex(text);
          text += "接诉即办";
          ASSERT_EQ(is_utf8(text), is_utf8_by_the_table(text)) << to_hex(text);
        }
      }
    }
  }
}

}  // namespace
}  // namespace jieban
