// The measurement of the last stretch: from a missed deadline to the gateway.
//
// Orders whose time was over long ago come in at the door of the five real daemons; the sla-watcher
// tells of each as soon as its clock starts. The moment at which its deadline.breached is committed
// is read from the sla-watcher's store, looked at every 100 us; the moment of the call is that at
// which a gateway on loopback has read it (gateway_sink.h).
// What fails and how: the errors of the street and of the load, or calls that did not arrive.
#pragma once

#include <cstdint>
#include <string>

#include "common/base/clock.h"
#include "common/base/result.h"
#include "common/base/value.h"

namespace jieban::bench {

struct NotifyPlan {
  uint64_t breaches = 300;
  Duration every = std::chrono::milliseconds(200);
  // So many at once instead: how long until a channel without limits has had all of them.
  uint64_t flood = 0;
  // Those over a minute, to gateways that count as their vendors do (notify_flood.h).
  bool within_limits = false;
};

Result<Value> run_notify(const std::string& programs, const std::string& directory,
                         const NotifyPlan& plan);

}  // namespace jieban::bench
