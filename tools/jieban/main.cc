#include <CLI/CLI.hpp>
#include <cstdio>

#include "common/base/log.h"
#include "common/json/json.h"
#include "tools/jieban/session.h"

namespace {

using namespace jieban;

constexpr const char* kFooter =
    "Exit codes: 0 done; 1 refused, not found, or the answer is no; 2 a daemon cannot be reached, "
    "or the input of rota eval cannot be read; 64 usage; 74 input or output failed; 78 "
    "configuration.\n"
    "JIEBAN_ROOT, JIEBAN_ETC and JIEBAN_KEYS stand in for --root, --etc and --keys.";

void declare_globals(CLI::App& app, Session& session) {
  app.add_option("--root", session.root, "folder of the site")
      ->envname("JIEBAN_ROOT")
      ->capture_default_str();
  app.add_option("--etc", session.etc, "folder of the configuration (default: ROOT/etc)")
      ->envname("JIEBAN_ETC");
  app.add_option("--keys", session.keys,
                 "folder of admin.token and clients.yaml (default: as configured)")
      ->envname("JIEBAN_KEYS");
  app.add_flag("--json", session.json, "answer in JSON");
  app.footer(kFooter);
  app.require_subcommand(1);
  app.fallthrough();
}

// Global options may also stand behind the subcommand; each one repeats the exit codes in its help.
void spread(CLI::App& app) {
  for (CLI::App* sub : app.get_subcommands({})) {
    sub->fallthrough();
    sub->footer(kFooter);
    spread(*sub);
  }
}

int report(const Session& session, const Error& error) {
  if (session.json) {
    Value told;
    told.set("code", to_string(error.code)).set("message", error.message);
    Value whole;
    whole.set("error", std::move(told));
    session.print(whole);
  } else {
    std::fprintf(stderr, "jieban: %s\n", error.message.c_str());
  }
  return int(exit_code_of(error));
}

int run(int argc, char** argv) {
  Session session;
  CLI::App app("jieban: the operators' and administrators' tool of a 12345 desk", "jieban");
  declare_globals(app, session);
  declare_subcommands(app, session);
  spread(app);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& wrong) {
    return app.exit(wrong) == 0 ? int(ExitCode::done) : int(ExitCode::usage);
  }
  const Outcome outcome = session.run();
  const int code = outcome.ok() ? int(*outcome) : report(session, outcome.error());
  const bool written = std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
  return written ? code : int(ExitCode::io);
}

}  // namespace

int main(int argc, char** argv) {
  set_log_level(LogLevel::warning);
  try {
    return run(argc, argv);
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "jieban: %s\n", failure.what());
    return int(ExitCode::internal);
  }
}
