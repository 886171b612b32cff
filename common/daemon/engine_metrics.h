// The metrics that every daemon has, kept in step with its engine.
//
// Thread rule: update() in the loop's thread.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "common/daemon/engine.h"
#include "common/metrics/metrics.h"

namespace jieban {

class EngineMetrics {
 public:
  EngineMetrics(MetricRegistry& registry, const Engine& engine);

  void note_turn(const TurnReport& report, Duration turn_time);
  void update(const Engine& engine, uint64_t quarantine_size, Duration now);

 private:
  // A counter that follows a figure that only grows.
  struct Follow {
    Counter* counter = nullptr;
    uint64_t seen = 0;
    void to(uint64_t value) {
      if (value > seen) counter->increment(double(value - seen));
      seen = value;
    }
  };
  struct Upstream {
    Gauge& applied;
    Gauge& lag;
    Gauge& silence;
    Gauge& diverged;
    Follow duplicates;
    Follow gaps;
    Follow fetches;
  };

  std::map<std::string, Follow> counters_;
  std::map<std::string, Gauge*> gauges_;
  std::vector<Upstream> upstreams_;
  std::map<std::string, Gauge*> consumers_;
  Histogram& commit_seconds_;
  Histogram& batch_events_;
  Duration turn_max_{};
};

}  // namespace jieban
