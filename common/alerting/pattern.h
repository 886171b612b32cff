// Patterns: regular expressions over whole texts, in time linear in the text whatever the pattern.
//
// Rules and silences bring patterns from people; the backtracking matchers of most libraries can be
// kept busy for ever by a bad one, or run out of stack. RE2 cannot (its syntax: no back references,
// no look-around). A pattern has to match all of the text: "red" does not match "hundred".
// What fails and how: check_pattern returns `invalid` with RE2's reason, or `limit`; a pattern that
// it refuses matches nothing. Thread rule: any thread; compiled patterns are kept for each thread.
#pragma once

#include <string_view>

#include "common/base/result.h"

namespace jieban {

constexpr size_t kPatternBytesMax = 256;

Result<void> check_pattern(std::string_view pattern);
bool matches_pattern(std::string_view pattern, std::string_view text);

}  // namespace jieban
