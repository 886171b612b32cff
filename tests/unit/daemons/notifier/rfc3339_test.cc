// Goal: the times that Alertmanager writes are read to the microsecond, others not at all.
#include "daemons/notifier/rfc3339.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

Timestamp noon_of_shanghai() { return *from_civil({2026, 7, 18, 12, 0, 0}); }

TEST(Rfc3339, ZonesAreAccountedFor) {
  for (const char* text : {"2026-07-18T04:00:00Z", "2026-07-18T12:00:00+08:00",
                           "2026-07-17T20:30:00-07:30", "2026-07-18T04:00:00.000Z"}) {
    EXPECT_EQ(read_rfc3339(text), noon_of_shanghai()) << text;
  }
}

TEST(Rfc3339, FractionsAreCutToMicroseconds) {
  EXPECT_EQ(read_rfc3339("2026-07-18T04:00:00.5Z"),
            noon_of_shanghai() + std::chrono::milliseconds(500));
  EXPECT_EQ(read_rfc3339("2026-07-18T04:00:00.123456789Z"),
            noon_of_shanghai() + std::chrono::microseconds(123456));
}

TEST(Rfc3339, WhatIsWrittenOtherwiseIsNoTime) {
  for (const char* text :
       {"", "2026-07-18", "2026-07-18T04:00:00", "2026-07-18 04:00:00Z", "2026-02-30T04:00:00Z",
        "2026-07-18T04:00:00.Z", "2026-07-18T04:00:00.1234567890Z", "2026-07-18T04:00:00+0800",
        "2026-07-18T04:00:00+24:00", "2026-07-18T04:00:00+-1:00", "2026-07-18T04:00:00ZZ",
        "1969-12-31T00:00:00Z", "0001-01-01T00:00:00Z"}) {
    EXPECT_EQ(read_rfc3339(text), std::nullopt) << text;
  }
}

TEST(Rfc3339, GoWritesNoTimeAsTheYearOne) {
  EXPECT_TRUE(is_zero_time("0001-01-01T00:00:00Z"));
  EXPECT_FALSE(is_zero_time("2026-07-18T04:00:00Z"));
}

}  // namespace
}  // namespace jieban
