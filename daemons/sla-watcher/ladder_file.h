// Reads the warning ladder, `warn_fractions` of clocks.yaml (DOMAIN §4.4).
//
//     warn_fractions:
//       blue: {percent: 50}
//       yellow: {percent: 75, left: 24h}         # or so much before the deadline, if that is
//       earlier orange: {percent: 90, left: 4h} red: {repeat: 2h, repeats_max: 12}       # the
//       breach, again as long as the clock runs left_from: 48h                           # `left`
//       counts for clocks at least so long short: {levels: [blue, yellow], clocks: [sign], classes:
//       [emergency]}
//
// A list of percentages, [50, 75, 90], is a ladder without levels, and a breach that is told once.
// Errors name file, line and column.
#pragma once

#include "common/config/document.h"
#include "daemons/sla-watcher/clock_rules.h"

namespace jieban {

Result<Ladder> read_ladder(const Node& root);

}  // namespace jieban
