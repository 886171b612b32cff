// A flat array is read part by part; what is not flat, not whole or not of the length is refused.
#include "common/wire/scan.h"

#include <gtest/gtest.h>

#include <string>

namespace jieban::wire_detail {
namespace {

using namespace std::string_literals;
constexpr size_t kAny = 1024;

TEST(FlatScan, PartsAreReadByTheirType) {
  FlatScan scan(4);
  ASSERT_TRUE(scan.run("\x94\x07\xfe\xa2hi\xc4\x01\xff", kAny).ok());
  uint64_t number = 0;
  int64_t integer = 0;
  std::string_view view;
  EXPECT_TRUE(scan.number(0, number));
  EXPECT_EQ(number, 7U);
  EXPECT_TRUE(scan.integer(0, integer));
  EXPECT_EQ(integer, 7);
  EXPECT_TRUE(scan.integer(1, integer));
  EXPECT_EQ(integer, -2);
  EXPECT_TRUE(scan.text(2, view));
  EXPECT_EQ(view, "hi");
  EXPECT_TRUE(scan.bytes(3, view));
  EXPECT_EQ(view, "\xff");
}

TEST(FlatScan, AskingForAnotherTypeFailsAndLeavesTheTargetAlone) {
  FlatScan scan(4);
  ASSERT_TRUE(scan.run("\x94\x07\xfe\xa2hi\xc4\x01\xff", kAny).ok());
  uint64_t number = 99;
  int64_t integer = 99;
  std::string_view view = "old";
  EXPECT_FALSE(scan.number(1, number)) << "negative";
  EXPECT_FALSE(scan.number(2, number));
  EXPECT_FALSE(scan.integer(3, integer));
  EXPECT_FALSE(scan.text(3, view)) << "bytes are no text";
  EXPECT_FALSE(scan.bytes(2, view)) << "text is no bytes";
  EXPECT_FALSE(scan.text(0, view));
  EXPECT_EQ(number, 99U);
  EXPECT_EQ(integer, 99);
  EXPECT_EQ(view, "old");
}

TEST(FlatScan, NumbersAboveTheSignedRangeAreNoIntegers) {
  FlatScan scan(1);
  ASSERT_TRUE(scan.run("\x91\xcf\xff\xff\xff\xff\xff\xff\xff\xff", kAny).ok());
  uint64_t number = 0;
  int64_t integer = 0;
  EXPECT_TRUE(scan.number(0, number));
  EXPECT_EQ(number, UINT64_MAX);
  EXPECT_FALSE(scan.integer(0, integer));
}

TEST(FlatScan, TextMustBeUtf8) {
  FlatScan scan(1);
  ASSERT_TRUE(scan.run("\x91\xa2\xc0\x80", kAny).ok());
  std::string_view view;
  EXPECT_FALSE(scan.text(0, view));
}

TEST(FlatScan, PartsAreNoLongerThanAllowed) {
  FlatScan scan(1);
  EXPECT_TRUE(scan.run("\x91\xa3"s + "abc", 3).ok());
  EXPECT_FALSE(scan.run("\x91\xa4"s + "abcd", 3).ok());
}

TEST(FlatScan, WhatIsNotAFlatArrayOfTheLengthIsRefused) {
  FlatScan scan(2);
  ASSERT_TRUE(scan.run("\x92\x01\x02", kAny).ok());
  for (const std::string& wrong :
       {""s, "\x01"s, "\x91\x01"s, "\x93\x01\x02\x03"s, "\x92\x01"s, "\x92\x01\x91\x02"s,
        "\x92\x01\x81\x01\x02"s, "\x92\x01\xc0"s, "\x92\x01\xc2"s, "\x92\x01\xca\0\0\0\0"s,
        "\x92\x01\xd4\x01\x02"s, "\x92\x01\xc1"s, "\x82\x01\x02\x03\x04"s, "\xdd\xff\xff\xff\xff"s,
        "\x92\x01\xdb\xff\xff\xff\xff"s, std::string(100'000, '\x92')}) {
    auto result = scan.run(wrong, kAny);
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().code, ErrorCode::corrupt);
  }
}

TEST(FlatScan, BytesMayFollowAPrefixOnly) {
  FlatScan scan(1);
  EXPECT_FALSE(scan.run("\x91\x01!", kAny).ok());
  size_t consumed = 0;
  ASSERT_TRUE(scan.run_prefix("\x91\x01!", kAny, consumed).ok());
  EXPECT_EQ(consumed, 2U);
}

TEST(FlatScan, CanBeUsedAgain) {
  FlatScan scan(1);
  ASSERT_FALSE(scan.run("\x91", kAny).ok());
  ASSERT_TRUE(scan.run("\x91\x05", kAny).ok());
  uint64_t number = 0;
  EXPECT_TRUE(scan.number(0, number));
  EXPECT_EQ(number, 5U);
}

}  // namespace
}  // namespace jieban::wire_detail
