// Every date style of DOMAIN §6.2 is read, nothing is guessed, and no day that never was passes.
#include "common/domain/date_text.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

std::string read(std::string_view text, DateStyle style = DateStyle::year_first) {
  auto at = parse_date_text(text, style);
  return at ? format_local(*at) : "error";
}

struct Example {
  std::string_view text;
  std::string_view wanted;
};

TEST(DateText, EveryStyleOfTheExportsIsRead) {
  constexpr Example kExamples[] = {
      {"2026-02-03 04:05:06", "2026-02-03 04:05:06"},
      {"2026-02-03T04:05:06", "2026-02-03 04:05:06"},
      {"2026-02-03T04:05:06.789", "2026-02-03 04:05:06"},
      {"2026-02-03T04:05:06+08:00", "2026-02-03 04:05:06"},
      {"2026-02-02T20:05:06Z", "2026-02-03 04:05:06"},
      {"2026-02-02T15:05:06-05:00", "2026-02-03 04:05:06"},
      {"2026/2/3 4:05", "2026-02-03 04:05:00"},
      {"2026.2.3", "2026-02-03 00:00:00"},
      {"2026-02-03", "2026-02-03 00:00:00"},
      {"20260203", "2026-02-03 00:00:00"},
      {"20260203040506", "2026-02-03 04:05:06"},
      {"2026年2月3日 4时5分", "2026-02-03 04:05:00"},
      {"2026年2月3日4时5分6秒", "2026-02-03 04:05:06"},
      {"2026年02月03日 04:05:06", "2026-02-03 04:05:06"},
      {"2026年2月3日", "2026-02-03 00:00:00"},
      {"2026年2月3日 下午3点", "2026-02-03 15:00:00"},
      {"2026/2/3 上午 9:05", "2026-02-03 09:05:00"},
      {"2026/2/3 下午 3:05:06", "2026-02-03 15:05:06"},
      {"2026/2/3 上午12:30", "2026-02-03 00:30:00"},
      {"2026/2/3 下午12:30", "2026-02-03 12:30:00"},
      {"2026/2/3 下午15:30", "2026-02-03 15:30:00"},
      {"2026/2/3 3:05 PM", "2026-02-03 15:05:00"},
      {" ２０２６－０２－０３　０４：０５ ", "2026-02-03 04:05:00"},
      {"46056", "2026-02-03 00:00:00"},
      {"46056.170208333337", "2026-02-03 04:05:06"},
      {"46056.999999", "2026-02-04 00:00:00"},
  };
  for (const Example& each : kExamples) EXPECT_EQ(read(each.text), each.wanted) << each.text;
}

TEST(DateText, DaysAndHoursThatAreNotAreErrors) {
  for (std::string_view text :
       {"2026-02-29", "2026-02-30 04:05:06", "2026-13-01", "20260230", "20260203250000",
        "2026/2/3 24:00", "2026/2/3 4:60", "2026/2/3 上午 13:00", "2026/2/3 下午 0:30",
        "2026年2月30日", "1969-12-31 12:00", "2201-01-01"}) {
    auto at = parse_date_text(text);
    ASSERT_FALSE(at.ok()) << text;
    EXPECT_EQ(at.error().message, "日期或时间不存在") << text;
  }
}

TEST(DateText, WhatIsNoDateIsAnErrorWithoutItsText) {
  for (std::string_view text : {"",
                                "5个工作日",
                                "张三",
                                "2026-02",
                                "02-03",
                                "26-2-3",
                                "2026-2/3",
                                "2026-02-03 04",
                                "2026-02-03 04:05:06 x",
                                "2026-02-03T",
                                "2026-02-03 04:05:06+8",
                                "12",
                                "99999999999999999",
                                "109940",
                                "-46056",
                                "4.6E4",
                                "nan",
                                "inf",
                                "0x4",
                                "20260203 0405",
                                "202602030405"}) {
    auto at = parse_date_text(text);
    ASSERT_FALSE(at.ok()) << text;
    EXPECT_EQ(at.error().message, "不是可识别的时间格式") << text;
  }
}

TEST(DateText, MonthFirstIsReadOnlyWhereDeclared) {
  EXPECT_EQ(read("12/31/2016"), "error");
  EXPECT_EQ(read("12/31/2016", DateStyle::month_first), "2016-12-31 00:00:00");
  EXPECT_EQ(read("02/03/2016 4:05", DateStyle::month_first), "2016-02-03 04:05:00");
  EXPECT_EQ(read("31/12/2016", DateStyle::month_first), "error");
  EXPECT_EQ(read("2026/2/3", DateStyle::month_first), "2026-02-03 00:00:00");
}

}  // namespace
}  // namespace jieban
