// NoticeGauges: what became of the notices, and how many wait.
#pragma once

#include <map>
#include <string>

#include "common/daemon/edge.h"
#include "daemons/notifier/notifier.h"

namespace jieban {

class NoticeGauges : public Edge {
 public:
  explicit NoticeGauges(const Notifier& core) : core_(core) {}
  Result<void> start(const EdgeContext& context) override;
  void signalled(const Signal& signal) override;
  void observe(const Transaction& store) override;
  void stop() override {}

 private:
  const Notifier& core_;
  std::map<std::string, Counter*> steps_;  // by topic
  Gauge* waiting_ = nullptr;
};

}  // namespace jieban
