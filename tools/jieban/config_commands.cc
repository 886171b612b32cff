#include <unistd.h>

#include <CLI/CLI.hpp>
#include <filesystem>

#include "tools/jieban/session.h"
#include "tools/site/agreement.h"
#include "tools/site/child_process.h"
#include "tools/site/setup.h"
#include "tools/site/text_table.h"

namespace jieban {
namespace {

constexpr std::chrono::seconds kCheckTimeout{30};

Result<ProgramRun> check_program(const Session& session, std::string_view daemon) {
  const std::string scratch =
      std::filesystem::temp_directory_path().string() + "/jieban-check-" + std::to_string(getpid());
  return run_program(
      {program_directory() + "/jieban-" + std::string(daemon), "--config",
       session.etc_directory() + "/" + std::string(daemon) + ".yaml", "--check-config"},
      scratch, kCheckTimeout);
}

std::string indented(const std::string& text) {
  std::string out;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    out += "  " + printable(text.substr(begin, end - begin)) + "\n";
    begin = end + 1;
  }
  return out;
}

Outcome run_check(const Session& session) {
  ExitCode code = ExitCode::done;
  Value all = Value::Array{};
  std::vector<std::string_view> names;
  for (const DaemonSeat& seat : kSeats) names.push_back(seat.name);
  // Not every site has one: it belongs to a server with phones.
  if (std::filesystem::exists(session.etc_directory() + "/last-call.yaml")) {
    names.emplace_back("last-call");
  }
  for (std::string_view name : names) {
    auto run = check_program(session, name);
    if (!run.ok()) return configuration_error(run.error());
    const bool good = run->exit_code == 0;
    if (!good) code = ExitCode::configuration;
    Value told;
    told.set("daemon", name).set("ok", good).set("exit_code", run->exit_code);
    told.set("output", run->output);
    all.push(std::move(told));
    if (session.json) continue;
    session.print(std::string(name) + (good ? ": ok\n" : ": WRONG\n"));
    // Of a good one: what it doubts.
    session.print(indented(run->output));
  }
  auto agreed = check_agreement(session.etc_directory());
  if (!agreed.ok()) code = ExitCode::configuration;
  Value together;
  together.set("daemon", "all together").set("ok", agreed.ok());
  together.set("exit_code", agreed.ok() ? 0 : int(ExitCode::configuration));
  together.set("output", agreed.ok() ? std::string() : agreed.error().message);
  all.push(std::move(together));
  if (!session.json && !agreed.ok()) {
    session.print("all together: WRONG\n" + indented(agreed.error().message));
  }
  if (session.json) session.print(all);
  return code;
}

}  // namespace

void declare_config(CLI::App& app, Session& session) {
  CLI::App* sub = app.add_subcommand("config", "The configuration");
  sub->require_subcommand(1);
  CLI::App* check = sub->add_subcommand(
      "check",
      "Let each daemon beside this program check its file, and see whether they "
      "agree (78: one is wrong)");
  check->callback([&session] { session.run = [&session] { return run_check(session); }; });
}

}  // namespace jieban
