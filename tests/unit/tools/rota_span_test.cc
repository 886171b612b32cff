// What people mean by --from and --to.
#include "tools/jieban/rota_span.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

using std::chrono::days;

const std::string kZone = "Asia/Shanghai";

Timestamp local(const std::string& text) { return parse_local(text + ":00").value(); }

const Timestamp kNow = local("2026-03-02 12:34");

std::string refusal(const SpanTexts& texts) {
  const auto span = read_duty_span(texts, kZone, kNow);
  return span.ok() ? "read" : span.error().message;
}

TEST(RotaSpan, IsAWeekFromNowOnByDefault) {
  EXPECT_EQ(*read_duty_span({}, kZone, kNow), (TimeSpan{kNow, kNow + days(7)}));
  EXPECT_EQ(*read_duty_span({"2026-03-09", ""}, kZone, kNow),
            (TimeSpan{local("2026-03-09 00:00"), local("2026-03-16 00:00")}));
}

TEST(RotaSpan, ADateAsTheEndIsIncludedATimeIsNot) {
  EXPECT_EQ(read_duty_span({"2026-03-02", "2026-03-08"}, kZone, kNow)->until,
            local("2026-03-09 00:00"));
  EXPECT_EQ(read_duty_span({"2026-03-02", "2026-03-08 08:30"}, kZone, kNow)->until,
            local("2026-03-08 08:30"));
  EXPECT_EQ(read_duty_span({"2026-03-02", "2026-03-02"}, kZone, kNow)->until,
            local("2026-03-03 00:00"));
}

TEST(RotaSpan, IsOnTheWallClockOfTheRota) {
  EXPECT_EQ(read_duty_span({"2026-03-02 08:30", ""}, "UTC", kNow)->from, local("2026-03-02 16:30"));
}

TEST(RotaSpan, WhatCannotBeIsRefusedByItsOption) {
  EXPECT_EQ(refusal({"tomorrow", ""}).substr(0, 16), "--from is a date");
  EXPECT_EQ(refusal({"", "2026-02-30"}).substr(0, 14), "--to is a date");
  EXPECT_EQ(refusal({"2026-03-02 08:30", "2026-03-02 08:30"}), "--to is not after --from");
  EXPECT_EQ(refusal({"2026-03-02", "2026-03-01"}), "--to is not after --from");
  EXPECT_EQ(refusal({"2026-03-02", "2029-03-01"}), "--to is more than two years after --from");
}

TEST(RotaSpan, AMomentIsOneInstant) {
  EXPECT_EQ(*read_moment("", kZone, kNow), (TimeSpan{kNow, kNow + Duration(1)}));
  EXPECT_EQ(read_moment("2026-03-02 08:30", kZone, kNow)->from, local("2026-03-02 08:30"));
  EXPECT_FALSE(read_moment("noon", kZone, kNow).ok());
}

}  // namespace
}  // namespace jieban
