// SlaGauges: running clocks, the next deadline, warnings and breaches told.
#pragma once

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
  Gauge* next_ = nullptr;
  Counter* warned_ = nullptr;
  Counter* breached_ = nullptr;
};

}  // namespace jieban
