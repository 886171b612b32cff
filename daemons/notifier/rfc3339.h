// Times as other programs write them: "2026-07-18T04:05:06.123456789Z",
// "2026-07-18T12:05:06+08:00". Fails: nothing for what is written otherwise, or lies outside of
// 1970 to 2200. Thread rule: pure.
#pragma once

#include <optional>
#include <string_view>

#include "common/base/clock.h"

namespace jieban {

// Finer parts than microseconds are cut off. Nothing for Go's zero time (0001-01-01T00:00:00Z),
// either: see is_zero_time.
std::optional<Timestamp> read_rfc3339(std::string_view text);

// How programs written in Go say "no time".
bool is_zero_time(std::string_view text);

}  // namespace jieban
