#include "common/daemon/daemon.h"

#include <sys/resource.h>
#include <sys/stat.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "common/base/log.h"
#include "common/bus/zmq_transport.h"
#include "common/crypto/random.h"
#include "common/daemon/common_parameters.h"
#include "common/daemon/credentials.h"
#include "common/daemon/engine_metrics.h"
#include "common/daemon/logging.h"
#include "common/daemon/ops_server.h"
#include "common/daemon/signals.h"
#include "common/daemon/supervisor.h"
#include "common/domain/topology.h"

namespace jieban {
namespace {

constexpr char kVersion[] = "jieban 0.1.0";
constexpr std::chrono::milliseconds kReportInterval{200};
constexpr std::chrono::milliseconds kObserveInterval{1000};

struct Arguments {
  std::string config;
  bool check_config = false;
  bool print_config = false;
};

// Returns an exit code when there is nothing more to do, else -1.
int parse_arguments(const std::string& name, int argc, char** argv, Arguments& out) {
  for (int i = 1; i < argc; ++i) {
    std::string_view argument = argv[i];
    if (argument == "--version") {
      std::printf("jieban-%s, %s\n", name.c_str(), kVersion);
      return 0;
    }
    if (argument == "--check-config") {
      out.check_config = true;
    } else if (argument == "--print-config") {
      out.print_config = true;
    } else if (argument == "--config" && i + 1 < argc) {
      out.config = argv[++i];
    } else {
      std::fprintf(stderr,
                   "usage: jieban-%s --config FILE [--check-config | --print-config]\n"
                   "       jieban-%s --version\n",
                   name.c_str(), name.c_str());
      return argument == "--help" ? 0 : kExitUsage;
    }
  }
  if (!out.config.empty()) return -1;
  std::fprintf(stderr, "jieban-%s: --config FILE is missing\n", name.c_str());
  return kExitUsage;
}

// ZeroMQ aborts the process when it runs out of descriptors, so take all that we may have.
void raise_file_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  (void)::setrlimit(RLIMIT_NOFILE, &limit);
}

int fail(const std::string& event, const Error& error, int code) {
  log(LogLevel::error, event, {{"why", error.message}, {"code", to_string(error.code)}});
  return code;
}

using Doubts = std::vector<std::string>;

// Whether the rule files fit each other.
Result<Doubts> review(const DaemonDeclaration& declaration, const Settings& settings) {
  return declaration.review ? declaration.review(settings) : Result<Doubts>(Doubts());
}

// "a.b, c.d": the keys whose values differ.
std::string changed_keys(const Settings& before, const Settings& after) {
  std::string keys;
  for (const auto& [name, setting] : before.all()) {
    const auto other = after.all().find(name);
    if (other != after.all().end() && other->second.value == setting.value) continue;
    keys.append(keys.empty() ? "" : ", ").append(name);
  }
  return keys;
}

// A daemon's own configuration: as it was read at the start, and where.
struct OwnConfiguration {
  const std::string& file;
  const std::vector<Parameter>& parameters;
  const Settings& settings;

  // Empty, or what takes a restart to come into force.
  Result<std::string> changed_since() const {
    auto fresh = load_settings(file, parameters);
    if (!fresh.ok()) return fresh.error();
    auto clock = make_clock(*fresh);
    if (!clock.ok()) return clock.error();
    return changed_keys(settings, *fresh);
  }
};

// One running daemon: everything that lives from start to stop, in the order of its birth.
class Running {
 public:
  Running(const DaemonDeclaration& declaration, const OwnConfiguration& own, const Clock& clock,
          Signals signals)
      : declaration_(declaration),
        own_(own),
        settings_(own.settings),
        clock_(clock),
        signals_(std::move(signals)) {}

  Result<void> start();
  int loop();
  // After a start that failed half way: the edges that run are stopped.
  void give_up();

 private:
  Result<void> open_engine();
  Result<void> open_edges();
  Result<void> open_ops();
  void report(Duration now);
  Result<std::vector<Edge::Take>> read_again() const;
  void reload();
  void stop();
  std::string ailment(Duration now) const;
  std::string why_not_ready() const;
  uint64_t quarantine_size(const Transaction& txn) const;

