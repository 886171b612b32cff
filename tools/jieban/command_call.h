// A command for the receiver, from the line that asks for it to the router's answer.
//
// The router answers within milliseconds, or when it runs again: until then the answer is asked for
// under the idempotency key, for as long as the caller wants to wait. Fails: as DaemonClient, with
// the key in the message, under which the same command can be asked for again.
// Thread rule: one thread.
#pragma once

#include <map>
#include <string>

#include "tools/jieban/session.h"
#include "tools/site/client.h"

namespace CLI {  // NOLINT(readability-identifier-naming): CLI11's own
class App;
}

namespace jieban {

// In whose name something is asked.
struct Asking {
  std::string actor = "desk";
  std::string role = "operator";
  std::string key{};  // made up where it is empty
  int wait_seconds = 15;
};

// --actor, --role, --key, --wait
void declare_asking(CLI::App& sub, Asking& asking);

struct CommandCall {
  std::string target;  // "/api/v1/street/commands/handover_out"
  std::map<std::string, std::string> arguments;
  std::string text;  // free, stored sealed
};

// {outcome, state, code, reason, ...}
Result<Value> call_command(const Site& site, const CommandCall& call, Asking& asking);

// How a command ended, as an exit code.
ExitCode exit_of_outcome(const Value& answer);

}  // namespace jieban
