// CommandArgument: the arguments that commands may have, as a table.
//
// An open argument is a code, a time, a number or a name of a unit, and stands in the event as it
// was given. A text is free text: the receiver seals it and names it in `sealed_fields`, so that a
// guard sees that it was given and nobody reads it. Pure functions; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "common/base/clock.h"

namespace jieban {

enum class ArgumentKind : uint8_t {
  name,      // a unit or an account: no control characters
  names,     // several: "a,b"
  code,      // letters, digits, '_', '-', '.', ':' and '/'
  codes,     // several: "a,b"
  order_no,  // as name
  number,    // a positive integer
  yes_no,    // "yes" or "no"
  time,      // "2026-03-10 08:00" or with seconds, Asia/Shanghai
  text,      // free text: sealed
};

struct CommandArgument {
  std::string_view name;
  ArgumentKind kind;
  std::string_view chinese;
};

// What names the sealed ones among the arguments: "basis,plan".
inline constexpr std::string_view kSealedFields = "sealed_fields";
// The free text of any command.
inline constexpr std::string_view kCommandText = "text";

std::span<const CommandArgument> command_arguments();
// Null when there is no such argument.
const CommandArgument* find_argument(std::string_view wanted);

// Whether an open value is written as its kind demands.
bool is_well_formed(ArgumentKind kind, std::string_view value);
std::string_view how_written(ArgumentKind kind);  // in Chinese

// Empty when it is no such time.
std::optional<Timestamp> parse_command_time(std::string_view value);

}  // namespace jieban
