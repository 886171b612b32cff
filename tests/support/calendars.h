// Calendars for tests, from the text of a calendar file, and instants from what a wall clock shows.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "common/calendar/calendar.h"

namespace jieban {

// The announced years that the project ships.
inline const OfficialYears& shipped_years() {
  static const OfficialYears years = [] {
    auto loaded = OfficialYears::load(JIEBAN_SOURCE_DIR "/config/calendar");
    EXPECT_TRUE(loaded.ok()) << (loaded.ok() ? "" : loaded.error().message);
    return std::move(*loaded);
  }();
  return years;
}

inline Result<Calendar> try_calendar(std::string_view yaml) {
  auto document = Document::parse(yaml, "calendar.yaml");
  if (!document.ok()) return document.error();
  auto plan = read_calendar_plan(*document);
  if (!plan.ok()) return plan.error();
  return Calendar::make(std::move(*plan), shipped_years());
}

inline Calendar calendar_of(std::string_view yaml) {
  auto made = try_calendar(yaml);
  EXPECT_TRUE(made.ok()) << (made.ok() ? "" : made.error().message);
  return std::move(*made);
}

inline std::string calendar_text(std::string_view zone, std::string_view days,
                                 std::string_view windows) {
  return "name: test\ntimezone: " + std::string(zone) + "\nworking_days: " + std::string(days) +
         "\nwindows: " + std::string(windows) + "\n";
}

// The hours of DOMAIN §4.3 on official days.
inline const Calendar& office() {
  static const Calendar calendar =
      calendar_of(calendar_text("Asia/Shanghai", "official", R"(["09:00-12:00", "13:30-18:00"])"));
  return calendar;
}

inline Timestamp at(const Calendar& calendar, std::string_view wall) {
  const auto reading = parse_wall(wall);
  EXPECT_TRUE(reading.has_value()) << wall;
  return calendar.zone().instant(reading.value_or(WallTime()));
}

inline Date day(std::string_view text) {
  const auto date = parse_date(text);
  EXPECT_TRUE(date.has_value()) << text;
  return date.value_or(Date());
}

// As the clock on the calendar's wall shows it, or the error.
inline std::string told(const Calendar& calendar, const Result<Timestamp>& instant) {
  return instant.ok() ? to_text(calendar.zone().wall(*instant)) : instant.error().message;
}

inline std::string told(const Result<Date>& date) {
  return date.ok() ? to_text(*date) : date.error().message;
}

}  // namespace jieban
