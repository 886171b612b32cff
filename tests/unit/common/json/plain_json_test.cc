// The fast parser gives what the thorough one gives, or leaves it to that one.
#include "common/json/plain_json.h"

#include <gtest/gtest.h>

#include <thread>

#include "common/json/thorough_json.h"

namespace jieban {
namespace {

// Equal, down to the sign of a zero.
bool gives_the_same(std::string_view text) {
  auto plain = parse_plain_json(text, {});
  auto thorough = parse_json_thoroughly(text, {});
  return plain && thorough.ok() && *plain == *thorough && to_json(*plain) == to_json(*thorough);
}

TEST(PlainJson, EveryKindIsTakenAsTheThoroughParserTakesIt) {
  for (const char* text : {"null",
                           "true",
                           "[false]",
                           "\"\"",
                           "[]",
                           "{}",
                           " [ 1 , 2 ]\n",
                           "0",
                           "-0",
                           "-0.0",
                           "1.5e3",
                           "1E-7",
                           "0.1",
                           "-1.7976931348623157e308",
                           "4.9e-324",
                           "1e-400",
                           "2.2250738585072011e-308",
                           "9007199254740993.0",
                           "9223372036854775807",
                           "-9223372036854775808",
                           "9223372036854775808",
                           "18446744073709551615",
                           "123456789012345678901234567890.5",
                           "\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
                           "\"\\u63a5\\u8BC9\\u0000\\uFFFF\"",
                           "\"接诉即办\x7f\xf0\x9f\x98\x80\"",
                           R"({"a":{"b":[{"c":null},{}]},"":[[],[1]]})"}) {
    EXPECT_TRUE(gives_the_same(text)) << text;
  }
}

TEST(PlainJson, WhatItCannotTellWellIsLeftToTheThoroughParser) {
  for (const char* text : {"",
                           " ",
                           "{",
                           "[1,]",
                           "01",
                           "1.",
                           "nul",
                           "\"\xff\"",
                           "\"\x01\"",
                           "[1 2]",
                           "{} {}",
                           "1e400",
                           "18446744073709551616",
                           "-9223372036854775809",
                           R"({"a":1,"a":2})",
                           R"([{"b":1,"b":1}])",
                           R"("\ud83d\ude00")",
                           R"("\uD800")",
                           R"("\udc00")",
                           R"("\ud800A")",
                           R"("\x")",
                           "\xef\xbb\xbf{}"}) {
    EXPECT_FALSE(parse_plain_json(text, {})) << text;
  }
}

TEST(PlainJson, DuplicateKeysAreSeenInLongObjectsToo) {
  std::string many = "{";
  for (int i = 0; i < 40; ++i) many += "\"k" + std::to_string(i) + "\":0,";
  EXPECT_TRUE(gives_the_same(many + "\"k40\":0}"));
  EXPECT_FALSE(parse_plain_json(many + "\"k7\":0}", {}));
  // Keys of equal length, first and last letter.
  EXPECT_TRUE(gives_the_same(R"({"abd":1,"acd":2,"":3})"));
}

TEST(PlainJson, LimitsAreLeftToTheThoroughParser) {
  JsonLimits small{.bytes_max = 100, .depth_max = 2, .nodes_max = 4};
  EXPECT_TRUE(parse_plain_json("[[1,2]]", small));
  EXPECT_FALSE(parse_plain_json("[[1,2,3]]", small));
  EXPECT_FALSE(parse_plain_json("[[[]]]", small));
  EXPECT_TRUE(parse_plain_json("[{},{}]", small)) << "depth counts what is open, not what was";
}

TEST(PlainJson, ALongTextIsParsedUpToTheLengthThatItsMemoryAllows) {
  const std::string long_text = "[\"" + std::string(size_t{512} * 1024, 'x') + "\"]";
  EXPECT_TRUE(gives_the_same(long_text));
  EXPECT_TRUE(gives_the_same("[1]")) << "and a short one after it";
  EXPECT_FALSE(parse_plain_json("[\"" + std::string(size_t{1024} * 1024, 'x') + "\"]", {}));
}

TEST(PlainJson, EachThreadHasAParserOfItsOwn) {
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&wrong, t] {
      const std::string text =
          "{\"t\":" + std::to_string(t) + ",\"s\":\"接" + std::to_string(t) + "\"}";
      for (int i = 0; i < 500; ++i) {
        if (!gives_the_same(text)) ++wrong;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace jieban
