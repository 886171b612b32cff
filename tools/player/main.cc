#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>

#include "tools/player/player.h"
#include "tools/site/setup.h"

namespace {

using namespace jieban;

constexpr const char* kFooter =
    "Exit codes: 0 every order that went in is in the archive with its whole course; 1 some are "
    "not, and are named; 2 a daemon died or could not be reached; 64 usage; 74 input or output "
    "failed; 130 interrupted.";

void declare_options(CLI::App& app, PlayerOptions& options) {
  app.add_option("--input", options.inputs, "CSV or XLSX to play instead of the sample day")
      ->check(CLI::ExistingFile);
  app.add_option("--speed", options.speed, "how many times as fast the clock runs")
      ->check(CLI::PositiveNumber);
  app.add_option("--root", options.root,
                 "empty folder to play in, which stays (default: a "
                 "temporary one, which goes)");
  app.add_option("--port-base", options.port_base, "first of the ports (default: free ones)");
  app.add_option("--project", options.project, "folder with config/ and tools/sample_day/");
  auto* keep = app.add_flag("--keep", options.keep, "stay up afterwards, until Ctrl-C");
  app.add_flag("--once", options.once, "end when all is done")->excludes(keep);
  app.add_flag("--json", options.json, "the summary in JSON, and nothing else");
  app.footer(kFooter);
}

int exit_code_of(const Error& error) {
  switch (error.code) {
    case ErrorCode::io:
    case ErrorCode::full:
    case ErrorCode::limit:
      return 74;
    case ErrorCode::invalid:
    case ErrorCode::conflict:
      return 64;
    default:
      return 2;
  }
}

int run(int argc, char** argv) {
  PlayerOptions options;
  CLI::App app("Plays a day of a 12345 desk on the five daemons, many times as fast",
               "jieban-demo");
  declare_options(app, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& wrong) {
    return app.exit(wrong) == 0 ? 0 : 64;
  }
  if (options.project.empty()) {
    options.project = std::filesystem::path(find_rules(program_directory())).parent_path().string();
  }
  auto code = play_demonstration(options);
  if (code.ok()) return *code;
  std::fprintf(stderr, "jieban-demo: %s\n", code.error().message.c_str());
  return exit_code_of(code.error());
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "jieban-demo: %s\n", failure.what());
    return 70;
  }
}
