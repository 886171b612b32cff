// TestSite: the five daemons as real processes, on a root, keys and ports of their own.
//
// Everything lies in a directory that goes away with it; every process ends with it, also when the
// test itself is killed. Starting does not wait: wait_ready() does. Whatever cannot be set up is a
// failed CHECK: a test has nothing to do without its daemons.
// Thread rule: processes are started, killed and waited for by one thread; clients may be opened by
// any, and belong to the thread that opened them.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/clock.h"
#include "tests/support/temp_dir.h"
#include "tools/site/child_process.h"
#include "tools/site/client.h"
#include "tools/site/site.h"

namespace jieban {

struct TestSiteOptions {
  bool sign_automatically = false;
  std::string parent = "/tmp";  // where the root is made
  // Added to the configuration of a daemon: "store:\n  map_size: 4MiB\n".
  std::map<std::string, std::string> more;
};

class TestSite {
 public:
  explicit TestSite(const TestSiteOptions& options = {});
  ~TestSite();

  // With words before the program: {"/usr/bin/strace", "-f", ...}. REQUIRES: it does not run.
  void start(const std::string& daemon, const std::vector<std::string>& wrapper = {});
  void start_all();
  // SIGKILL, and waits for the end.
  void kill(const std::string& daemon);
  // SIGTERM, and waits; the exit code, empty when it did not end in time (it is then killed).
  std::optional<int> stop(const std::string& daemon);
  // How it ended, if it has ended by itself.
  std::optional<int> ended(const std::string& daemon);
  std::optional<int> wait_ended(const std::string& daemon, Duration at_most);
  void signal(const std::string& daemon, int number);
  bool running(const std::string& daemon) { return processes_.contains(daemon); }

  // All of `daemons` (empty: all five) answer /readyz with 200.
  bool wait_ready(Duration at_most, const std::vector<std::string>& daemons = {});
  // Every subscriber stands at the head of each stream that it follows, and stays there.
  bool wait_drained(Duration at_most);

  // A client of the administration side, or of the API.
  DaemonClient ops(const std::string& daemon) const;
  DaemonClient api(const std::string& daemon, const std::string& app_id = "desk") const;
  // GET /admin/status; empty when it does not answer.
  std::optional<Value> status(const std::string& daemon) const;

  const std::string& root() const { return dir_.root(); }
  const Site& site() const { return *site_; }
  std::string configuration(const std::string& daemon) const;
  // In bytes, of the running process; 0 when it does not run.
  size_t resident(const std::string& daemon) const;
  // The ends of the logs of each daemon's last processes, for the message of a failure.
  std::string logs(size_t lines = 12) const;
  std::string last_log(const std::string& daemon) const;
  size_t starts(const std::string& daemon) const;

 private:
  std::string log_path(const std::string& daemon, size_t start) const;

  TempDir dir_;
  std::optional<Site> site_;
  std::map<std::string, ChildProcess> processes_;
  std::map<std::string, size_t> starts_;
  std::set<std::string> wrapped_;
};

// The names of the five, in the order of the topology.
std::vector<std::string> all_daemons();

}  // namespace jieban
