// The pipeline beside its yardstick (bare.h): both in turn, on the same disk in the same minutes,
// so that what the machine does to the one it does to the other, and their ratio holds.
//
// What fails and how: as the two do.
// Thread rule: as bare.h.
#pragma once

#include "tests/bench/pipeline.h"

namespace jieban::bench {

// `turns` of each, alternating; the ratio is of the medians. No measurement of latency.
Result<Value> run_beside_bare(const std::string& programs, const std::string& directory,
                              PipelinePlan plan, unsigned turns);

}  // namespace jieban::bench
