// Time is UTC inside and Asia/Shanghai outside, whatever the host's zone is.
#include "common/base/clock.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

TEST(Clock, LocalTimeIsShanghai) {
  EXPECT_EQ(format_local(from_micros(0)), "1970-01-01 08:00:00");
  EXPECT_EQ(parse_local("1970-01-01 08:00:00"), from_micros(0));
}

TEST(Clock, FormatAndParseAreInverse) {
  for (const char* text : {"2026-02-03 04:05:06", "2024-02-29 23:59:59", "2199-12-31 00:00:00"}) {
    auto at = parse_local(text);
    ASSERT_TRUE(at) << text;
    EXPECT_EQ(format_local(*at), text);
  }
}

TEST(Clock, DatesThatDoNotExistAreRefused) {
  for (const char* text :
       {"2026-02-29 00:00:00", "2026-13-01 00:00:00", "2026-01-01 24:00:00", "2026-1-1 00:00:00",
        "2026-01-01 00:60:00", "2026-01-01", "", "2026-01-01 0a:00:00", "1969-01-01 00:00:00"}) {
    EXPECT_FALSE(parse_local(text)) << text;
  }
}

TEST(Clock, AcceleratedClockRunsFromItsOrigin) {
  Timestamp origin = *parse_local("2026-01-05 00:00:00");
  AcceleratedClock clock(SystemClock().now(), origin, 600);
  EXPECT_GE(clock.now(), origin);
  EXPECT_LT(clock.now(), origin + std::chrono::hours(2));
  EXPECT_EQ(clock.real(std::chrono::minutes(10)), std::chrono::seconds(1));
}

}  // namespace
}  // namespace jieban
