// What all subcommands of jieban share: the global options, the output, the exit codes.
//
// Answers go to standard output, as text for people or, with --json, as JSON; what is wrong goes to
// standard error, or as {"error": {...}} to standard output with --json.
#pragma once

#include <functional>
#include <string>

#include "common/base/result.h"
#include "common/base/value.h"
#include "tools/site/site.h"

namespace CLI {  // NOLINT(readability-identifier-naming): CLI11's own
class App;
}

namespace jieban {

enum class ExitCode : int {
  done = 0,
  negative = 1,       // refused, not found, or the answer is no
  unreachable = 2,    // a daemon cannot be reached
  unreadable = 2,     // of `rota eval`: the table on standard input
  usage = 64,         // the command line is wrong
  internal = 70,      // an exception that nobody caught
  io = 74,            // a file or the output could not be read or written, or it is too long
  configuration = 78  // there is no site here, or its files are wrong
};

// What a subcommand comes back with; an Error becomes a message and exit_code_of() it.
using Outcome = Result<ExitCode>;

ExitCode exit_code_of(const Error& error);

struct Session {
  std::string root = "/var/lib/jieban";
  std::string etc;
  std::string keys;
  bool json = false;
  std::function<Outcome()> run;  // set by the subcommand that was chosen

  std::string etc_directory() const { return etc.empty() ? root + "/etc" : etc; }
  // A rule file or folder: the site's own, else the one shipped with the program.
  std::string rule_path(const std::string& name) const;
  // Any failure is one of configuration.
  Result<Site> site() const;

  void print(const std::string& text) const;
  void print(const Value& value) const;
  // Text for people, the value for machines.
  void print(const std::string& text, const Value& value) const;
};

// An error that is the configuration's fault, whatever its own code says.
Error configuration_error(const Error& error);

struct Subcommand {
  std::string_view name;
  void (*declare)(CLI::App& app, Session& session);
};

// Declares them all. They lie in one file a group, <group>_commands.cc.
void declare_subcommands(CLI::App& app, Session& session);

void declare_setup(CLI::App& app, Session& session);
void declare_keygen(CLI::App& app, Session& session);
void declare_import(CLI::App& app, Session& session);
void declare_order(CLI::App& app, Session& session);
void declare_command(CLI::App& app, Session& session);
void declare_record(CLI::App& app, Session& session);
void declare_report(CLI::App& app, Session& session);
void declare_stream(CLI::App& app, Session& session);
void declare_quarantine(CLI::App& app, Session& session);
void declare_status(CLI::App& app, Session& session);
void declare_config(CLI::App& app, Session& session);
void declare_route(CLI::App& app, Session& session);
void declare_lifecycle(CLI::App& app, Session& session);
void declare_clock(CLI::App& app, Session& session);
void declare_reanchor(CLI::App& app, Session& session);
void declare_assess(CLI::App& app, Session& session);
void declare_appeal(CLI::App& app, Session& session);
void declare_audit(CLI::App& app, Session& session);
void declare_attachment(CLI::App& app, Session& session);
void declare_ledger(CLI::App& app, Session& session);
void declare_handover(CLI::App& app, Session& session);
void declare_rota(CLI::App& app, Session& session);
void declare_alert(CLI::App& app, Session& session);
void declare_notice(CLI::App& app, Session& session);
void declare_silence(CLI::App& app, Session& session);

}  // namespace jieban