  const DaemonDeclaration& declaration_;
  const OwnConfiguration& own_;
  const Settings& settings_;
  const Clock& clock_;
  Signals signals_;
  Supervisor supervisor_;
  SystemRandom random_;
  MetricRegistry metrics_;
  std::unique_ptr<Service> service_;
  std::unique_ptr<ZmqTransport> transport_;
  std::unique_ptr<Engine> engine_;
  std::unique_ptr<EngineMetrics> engine_metrics_;
  std::unique_ptr<EdgeContext> context_;
  std::vector<std::unique_ptr<Edge>> edges_;
  size_t edges_started_ = 0;
  std::unique_ptr<OpsServer> ops_;
  Duration reported_at_{};
  Duration observed_at_{};
};

Result<void> Running::start() {
  RETURN_IF_ERROR(open_engine());
  // Edges hand in rules and wait for nothing, so they may start before the first turn.
  RETURN_IF_ERROR(open_edges());
  return open_ops();
}

Result<void> Running::open_engine() {
  EngineOptions options = engine_options(declaration_.name, settings_, clock_, random_);
  options.gathering = declaration_.gathering;
  ZmqOptions bus;
  bus.directory = settings_.text("bus.directory");
  bus.daemon = declaration_.name;
  bus.stream = options.environment.stream;
  bus.upstreams = options.upstreams;
  for (const std::string& upstream : options.upstreams) {
    bus.upstream_streams.push_back(stream_name(options.street, upstream));
  }
  RETURN_IF_ERROR(make_directories(bus.directory, 02770));
  auto transport = ZmqTransport::open(bus);
  if (!transport.ok()) return transport.error();
  transport_ = std::move(*transport);
  service_ = declaration_.service(settings_);
  auto engine = Engine::open(options, *service_, *transport_, clock_, random_);
  if (!engine.ok()) return engine.error();
  engine_ = std::move(*engine);
  engine_metrics_ = std::make_unique<EngineMetrics>(metrics_, *engine_);
  return {};
}

Result<void> Running::open_edges() {
  context_ = std::make_unique<EdgeContext>(
      EdgeContext{settings_.text("street.code"), declaration_.name, settings_, clock_,
                  engine_->inbox(), engine_->fold(), metrics_});
  edges_ = declaration_.edges(*service_);
  for (auto& edge : edges_) {
    RETURN_IF_ERROR(edge->start(*context_));
    ++edges_started_;
    engine_->listen([&edge = *edge](const Signal& signal) { edge.signalled(signal); });
  }
  return {};
}

Result<void> Running::open_ops() {
  auto directory = keys_directory(settings_.text("keys.directory"));
  if (!directory.ok()) return directory.error();
  auto admin = admin_authentication(*directory);
  if (!admin.ok()) return admin.error();
  ops_ = std::make_unique<OpsServer>(settings_.text("ops.address"), *admin, metrics_, *engine_);
  return ops_->start();
}

uint64_t Running::quarantine_size(const Transaction& txn) const {
  auto count = engine_->fold().quarantine().count(txn);
  return count.ok() ? *count : 0;
}

std::string Running::ailment(Duration now) const {
  if (engine_->stalled()) return "store: the store or the disk is full";
  for (const auto& edge : edges_) {
    std::string why = edge->ailment(now);
    if (!why.empty()) return why;
  }
  return "";
}

std::string Running::why_not_ready() const {
  for (const Follower& follower : engine_->followers()) {
    if (!follower.diverged().empty()) return follower.stream() + ": " + follower.diverged();
    if (!follower.caught_up()) return follower.stream() + ": not caught up";
  }
  return "";
}

void Running::report(Duration now) {
  if (now < reported_at_ + kReportInterval) return;
  reported_at_ = now;
  auto txn = engine_->fold().environment().read();
  if (!txn.ok()) return;
  uint64_t quarantined = quarantine_size(*txn);
  engine_metrics_->update(*engine_, quarantined, now);
  const std::string why = ailment(now);
  ops_->publish(engine_status(*engine_, declaration_.name, clock_, quarantined, now),
                why.empty() ? why_not_ready() : why, why);
  if (now < observed_at_ + kObserveInterval) return;
  observed_at_ = now;
  for (auto& edge : edges_) edge->observe(*txn);
}

Result<std::vector<Edge::Take>> Running::read_again() const {
  std::vector<Edge::Take> takes;
  for (const auto& edge : edges_) {
    auto take = edge->read_again();
    if (!take.ok()) return take.error();
    if (*take) takes.push_back(std::move(*take));
  }
  auto doubts = review(declaration_, settings_);
  if (!doubts.ok()) return doubts.error();
  return takes;
}

// Whole or not at all.
void Running::reload() {
  supervisor_.reloading();
  auto changed = own_.changed_since();
  auto takes = changed.ok() ? read_again() : Result<std::vector<Edge::Take>>(changed.error());
  if (!takes.ok()) {
    const std::string& why = takes.error().message;
    log(LogLevel::error, "reload_refused", {{"why", why}});
    supervisor_.ready("reload refused: " + why);
    return;
  }
  for (const Edge::Take& take : *takes) take();
  if (!changed->empty()) log(LogLevel::notice, "restart_needed", {{"keys", *changed}});
  log(LogLevel::notice, "reloaded", {});
  supervisor_.ready(changed->empty() ? "reloaded" : "reloaded; restart for " + *changed);
}

int Running::loop() {
  supervisor_.ready();
  log(LogLevel::notice, "ready",
      {{"stream", engine_->fold().stream()},
       {"epoch", engine_->fold().epoch()},
       {"head", engine_->fold().head()}});
  const std::array<int, 2> descriptors = {engine_->inbox().descriptor(), signals_.descriptor()};
  bool stopping = false;
  while (!stopping) {
    Duration begin = monotonic_now();
    auto turned = engine_->turn(begin);
    if (!turned.ok()) {
      // The outcome of the last commit is not known: nothing may be said or written any more.
      fail("store_failed", turned.error(), kExitStore);
      std::_Exit(kExitStore);
    }
    Duration now = monotonic_now();
    engine_metrics_->note_turn(*turned, now - begin);
    report(now);
    supervisor_.ping(now);
    bool reloading = false;
    signals_.read(stopping, reloading);
    if (reloading) reload();
    if (!stopping && turned->wake_at > now) {
      Duration rest = std::min(turned->wake_at - now, Duration(kReportInterval));
      rest = std::min(rest, supervisor_.ping_interval());
      transport_->wait(descriptors, rest, turned->gathers ? Heed::descriptors : Heed::all);
    }
  }
  stop();
  return 0;
}

void Running::give_up() {
  if (!engine_) return;
  engine_->inbox().close(Error{ErrorCode::unavailable, "this daemon could not start"});
  for (size_t i = 0; i < edges_started_; ++i) edges_[i]->stop();
}

void Running::stop() {
  supervisor_.stopping();
  engine_->inbox().close(Error{ErrorCode::unavailable, "this daemon is stopping"});
  for (auto& edge : edges_) edge->stop();
  ops_->stop();
  log(LogLevel::notice, "stopped", {{"head", engine_->fold().head()}});
}

int refuse_configuration(const Error& error) {
  std::fprintf(stderr, "%s\n", error.message.c_str());
  return kExitConfig;
}

int run(const DaemonDeclaration& declaration, const Arguments& arguments) {
  std::vector<Parameter> parameters = common_parameters(declaration.name);
  parameters.insert(parameters.end(), declaration.parameters.begin(), declaration.parameters.end());
  auto settings = load_settings(arguments.config, parameters);
  if (!settings.ok()) return refuse_configuration(settings.error());
  if (arguments.print_config) std::fputs(print_settings(*settings).c_str(), stdout);
  auto clock = make_clock(*settings);
  auto checked = declaration.check ? declaration.check(*settings) : Result<void>();
  if (!clock.ok()) return refuse_configuration(clock.error());
  if (!checked.ok()) return refuse_configuration(checked.error());
  if (arguments.print_config && !arguments.check_config) return 0;
  auto doubts = review(declaration, *settings);
  if (!doubts.ok()) return refuse_configuration(doubts.error());
  if (arguments.check_config) {
    for (const std::string& doubt : *doubts) std::fprintf(stderr, "%s\n", doubt.c_str());
    return 0;
  }

  start_logging(settings->text("log.level"));
  ::umask(0007);  // the group connects to our sockets
  raise_file_limit();
  auto signals = Signals::block();
  if (!signals.ok()) return fail("start_failed", signals.error(), kExitStore);
  if (auto started = initialise_crypto(); !started.ok()) {
    return fail("start_failed", started.error(), kExitInternal);
  }
  const OwnConfiguration own{arguments.config, parameters, *settings};
  Running running(declaration, own, **clock, std::move(*signals));
  if (auto started = running.start(); !started.ok()) {
    const Error& error = started.error();
    running.give_up();
    bool config = error.code == ErrorCode::invalid || error.code == ErrorCode::not_found;
    return fail("start_failed", error, config ? kExitConfig : kExitStore);
  }
  return running.loop();
}

}  // namespace

int run_daemon(const DaemonDeclaration& declaration, int argc, char** argv) {
  Arguments arguments;
  int done = parse_arguments(declaration.name, argc, argv, arguments);
  if (done >= 0) return done;
  try {
    return run(declaration, arguments);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "<0>level=fatal event=uncaught why=\"%s\"\n", error.what());
    return kExitInternal;
  }
}

}  // namespace jieban
