// `jieban rota` at the notifier: changes of the rota by command, and the rota as it is in force.
//
// What fails and how: as DaemonClient; `invalid` for what cannot be asked. Thread rule: one thread.
#pragma once

#include "common/duty/weekly_window.h"
#include "tools/jieban/session.h"

namespace jieban {

// override, leave, temporary, swap, withdraw, changes
void declare_rota_changes(CLI::App& rota, Session& session);

struct LiveQuestion {
  std::string view;  // "now", "shifts", "check"
  TimeSpan span;     // of now, its beginning
  std::string rota;
  std::string format;
};
// Prints what the notifier says; `negative` where a check has found anything.
Outcome run_live_rota(const Session& session, const LiveQuestion& question);

}  // namespace jieban
