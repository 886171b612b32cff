// Instants as other programs write them: RFC 3339, and the UTC form of iCalendar.
// parse_rfc3339 takes "2018-01-01T06:00:00Z", an offset such as -05:00 and up to nine digits of a
// second, of which six count; nullopt for all else, and for what lies before 1970. Pure; any
// thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "common/base/clock.h"

namespace jieban {

std::string to_rfc3339(Timestamp at);  // "2018-01-01T06:00:00Z", to the second
std::optional<Timestamp> parse_rfc3339(std::string_view text);
std::string to_ics_time(Timestamp at);  // "20180101T060000Z"

}  // namespace jieban
