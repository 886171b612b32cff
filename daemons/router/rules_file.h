// Reads the router's rules: routing.yaml, and the class rules of clocks.yaml.
//
// Errors name file, line and column, and say what to do.
#pragma once

#include "common/config/settings.h"
#include "daemons/router/routing_rules.h"

namespace jieban {

std::vector<Parameter> router_parameters();
Result<RouterRules> load_router_rules(const Settings& settings);

}  // namespace jieban
