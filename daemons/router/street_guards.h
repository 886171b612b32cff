// How the guards of the street's commands are checked: one function each, over the watch, the
// command and what the desk has open. What a guard is called and what would satisfy it is
// common/domain/street_command.cc. Fails: never; a guard that does not hold is an answer.
// Thread rule: pure functions.
#pragma once

#include <optional>
#include <string>

#include "common/domain/events.h"
#include "common/domain/street_command.h"
#include "daemons/router/guards.h"
#include "daemons/router/watch.h"

namespace jieban {

struct StreetContext {
  const Watch& watch;
  const HandoverSection& section;
  const CommandRequest& request;
  const std::string& actor;
};

std::optional<GuardRefusal> first_unmet(const StreetCommand& command, const StreetContext& context);

}  // namespace jieban
