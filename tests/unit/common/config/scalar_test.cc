// Scalars mean one thing or are refused.
#include "common/config/scalar.h"

#include <gtest/gtest.h>

#include "common/base/bytes.h"

namespace jieban {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(Scalar, IntegersAreDecimalOnly) {
  EXPECT_EQ(*parse_integer("0"), 0);
  EXPECT_EQ(*parse_integer("-42"), -42);
  EXPECT_EQ(*parse_integer("9223372036854775807"), INT64_MAX);
  for (const char* text : {"", "-", "010", "-0", "+1", "0x10", "1e3", "1.0", " 1", "1 ", "1_000",
                           "9223372036854775808", "一"}) {
    EXPECT_FALSE(parse_integer(text).ok()) << text;
  }
}

TEST(Scalar, SizesNeedAUnit) {
  EXPECT_EQ(*parse_size("64KiB"), 65536U);
  EXPECT_EQ(*parse_size("16GiB"), size_t{16} << 30U);
  EXPECT_EQ(*parse_size("0B"), 0U);
  for (const char* text : {"64", "64K", "64kB", "64 KiB", "-1KiB", "1.5MiB", "KiB", "08KiB",
                           "9999999TiB", "9223372036854775808B"}) {
    EXPECT_FALSE(parse_size(text).ok()) << text;
  }
}

TEST(Scalar, DurationsNeedAUnit) {
  EXPECT_EQ(*parse_duration("500ms"), milliseconds(500));
  EXPECT_EQ(*parse_duration("30s"), seconds(30));
  EXPECT_EQ(*parse_duration("5m"), seconds(300));
  EXPECT_EQ(*parse_duration("2h"), hours(2));
  EXPECT_EQ(*parse_duration("7d"), hours(168));
  for (const char* text :
       {"30", "1h30m", "-5s", "5 s", "5S", "5M", "s", "05s", "1w", "106751992d"}) {
    EXPECT_FALSE(parse_duration(text).ok()) << text;
  }
}

TEST(Scalar, OnlyTrueAndFalseAreSwitches) {
  EXPECT_TRUE(*parse_boolean("true"));
  EXPECT_FALSE(*parse_boolean("false"));
  for (const char* text : {"yes", "no", "on", "True", "1", ""}) {
    EXPECT_FALSE(parse_boolean(text).ok()) << text;
  }
}

TEST(Scalar, ErrorsSayHowToWriteIt) {
  EXPECT_EQ(parse_duration("30").error().message,
            "\"30\" is not a duration; write a number and us, ms, s, m, h or d, such as 30s");
  std::string chinese;
  for (int i = 0; i < 50; ++i) chinese += "秒";
  EXPECT_TRUE(is_utf8(parse_duration("x" + chinese).error().message));
  EXPECT_LT(parse_duration("xx" + chinese).error().message.size(), 150U);
}

TEST(Scalar, PrintingIsTheInverseOfParsing) {
  for (const char* text : {"0s", "1us", "1500ms", "90s", "5m", "2h", "7d"}) {
    EXPECT_EQ(format_duration(*parse_duration(text)), text);
  }
  for (const char* text : {"0B", "1000B", "1KiB", "1536KiB", "16GiB", "2TiB"}) {
    EXPECT_EQ(format_size(*parse_size(text)), text);
  }
}

}  // namespace
}  // namespace jieban
