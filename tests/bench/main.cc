#include <CLI/CLI.hpp>
#include <cstdio>

#include "common/json/json.h"
#include "tests/bench/bare.h"
#include "tests/bench/beside.h"
#include "tests/bench/notify.h"
#include "tests/bench/restart.h"
#include "tools/site/setup.h"

namespace {

using namespace jieban;

struct Options {
  bench::PipelinePlan plan;
  bench::NotifyPlan notify;
  uint64_t every = 200;
  uint64_t events = 1'000'000;
  bool beside_bare = false;
  unsigned turns = 3;
  std::string directory = "/tmp";
  bool json = false;
};

const CLI::Range kAtLeastOne(uint64_t(1), uint64_t(1'000'000'000));

void declare(CLI::App& app, Options& options) {
  app.require_subcommand(1);
  auto* pipeline = app.add_subcommand("pipeline", "orders through all five daemons");
  pipeline->add_option("--orders", options.plan.orders, "how many at full speed")
      ->check(kAtLeastOne);
  pipeline->add_option("--batch", options.plan.batch, "orders in one push")
      ->check(CLI::Range(1, 2000));
  pipeline->add_option("--connections", options.plan.connections, "clients that push at once")
      ->check(CLI::Range(1, 16));
  pipeline->add_option("--light-orders", options.plan.light_orders,
                       "how many at 50 a second before, for the latency; 0: none");
  auto* beside = pipeline->add_flag("--beside-bare", options.beside_bare,
                                    "throughput only, in turn with `bare`, and their ratio");
  pipeline->add_option("--turns", options.turns, "how many of each")
      ->needs(beside)
      ->check(CLI::Range(1, 100));
  auto* bare = app.add_subcommand("bare", "the yardstick: a bare prototype of the same stages");
  bare->add_option("--orders", options.plan.orders, "how many")->check(kAtLeastOne);
  for (CLI::App* command : {pipeline, bare}) {
    command->add_flag("--memory-as-it-is{false}", options.plan.touch_memory,
                      "do not write to the machine's free memory before (see README.md)");
  }
  auto* restart = app.add_subcommand("restart", "time to be ready with a history behind");
  restart->add_option("--events", options.events, "events in the stream of the router");
  auto* notify = app.add_subcommand("notify", "from a missed deadline to the gateway");
  notify->add_option("--breaches", options.notify.breaches, "how many, one after the other")
      ->check(kAtLeastOne);
  notify->add_option("--every", options.every, "milliseconds from one to the next")
      ->check(CLI::Range(1, 60'000));
  auto* flood = notify->add_option("--flood", options.notify.flood, "instead so many at once")
                    ->check(kAtLeastOne);
  notify
      ->add_flag("--within-limits", options.notify.within_limits,
                 "those over a minute, to gateways that refuse what is beyond the vendors' limits")
      ->needs(flood);
  for (CLI::App* command : {pipeline, bare, restart, notify}) {
    command->add_option("--directory", options.directory, "where the stores are made for the time");
    command->add_flag("--json", options.json, "only the result, in JSON");
  }
  app.footer("Exit codes: 0 measured; 64 usage; 70 the measurement failed.");
}

Result<Value> measure(const CLI::App& app, const Options& options) {
  const std::string programs = program_directory();
  if (app.got_subcommand("bare")) {
    return bench::run_bare(options.directory, options.plan.orders, options.plan.touch_memory);
  }
  if (app.got_subcommand("restart")) {
    return bench::run_restart(programs, options.directory, options.events, !options.json);
  }
  if (app.got_subcommand("notify")) {
    return bench::run_notify(programs, options.directory, options.notify);
  }
  if (options.beside_bare) {
    return bench::run_beside_bare(programs, options.directory, options.plan, options.turns);
  }
  return bench::run_pipeline(programs, options.directory, options.plan);
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
  options.notify.every = std::chrono::milliseconds(options.every);
  auto result = measure(app, options);
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
