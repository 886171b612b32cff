// Which units a dispatch goes to: those that the command names, else those of the rules.
// Pure functions; any thread.
#pragma once

#include <string>
#include <vector>

#include "common/domain/events.h"
#include "daemons/router/order_course.h"
#include "daemons/router/routing_rules.h"

namespace jieban {

// Fills lead unit, assisting units, and the rule that chose them; false when there is no unit.
// `request`: null when nobody asked.
bool choose_unit(const RouterOrder& order, const CommandRequest* request, const RouterRules& rules,
                 OrderMove& told);

// "甲,乙", as operators write lists in a command; empty parts are left out.
std::vector<std::string> split_list(const std::string& text);

}  // namespace jieban
