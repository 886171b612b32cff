// Printing never fails, and what it prints can be read back.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "common/base/bytes.h"
#include "common/base/random.h"
#include "common/json/json.h"

namespace jieban {
namespace {

TEST(JsonWriter, CompactAndIndented) {
  Value value;
  value.set("a", Value::Array{1, "x", Value()}).set("b", Value::Object{}).set("c", false);
  EXPECT_EQ(to_json(value), R"({"a":[1,"x",null],"b":{},"c":false})");
  EXPECT_EQ(to_json(value, 2),
            "{\n  \"a\": [\n    1,\n    \"x\",\n    null\n  ],\n  \"b\": {},\n  \"c\": false\n}");
}

TEST(JsonWriter, EscapesWhatMustBeEscaped) {
  EXPECT_EQ(to_json(Value(std::string("\"\\\n\x01\x7f/接", 9))),
            "\"\\\"\\\\\\n\\u0001\\u007f/接\"");
  EXPECT_EQ(to_json(Value(std::string_view("a\0b", 3))), "\"a\\u0000b\"");
}

TEST(JsonWriter, IllFormedUtf8IsReplacedNotThrown) {
  EXPECT_EQ(to_json(Value("a\xff"
                          "b")),
            "\"a\xef\xbf\xbd"
            "b\"");
  EXPECT_EQ(to_json(Value("\xe6\x8e")), "\"\xef\xbf\xbd\xef\xbf\xbd\"");
  EXPECT_EQ(to_json(Value("\xed\xa0\x80")), "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");
  SeededRandom random(5);
  for (int round = 0; round < 2000; ++round) {
    std::string noise;
    for (uint64_t i = random.below(12); i > 0; --i) noise += static_cast<char>(random.below(256));
    std::string printed = to_json(Value(noise));
    EXPECT_TRUE(is_utf8(printed));
    auto back = parse_json(printed);
    ASSERT_TRUE(back.ok()) << to_hex(noise) << ": " << back.error().message;
    EXPECT_EQ(*back == Value(noise), is_utf8(noise)) << to_hex(noise);
  }
}

TEST(JsonWriter, NumbersRoundTrip) {
  for (const Value& value : {Value(INT64_MIN), Value(INT64_MAX), Value(UINT64_MAX), Value(0.1),
                             Value(1.0), Value(-0.0), Value(1e300), Value(5e-324), Value(1e22)}) {
    EXPECT_EQ(*parse_json(to_json(value)), value) << to_json(value);
  }
  EXPECT_EQ(to_json(Value(std::nan(""))), "null");
  EXPECT_EQ(to_json(Value(-std::numeric_limits<double>::infinity())), "null");
}

}  // namespace
}  // namespace jieban
