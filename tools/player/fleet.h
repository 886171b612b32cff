// The five daemons as real processes, started for a demonstration and always stopped with it.
//
// What fails and how: start returns an error with the last lines of the log when a daemon dies or
// is not ready in time. Thread rule: one thread.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tools/site/child_process.h"
#include "tools/site/site.h"

namespace jieban {

class Fleet {
 public:
  // `programs` holds jieban-receiver and so on; the logs go to `logs`/<name>.log.
  Fleet(const Site& site, std::string programs, std::string logs)
      : site_(site), programs_(std::move(programs)), logs_(std::move(logs)) {}
  ~Fleet() { stop(); }
  Fleet(const Fleet&) = delete;
  Fleet& operator=(const Fleet&) = delete;

  // `wait` passes a little time, and is false when nobody wants to wait any more.
  Result<void> start(const std::function<bool()>& wait);
  // An error when one has ended by itself.
  Result<void> check();
  // SIGTERM to all, then waits for each; who does not end is killed.
  void stop();

 private:
  struct Member {
    std::string name;
    ChildProcess process;
  };
  Result<void> wait_until_ready(const std::string& name, const std::function<bool()>& wait);
  std::string log_tail(const std::string& name) const;

  const Site& site_;
  std::string programs_;
  std::string logs_;
  std::vector<Member> members_;
};

// A base whose ports are all free now.
Result<int> free_port_base();

}  // namespace jieban
