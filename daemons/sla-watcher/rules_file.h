// Reads the clocks of each class from clocks.yaml, and the calendar that they count by.
//
// What the file may say is in config/README.md. Errors name file, line and column, and say what to
// do. Thread rule: any thread.
#pragma once

#include "common/config/settings.h"
#include "daemons/sla-watcher/clock_rules.h"

namespace jieban {

std::vector<Parameter> sla_watcher_parameters();
Result<ClockRules> load_clock_rules(const Settings& settings);

}  // namespace jieban
