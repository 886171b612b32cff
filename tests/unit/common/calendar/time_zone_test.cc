// Wall clocks of zones with and without daylight saving, at their jumps.
#include "common/calendar/time_zone.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

TimeZone zone(const std::string& name) {
  auto loaded = TimeZone::load(name);
  EXPECT_TRUE(loaded.ok()) << (loaded.ok() ? "" : loaded.error().message);
  return std::move(*loaded);
}

WallTime wall(std::string_view text) { return parse_wall(text).value(); }

int64_t seconds_at(const TimeZone& place, std::string_view text) {
  return to_micros(place.instant(wall(text))) / 1'000'000;
}

TEST(TimeZone, ShanghaiAgreesWithTheHousesOwnClock) {
  const TimeZone shanghai = zone("Asia/Shanghai");
  for (const char* text : {"1992-01-01 00:00:00", "2026-02-13 17:00:00", "2199-12-31 23:59:59"}) {
    EXPECT_EQ(shanghai.instant(wall(text)), parse_local(text).value());
    EXPECT_EQ(shanghai.wall(parse_local(text).value()), wall(text));
  }
  EXPECT_EQ(shanghai.name(), "Asia/Shanghai");
}

TEST(TimeZone, MicrosecondsPassThrough) {
  const TimeZone shanghai = zone("Asia/Shanghai");
  for (const int64_t micros : {int64_t{1'770'000'000'123'456}, int64_t{-1'500'000}, int64_t{-1}}) {
    EXPECT_EQ(to_micros(shanghai.instant(shanghai.wall(from_micros(micros)))), micros);
    EXPECT_EQ(to_micros(shanghai.boundary(shanghai.wall(from_micros(micros)))), micros);
  }
}

TEST(TimeZone, AReadingShownTwiceIsItsFirstShowing) {
  const TimeZone berlin = zone("Europe/Berlin");
  // 25 October 2015: 03:00 summer time is followed by 02:00 winter time.
  EXPECT_EQ(seconds_at(berlin, "2015-10-25 02:30:00"), 1445733000);
  EXPECT_EQ(berlin.boundary(wall("2015-10-25 02:30:00")),
            berlin.instant(wall("2015-10-25 02:30:00")));
  EXPECT_EQ(berlin.wall(from_micros(1445736600'000'000)), wall("2015-10-25 02:30:00"));
}

TEST(TimeZone, AReadingThatIsSkippedCountsOnButABoundaryIsTheJump) {
  const TimeZone berlin = zone("Europe/Berlin");
  const Timestamp jump = from_micros(1427590800'000'000);  // 29 March 2015, 02:00 becomes 03:00
  EXPECT_EQ(berlin.boundary(wall("2015-03-29 02:00:00")), jump);
  EXPECT_EQ(berlin.boundary(wall("2015-03-29 02:30:00")), jump);
  EXPECT_EQ(berlin.boundary(wall("2015-03-29 03:00:00")), jump);
  EXPECT_EQ(berlin.wall(berlin.instant(wall("2015-03-29 02:30:00"))), wall("2015-03-29 03:30:00"));
}

TEST(TimeZone, TheLastShowingOfAReadingIsABoundaryToo) {
  const TimeZone berlin = zone("Europe/Berlin");
  EXPECT_EQ(berlin.last_boundary(wall("2015-10-25 02:30:00")), from_micros(1445736600'000'000));
  for (const char* text : {"2015-10-25 01:59:59", "2015-10-25 03:00:00", "2015-03-29 02:30:00"}) {
    EXPECT_EQ(berlin.last_boundary(wall(text)), berlin.boundary(wall(text))) << text;
  }
}

TEST(TimeZone, TellsWhereTheClockIsSetForwardAndNotWhereBack) {
  const TimeZone berlin = zone("Europe/Berlin");
  const Timestamp jump = from_micros(1427590800'000'000);
  const ClockJump spring{wall("2015-03-29 02:00:00"), wall("2015-03-29 03:00:00")};
  const Timestamp winter = from_micros(1451606400'000'000);  // 2016-01-01
  EXPECT_EQ(berlin.jumps(jump - Duration(1), winter), std::vector{spring});
  EXPECT_EQ(berlin.jumps(jump - Duration(1), jump), std::vector{spring});
  EXPECT_TRUE(berlin.jumps(jump, winter).empty());
  EXPECT_TRUE(berlin.jumps(winter, jump).empty());
  // 30 December 2011 was no day in Samoa.
  const ClockJump day{wall("2011-12-30 00:00:00"), wall("2011-12-31 00:00:00")};
  const Timestamp then = from_micros(1325239200'000'000);
  EXPECT_EQ(zone("Pacific/Apia").jumps(then - Duration(1), then), std::vector{day});
  EXPECT_TRUE(zone("UTC").jumps(jump, winter).empty());
}

TEST(TimeZone, NamesOutsideOfTzdataAreRefused) {
  EXPECT_EQ(TimeZone::load("Asia/Xicheng").error().code, ErrorCode::not_found);
  for (const char* name : {"", "/etc/localtime", "../../etc/passwd", "localtime", "file:/x",
                           "Fixed/UTC+08:00:00", "Asia Shanghai"}) {
    ASSERT_FALSE(TimeZone::load(name).ok()) << name;
    EXPECT_EQ(TimeZone::load(name).error().code, ErrorCode::invalid) << name;
  }
}

}  // namespace
}  // namespace jieban
