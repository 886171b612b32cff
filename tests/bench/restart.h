// The measurement of a restart: how soon the daemons are ready with a long history behind them.
//
// The history is made by real orders, until every daemon that has a stream to follow has applied
// `events` or more of it and the router has emitted as many. Then all are stopped with SIGTERM and
// started again, as after a reboot of jieban.target.
// What fails and how: as the pipeline.
#pragma once

#include "tests/bench/pipeline.h"

namespace jieban::bench {

Result<Value> run_restart(const std::string& programs, const std::string& directory,
                          uint64_t events, bool progress);

}  // namespace jieban::bench
