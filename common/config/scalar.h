// The scalars of our configuration files, parsed by us: decimal only, explicit units.
//
// YAML's own rules read 010 as eight and `no` as false; ours know `30s`, `5m`, `64KiB`, `true` and
// nothing that could mean two things.
// What fails and how: `invalid`, with what is wrong and how to write it; never an exception.
// Thread rule: pure functions, any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "common/base/clock.h"
#include "common/base/result.h"

namespace jieban {

Result<int64_t> parse_integer(std::string_view text);  // "-3", "42"; no leading zeros, no '+'
Result<size_t> parse_size(std::string_view text);      // "512B", "64KiB", "1MiB", "16GiB", "2TiB"
Result<Duration> parse_duration(
    std::string_view text);                         // "250us", "500ms", "30s", "5m", "2h", "7d"
Result<bool> parse_boolean(std::string_view text);  // "true", "false"

// In the largest unit that divides exactly; the inverse of parse_size and parse_duration.
std::string format_size(size_t bytes);
std::string format_duration(Duration span);

}  // namespace jieban
