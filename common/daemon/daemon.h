// run_daemon(): the one skeleton of all five daemons. A daemon's main.cc is a declaration.
//
// Arguments: --config FILE, --check-config, --print-config, --version. Order of start: strict
// configuration, signals, store (single-instance lock), bus, edges, operations server, READY=1.
// Then the loop: wait, turn the engine, ping the watchdog after progress. SIGTERM finishes the
// batch and ends with 0; SIGHUP reads its own file and all rules again and takes the rules, or says
// why it takes none (log, STATUS=). What its own file says takes a restart: the keys are logged.
// Exit codes: 0 clean, 64 usage, 70 our own mistake, 74 store or bus failed (start me again), 78
// configuration. Thread rule: the loop is the main thread.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "common/daemon/edge.h"
#include "common/daemon/service.h"

namespace jieban {

struct DaemonDeclaration {
  std::string name;                   // one of topology::kDaemons
  std::vector<Parameter> parameters;  // beside those that all daemons have
  Duration gathering{};               // see EngineOptions
  std::function<std::unique_ptr<Service>(const Settings&)> service;
  std::function<std::vector<std::unique_ptr<Edge>>(Service&)> edges;
  // At each start, beyond the settings themselves: do the rule files read?
  std::function<Result<void>(const Settings&)> check;
  // At each start and at SIGHUP: do they fit each other? An error is as one of `check`; the lines
  // are doubts, which --check-config tells.
  std::function<Result<std::vector<std::string>>(const Settings&)> review{};
};

constexpr int kExitUsage = 64;
constexpr int kExitInternal = 70;
constexpr int kExitStore = 74;
constexpr int kExitConfig = 78;

int run_daemon(const DaemonDeclaration& declaration, int argc, char** argv);

}  // namespace jieban
