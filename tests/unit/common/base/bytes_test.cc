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

TEST(Bytes, CharactersOfThreeBytesAreWellFormedExactlyAsUnicodeSays) {
  const std::string before = "接诉即办";
  for (unsigned lead = 0xe0; lead <= 0xef; ++lead) {
    for (unsigned second = 0; second <= 0xff; ++second) {
      for (unsigned third : {0x00U, 0x41U, 0x7fU, 0x80U, 0xbfU, 0xc0U, 0xe6U, 0xffU}) {
        const std::string text = {char(lead), char(second), char(third)};
        const unsigned lowest = lead == 0xe0 ? 0xa0U : 0x80U;
        const unsigned highest = lead == 0xed ? 0x9fU : 0xbfU;
        const bool good = second >= lowest && second <= highest && third >= 0x80 && third <= 0xbf;
        EXPECT_EQ(is_utf8(text), good) << to_hex(text);
        EXPECT_EQ(is_utf8(before + text), good) << to_hex(text);
        EXPECT_FALSE(is_utf8(before + text.substr(0, 2))) << to_hex(text);
      }
    }
  }
}

}  // namespace
}  // namespace jieban
