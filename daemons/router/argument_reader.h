// What guards and effects read of a command's arguments. An empty argument counts as none.
// Each require_* returns what is wrong, in Chinese, or nothing. Pure functions; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "common/domain/code_set.h"
#include "common/domain/events.h"

namespace jieban {

// A clock of the desk may be a little ahead of ours.
constexpr std::chrono::minutes kClockTolerance{1};

// "" when there is none.
const std::string& argument(const CommandRequest& request, std::string_view name);
std::optional<Timestamp> time_argument(const CommandRequest& request, std::string_view name);
// Whether free text came under this name; "text" is the command's own.
bool has_text(const CommandRequest& request, std::string_view name);
bool says_yes(const CommandRequest& request, std::string_view name);

using Fault = std::optional<std::string>;
Fault require_argument(const CommandRequest& request, std::string_view name);
Fault require_code(const CommandRequest& request, std::string_view name, CodeSet set);
Fault require_text(const CommandRequest& request, std::string_view name);
// A time that is there and is not later than now.
Fault require_past(const CommandRequest& request, std::string_view name, Timestamp now);
// As above, where there is one.
Fault allow_past(const CommandRequest& request, std::string_view name, Timestamp now);
Fault require_future(const CommandRequest& request, std::string_view name, Timestamp now);
// Every argument is written as its kind demands (common/domain/command_argument.h).
Fault malformed_argument(const CommandRequest& request);

// The first of several that is something.
Fault first_of(std::initializer_list<Fault> faults);

}  // namespace jieban
