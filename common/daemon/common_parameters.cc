#include "common/daemon/common_parameters.h"

#include "common/domain/topology.h"

namespace jieban {
namespace {

// 53 bits: an epoch survives every tool that reads JSON numbers as doubles.
constexpr uint64_t kEpochMax = uint64_t{1} << 53U;

// Operations ports of the five, in the order of the topology.
std::string default_ops_address(const std::string& daemon) {
  int port = 9101;
  for (const DaemonPlace& place : topology::kDaemons) {
    if (place.name == daemon) break;
    ++port;
  }
  return "127.0.0.1:" + std::to_string(port);
}

}  // namespace

std::vector<Parameter> common_parameters(const std::string& daemon) {
  using enum ParameterKind;
  return {
      {"street.code", text, "110102007", "1", "16", {}, "code of the street; names the streams"},
      {"state.directory", text, "/var/lib/jieban/" + daemon, "1", "200", {}, "the store"},
      {"bus.directory", text, "/run/jieban", "1", "90", {}, "sockets of all daemons"},
      {"keys.directory", text, "", "", "200", {}, "keys; empty: $CREDENTIALS_DIRECTORY"},
      {"ops.address", text, default_ops_address(daemon), "", "", {}, "metrics, health, admin"},
      {"store.map_size", size, "16GiB", "1MiB", "1TiB", {}, "the most that the store may hold"},
      {"store.disk_free_min",
       size,
       "256MiB",
       "0B",
       "1TiB",
       {},
       "below this nothing is written; intake stops at twice as much"},
      {"store.retention",
       duration,
       "90d",
       "1h",
       "3650d",
       {},
       "events are kept at least so long in the stream"},
      {"log.level",
       choice,
       "info",
       "",
       "",
       {"error", "warning", "notice", "info", "debug"},
       "least level that is logged"},
      {"clock.speed", integer, "1", "1", "1000000", {}, "demonstrations only: times real time"},
      {"clock.anchor",
       integer,
       "0",
       "0",
       "",
       {},
       "demonstrations only: real microseconds since 1970 at which the clock shows its origin"},
      {"clock.origin", text, "", "", "19", {}, "demonstrations only: \"2026-03-10 00:00:00\""},
  };
}

Result<std::unique_ptr<Clock>> make_clock(const Settings& settings) {
  const std::string& origin = settings.text("clock.origin");
  if (origin.empty()) return std::unique_ptr<Clock>(std::make_unique<SystemClock>());
  auto at = parse_local(origin);
  if (!at) return invalid("clock.origin: write it as 2026-03-10 00:00:00");
  return std::unique_ptr<Clock>(std::make_unique<AcceleratedClock>(
      from_micros(settings.integer("clock.anchor")), *at, settings.integer("clock.speed")));
}

EngineOptions engine_options(const std::string& daemon, const Settings& settings,
                             const Clock& clock, Random& random) {
  EngineOptions options;
  options.street = settings.text("street.code");
  options.daemon = daemon;
  options.upstreams = upstreams_of(daemon);
  options.consumers = consumers_of(daemon);
  options.disk_free_min = settings.bytes("store.disk_free_min");
  options.retention = settings.duration("store.retention");
  options.environment.path = settings.text("state.directory");
  options.environment.stream = stream_name(options.street, daemon);
  options.environment.new_epoch = random.below(kEpochMax - 1) + 1;
  options.environment.now = clock.now();
  options.environment.map_size = settings.bytes("store.map_size");
  return options;
}

}  // namespace jieban
