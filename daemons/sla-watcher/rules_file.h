// Reads the clocks of each class from clocks.yaml.
//
// Errors name file, line and column, and say what to do.
#pragma once

#include "common/config/settings.h"
#include "daemons/sla-watcher/clock_rules.h"

namespace jieban {

std::vector<Parameter> sla_watcher_parameters();
Result<ClockRules> load_clock_rules(const Settings& settings);

}  // namespace jieban
