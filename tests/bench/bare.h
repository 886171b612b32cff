// The yardstick: a bare prototype of the same five stages, for a ratio on the same machine.
//
// Five processes joined as ours are, by ZeroMQ PUB/SUB, each with an LMDB store that is synced at
// each commit: the least that durable stages of this shape have to do. No HTTP, JSON, sealing,
// checksums, replay or rules.
// What fails and how: the error of a stage, which also stands on standard error, or `unavailable`
// when nothing moves for a minute. The processes end with this call, and with this process.
// Thread rule: it forks; call it while there is no other thread.
#pragma once

#include <cstdint>
#include <string>

#include "common/base/result.h"
#include "common/base/value.h"

namespace jieban::bench {

// `directory`: where the stores are made for the time; `touch_memory`: ballast.h.
Result<Value> run_bare(const std::string& directory, uint64_t orders, bool touch_memory);

}  // namespace jieban::bench
