// Reads routes, inhibitions, silence rules and time intervals, strictly.
//
// What fails and how: `invalid` with file:line:column and what is wrong. What is returned has
// passed its check. Thread rule: pure functions.
#pragma once

#include <vector>

#include "common/alerting/inhibition.h"
#include "common/alerting/route_tree.h"
#include "common/alerting/silence.h"
#include "common/alerting/time_interval.h"
#include "common/config/document.h"

namespace jieban {

// A list of conditions: ["level=red", 'channel=~"wecom.*"'].
Result<std::vector<Matcher>> read_matchers(Node node);
// A map with matchers, continue, receiver, group_by, group_wait, group_interval, repeat_interval,
// mute_times, and routes, which holds the children.
Result<RouteTree> read_routes(Node node);
Result<std::vector<InhibitRule>> read_inhibitions(Node node);
Result<SilenceRules> read_silence_rules(Node node);
Result<NamedIntervals> read_intervals(Node node);

}  // namespace jieban
