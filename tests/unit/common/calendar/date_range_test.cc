// A range of dates includes both ends and never runs backwards.
#include "common/calendar/date_range.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

TEST(DateRange, OneDateIsARange) {
  const auto range = parse_date_range("2026-05-01");
  ASSERT_TRUE(range.has_value());
  EXPECT_TRUE(range->contains(*parse_date("2026-05-01")));
  EXPECT_FALSE(range->contains(*parse_date("2026-05-02")));
}

TEST(DateRange, BothEndsBelongToIt) {
  const auto range = parse_date_range("2026-05-01/2026-05-05");
  ASSERT_TRUE(range.has_value());
  EXPECT_TRUE(range->contains(*parse_date("2026-05-01")));
  EXPECT_TRUE(range->contains(*parse_date("2026-05-05")));
  EXPECT_FALSE(range->contains(*parse_date("2026-05-06")));
  EXPECT_FALSE(range->contains(*parse_date("2026-04-30")));
}

TEST(DateRange, WhatIsNoRangeIsRefused) {
  for (const char* text : {"", "/", "2026-05-01/", "/2026-05-01", "2026-05-05/2026-05-01",
                           "2026-05-01/2026-05-02/2026-05-03", "2026-05-01-2026-05-05"}) {
    EXPECT_FALSE(parse_date_range(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace jieban
