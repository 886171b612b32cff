// The measurement of the whole pipeline: how fast, how late, how large.
//
// An order is archived when the archiver has committed its order.dispatched; that moment is read
// from the cursors in the archiver's store (store_watch.h), which are looked at every 100 us.
// What fails and how: the errors of the street and of the load, or orders that did not arrive.
#pragma once

#include <cstdint>
#include <string>

#include "common/base/result.h"
#include "common/base/value.h"
#include "tests/bench/load.h"
#include "tests/bench/street.h"

namespace jieban::bench {

struct PipelinePlan {
  uint64_t orders = 100'000;
  uint64_t batch = 250;
  unsigned connections = 4;
  uint64_t light_orders = 500;  // at 50 a second; 0: no measurement of latency
  uint64_t sample_every = 100'000;
  bool touch_memory = true;  // ballast.h
  bool progress = true;      // on standard error
};

// One order every 20 ms. A late post counts from the time at which it was due.
Result<Value> measure_latency(Street& street, const OrderText& text, uint64_t first,
                              uint64_t orders);

// As many as the door takes, until the last event of the last order is archived.
Result<Value> measure_throughput(Street& street, const OrderText& text, uint64_t first,
                                 const PipelinePlan& plan);

// Both on a new street.
Result<Value> run_pipeline(const std::string& programs, const std::string& directory,
                           const PipelinePlan& plan);

}  // namespace jieban::bench
