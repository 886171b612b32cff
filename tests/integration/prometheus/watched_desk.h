// A whole desk for one test: five real daemons and Debian's Prometheus watching them.
//
// Everything lies below a root of its own and listens on loopback, on ports that were free a moment
// before. Prometheus runs with the shipped configuration, ports and intervals exchanged. All six
// processes end with the object.
// What fails and how: start() and the questions return an Error; logs() tells why.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "common/base/value.h"
#include "common/http/client.h"
#include "tests/support/temp_dir.h"
#include "tools/site/child_process.h"
#include "tools/site/site_plan.h"

namespace jieban {

class WatchedDesk {
 public:
  Result<void> start();

  // The body of the receiver's answer to some orders.
  Result<std::string> push_orders(int count);
  // The rows that an instant query returns.
  Result<Value::Array> query(const std::string& promql) const;
  // "data" of a page of Prometheus, "/api/v1/rules".
  Result<Value> ask(const std::string& target) const;
  // Ends one daemon; REQUIRES: a name of kSeats.
  void stop_daemon(std::string_view name);
  // The last lines of each process.
  std::string logs() const;

 private:
  Result<void> add_modem() const;
  Result<void> start_daemons();
  Result<void> start_prometheus();
  std::string log_path(std::string_view process) const;
  bool daemon_ready(const DaemonSeat& seat) const;

  TempDir root_;
  SitePlan plan_;
  int prometheus_port_ = 0;
  std::vector<std::pair<std::string, std::unique_ptr<ChildProcess>>> processes_;
};

}  // namespace jieban
