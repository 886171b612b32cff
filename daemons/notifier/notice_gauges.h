// NoticeGauges: what became of the notices and how many wait; how many alerts are open and in which
// state, which channels are down, how many gaps the rota has in the next days.
//
// Alerts are counted each kCountPause only: that reads them all.
#pragma once

#include <map>
#include <string>

#include "common/daemon/edge.h"
#include "daemons/notifier/alert_query.h"
#include "daemons/notifier/notifier.h"

namespace jieban {

class NoticeGauges : public Edge {
 public:
  static constexpr uint64_t kCountPause = 15;  // in looks, of which there is one a second

  explicit NoticeGauges(const Notifier& core) : core_(core) {}
  Result<void> start(const EdgeContext& context) override;
  void signalled(const Signal& signal) override;
  void observe(const Transaction& store) override;
  void stop() override {}

 private:
  void observe_alerts(const Transaction& store);
  void observe_channels(const Transaction& store);

  const Notifier& core_;
  MetricRegistry* metrics_ = nullptr;
  std::map<std::string, Counter*> steps_;  // by topic
  std::map<AlertState, Gauge*> alerts_;
  std::map<std::string, Gauge*> down_;  // by channel
  Gauge* waiting_ = nullptr;
  Gauge* gaps_ = nullptr;
  uint64_t looks_ = 0;
};

}  // namespace jieban
