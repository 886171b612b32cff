// SlaGauges: running clocks, the next deadline, what was told; and in the log what somebody must
// mend: a calendar that is missing, a timer that belonged to no clock.
#pragma once

#include <array>

#include "common/daemon/edge.h"
#include "daemons/sla-watcher/sla_watcher.h"

namespace jieban {

class SlaGauges : public Edge {
 public:
  explicit SlaGauges(const SlaWatcher& watcher) : watcher_(watcher) {}
  Result<void> start(const EdgeContext& context) override;
  void signalled(const Signal& signal) override;
  void observe(const Transaction& store) override;
  void stop() override {}

 private:
  const SlaWatcher& watcher_;
  const Clock* clock_ = nullptr;
  Gauge* running_ = nullptr;
  Gauge* paused_ = nullptr;
  Gauge* flagged_ = nullptr;
  Gauge* next_ = nullptr;
  std::array<Counter*, 5> told_{};  // in the order of the table of signals
};

}  // namespace jieban
