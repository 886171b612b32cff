// Dates and readings have one spelling; what does not exist is refused.
#include "common/calendar/civil.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

TEST(Civil, WhatIsParsedComesBack) {
  for (const char* text : {"1900-01-01", "1970-01-01", "2024-02-29", "2026-12-31", "2999-12-31"}) {
    EXPECT_EQ(to_text(parse_date(text).value()), text);
    const std::string wall = std::string(text) + " 23:59:59";
    EXPECT_EQ(to_text(parse_wall(wall).value()), wall);
  }
  EXPECT_EQ(parse_wall("2026-02-14T09:00:01"), parse_wall("2026-02-14 09:00:01"));
}

TEST(Civil, WhatDoesNotExistIsRefused) {
  for (const char* text :
       {"", "2026-02-30", "2025-02-29", "2026-13-01", "2026-00-01", "2026-1-01", "2026/02/14",
        "1899-12-31", "3000-01-01", "2026-02-1x", "20260214", "2026-02-14 ", "+026-02-14"}) {
    EXPECT_FALSE(parse_date(text).has_value()) << text;
  }
  for (const char* text : {"2026-02-14", "2026-02-14 24:00:00", "2026-02-14 09:60:00",
                           "2026-02-14 09:00:60", "2026-02-14 09:00", "2026-02-14_09:00:00",
                           "2026-02-30 09:00:00", "2026-02-14 09.00.00", "2026-02-14 -9:00:00"}) {
    EXPECT_FALSE(parse_wall(text).has_value()) << text;
  }
}

TEST(Civil, PartsOfADate) {
  EXPECT_EQ(weekday_of(*parse_date("2026-02-16")), 0U);
  EXPECT_EQ(weekday_of(*parse_date("2026-02-22")), 6U);
  EXPECT_EQ(year_of(*parse_date("2026-12-31")), 2026);
  EXPECT_EQ(to_text(new_year(2027)), "2027-01-01");
  EXPECT_EQ(date_of(*parse_wall("1969-12-31 23:59:59")), *parse_date("1969-12-31"));
}

}  // namespace
}  // namespace jieban
