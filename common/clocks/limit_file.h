// Reads what clocks.yaml says of one class: the limit of each clock, extensions and pauses.
//
//     sign: 30m                                                    # natural time
//     internal: due - 24h                                          # so long before the due clock
//     due: {limit: 5d, calendar: workday, rounding: day_end}       # five working days
//     review: {limit: 10d, from_day: 19}                           # from the next 19th on
//     extension: {count: 1, length: 7d}
//     pauses: [return_pending, awaiting_caller, court]
//
// sign, forward and due are required; a clock that is left out does not run. Errors name file, line
// and column.
#pragma once

#include "common/clocks/class_rules.h"
#include "common/config/document.h"

namespace jieban {

Result<ClassRules> read_class(const Node& node);

}  // namespace jieban
