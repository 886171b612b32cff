// Goal: instants of other programs come in whatever their offset, and go out in one form.
#include "common/calendar/instant_text.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

TEST(InstantText, IsReadWithOffsetsAndParts) {
  const auto at = parse_rfc3339("2018-01-01T06:00:00Z");
  ASSERT_TRUE(at.has_value());
  EXPECT_EQ(parse_rfc3339("2018-01-01T14:00:00+08:00"), at);
  EXPECT_EQ(parse_rfc3339("2018-01-01T00:30:00-05:30"), at);
  EXPECT_EQ(parse_rfc3339("2018-01-01T06:00:00.25Z"), *at + Duration(250'000));
  EXPECT_EQ(parse_rfc3339("2018-01-01T06:00:00.0000019Z"), *at + Duration(1));
  EXPECT_EQ(parse_rfc3339("2018-01-01T06:00:00.123456789Z"), *at + Duration(123'456));
  EXPECT_EQ(parse_rfc3339("2018-01-01T06:00:00.000Z"), at);
  EXPECT_EQ(parse_rfc3339("2017-12-31T22:30:00-07:30"), at);
}

TEST(InstantText, WhatIsNoInstantIsRefused) {
  for (const char* wrong :
       {"", "2018-01-01", "2018-01-01T06:00:00", "2018-02-30T06:00:00Z", "2018-01-01T06:00:00.Z",
        "2018-01-01T06:00:00+8:00", "2018-01-01T06:00:00+24:00", "2018-01-01T06:00:00+08:60",
        "2018-01-01T06:00:00+0800", "2018-01-01T06:00:00Zx", "2018-01-01T25:00:00Z",
        "2018-01-01 06:00:00Z", "2018-01-01T06:00:00.1234567890Z", "2018-01-01T06:00:00+-1:00",
        "2018-01-01T06:00:00ZZ", "1969-12-31T00:00:00Z", "0001-01-01T00:00:00Z"}) {
    EXPECT_FALSE(parse_rfc3339(wrong).has_value()) << wrong;
  }
}

TEST(InstantText, GoesOutInUtc) {
  const Timestamp at = *parse_rfc3339("2018-01-01T14:00:07+08:00");
  EXPECT_EQ(to_rfc3339(at), "2018-01-01T06:00:07Z");
  EXPECT_EQ(to_ics_time(at), "20180101T060007Z");
}

}  // namespace
}  // namespace jieban
