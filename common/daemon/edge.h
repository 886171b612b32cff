// Edge: where a daemon meets the world (HTTP, a folder, a gateway).
//
// An edge reads committed tables, acts, and hands what came of it in as an input of its daemon. It
// may own threads; it never touches the core or an open write transaction.
#pragma once

#include <functional>
#include <string>

#include "common/base/clock.h"
#include "common/base/result.h"
#include "common/config/settings.h"
#include "common/daemon/fold.h"
#include "common/daemon/inbox.h"
#include "common/metrics/metrics.h"

namespace jieban {

// What an edge may use; all of it outlives the edge, and may be used from any thread.
struct EdgeContext {
  std::string street;
  std::string daemon;
  const Settings& settings;
  const Clock& clock;
  Inbox& inbox;
  const Fold& fold;  // for read transactions: fold.environment().read()
  MetricRegistry& metrics;
};

class Edge {
 public:
  virtual ~Edge() = default;
  // Called once, when the store is open; threads start here. An Error stops the daemon.
  virtual Result<void> start(const EdgeContext& context) = 0;
  // After each commit, in the loop's thread, for each signal of the core. Must not wait.
  virtual void signalled(const Signal& signal) { (void)signal; }
  // About once a second, in the loop's thread, with what is committed: for gauges.
  virtual void observe(const Transaction& store) { (void)store; }
  // Why it can't do its work, whatever upstreams and gateways do: "rules: ..." (ops_server.h, on
  // /healthz). Empty: it can. In the loop's thread, a few times a second; must not wait. `now` is
  // monotonic.
  virtual std::string ailment(Duration now) const {
    (void)now;
    return "";
  }
  // SIGHUP, first: reads rules again and checks them, and changes nothing. What it returns takes
  // what was read; empty where there is nothing to take. An Error refuses the daemon's reload as a
  // whole: what the other edges have read is not taken either.
  using Take = std::function<void()>;
  virtual Result<Take> read_again() { return Take(); }
  // Both at once, for this edge alone.
  Result<void> reload() {
    auto take = read_again();
    if (!take.ok()) return take.error();
    if (*take) (*take)();
    return {};
  }
  // Joins its threads. No input is submitted after it returns.
  virtual void stop() = 0;
};

}  // namespace jieban
