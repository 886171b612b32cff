#include <CLI/CLI.hpp>
#include <cstdio>

#include "common/json/json.h"
#include "tests/bench/restart.h"
#include "tools/site/setup.h"

namespace {

using namespace jieban;

struct Options {
  bench::PipelinePlan plan;
  uint64_t events = 1'000'000;
  std::string directory = "/tmp";
  bool json = false;
};

void declare(CLI::App& app, Options& options) {
  app.require_subcommand(1);
  auto* pipeline = app.add_subcommand("pipeline", "orders through all five daemons");
  pipeline->add_option("--orders", options.plan.orders, "how many at full speed");
  pipeline->add_option("--batch", options.plan.batch, "orders in one push")
      ->check(CLI::Range(1, 2000));
  pipeline->add_option("--connections", options.plan.connections, "clients that push at once")
      ->check(CLI::Range(1, 16));
  pipeline->add_option("--light-orders", options.plan.light_orders,
                       "how many at 50 a second before, for the latency; 0: none");
  auto* restart = app.add_subcommand("restart", "time to be ready with a history behind");
  restart->add_option("--events", options.events, "events in the stream of the router");
  for (CLI::App* command : {pipeline, restart}) {
    command->add_option("--directory", options.directory, "where the stores are made for the time");
    command->add_flag("--json", options.json, "only the result, in JSON");
  }
  app.footer("Exit codes: 0 measured; 64 usage; 70 the measurement failed.");
}

int run(int argc, char** argv) {
  Options options;
  CLI::App app("Measures the five daemons as real processes with full durability", "bench");
  declare(app, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& wrong) {
    return app.exit(wrong) == 0 ? 0 : 64;
  }
  options.plan.progress = !options.json;
  const std::string programs = program_directory();
  const bool pipeline = app.got_subcommand("pipeline");
  auto result =
      pipeline ? bench::run_pipeline(programs, options.directory, options.plan)
               : bench::run_restart(programs, options.directory, options.events, !options.json);
  if (!result.ok()) {
    std::fprintf(stderr, "bench: %s\n", result.error().message.c_str());
    return 70;
  }
  std::printf("%s\n", to_json(*result, options.json ? -1 : 2).c_str());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "bench: %s\n", failure.what());
    return 70;
  }
}
