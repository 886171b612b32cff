// Dates and wall-clock readings, as a person writes them down: no instant until a TimeZone says so.
//
// Promises: the types are those of std::chrono for local time, so that a reading never passes for a
// Timestamp, nor the other way. Texts have one spelling, and parsing is its strict inverse; dates
// that do not exist (2026-02-30) and readings such as 24:00:00 are refused. Years 1900 to 2999.
// What fails and how: parsing gives nullopt. Thread rule: pure functions, any thread.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/clock.h"

namespace jieban {

using Date = std::chrono::local_days;
using WallTime = std::chrono::local_time<Duration>;

std::optional<Date> parse_date(std::string_view text);      // "2026-02-14"
std::optional<WallTime> parse_wall(std::string_view text);  // "2026-02-14 09:00:00", or with 'T'
std::string to_text(Date date);
std::string to_text(WallTime wall);  // to the second

// 0 is Monday.
unsigned weekday_of(Date date);
int year_of(Date date);
Date date_of(WallTime wall);
Date new_year(int year);

}  // namespace jieban
