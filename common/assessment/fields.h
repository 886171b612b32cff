// Members of a map in the files of this folder: counts within bounds, flags, dates, choices.
//
// An absent member leaves what the caller put there. Errors carry file:line:column. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "common/base/result.h"
#include "common/calendar/civil.h"
#include "common/config/document.h"

namespace jieban {

struct Bounds {
  uint64_t least;
  uint64_t most;
};

Result<void> read_count(const Node& map, std::string_view key, Bounds bounds, uint64_t& out);
Result<void> read_flag(const Node& map, std::string_view key, bool& out);
// True for the second word.
Result<void> read_choice(const Node& map, std::string_view key,
                         std::array<std::string_view, 2> words, bool& out);
// A text that has to be there; "" is none.
Result<void> read_text(const Node& map, std::string_view key, std::string& out);
Result<void> read_optional_text(const Node& map, std::string_view key, std::string& out);
Result<Date> required_date(const Node& map, std::string_view key);
Result<std::optional<Date>> optional_date(const Node& map, std::string_view key);

}  // namespace jieban
