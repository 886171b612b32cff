// Backoff: how long to wait after a failed attempt. Doubling, capped, jittered.
//
// The jitter comes from a hash of the notice and the attempt: notices that failed together do not
// come back together, and a replay waits exactly as the day itself did.
// Thread rule: a pure function.
#pragma once

#include <cstdint>
#include <string_view>

#include "common/base/clock.h"

namespace jieban {

// Between half of min(first * 2^(failures-1), max) and all of it.
// REQUIRES: failures >= 1, 0 < first <= max.
Duration backoff_delay(Duration first, Duration max, uint64_t failures, std::string_view notice_id);

}  // namespace jieban
