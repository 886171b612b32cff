#include "tests/bench/street.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "common/base/file.h"
#include "common/crypto/random.h"
#include "common/domain/topology.h"
#include "tests/bench/processors.h"
#include "tools/player/fleet.h"
#include "tools/site/setup.h"

namespace jieban::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kReadyTimeout{120};
constexpr std::chrono::seconds kStopTimeout{60};
constexpr std::chrono::milliseconds kReadyPause{2};
constexpr size_t kProcFileMax = 64 * 1024;
constexpr size_t kLogBytesMax = 64u << 20;
constexpr double kKibInMib = 1024;

std::string proc_file(pid_t pid, const char* name) {
  auto text = read_file("/proc/" + std::to_string(pid) + "/" + name, kProcFileMax);
  return text.ok() ? *text : std::string();
}

double kib_of(const std::string& status, const std::string& name) {
  const size_t at = status.find(name + ":");
  if (at == std::string::npos) return 0;
  return std::strtod(status.c_str() + at + name.size() + 1, nullptr);
}

}  // namespace

Result<Street> Street::make(const std::string& programs, const std::string& directory) {
  RETURN_IF_ERROR(initialise_crypto());
  RETURN_IF_ERROR(make_directories(directory));
  std::string pattern = directory + "/jbench-XXXXXX";
  if (mkdtemp(pattern.data()) == nullptr) return system_error("making a folder in " + directory);
  SitePlan plan;
  plan.root = pattern;
  plan.sign_automatically = true;
  auto base = free_port_base();
  if (!base.ok()) return base.error();
  plan.port_base = *base;
  RETURN_IF_ERROR(write_keys(plan.root + "/keys"));
  RETURN_IF_ERROR(write_configuration(plan, find_rules(programs)));
  RETURN_IF_ERROR(make_directories(plan.root + "/log"));
  auto site = Site::load(plan.root, "");
  if (!site.ok()) return site.error();
  return Street(std::move(*site), programs);
}

Street::~Street() {
  stop();
  std::error_code ignored;
  if (!site_.root.empty()) fs::remove_all(site_.root, ignored);
}

Result<std::map<std::string, StartTimes>> Street::start() {
  std::map<std::string, Duration> begun;
  std::map<std::string, StartTimes> times;
  for (const DaemonSeat& seat : kSeats) {
    std::string name(seat.name);
    begun[name] = monotonic_now();
    auto process =
        ChildProcess::start(seat_command(seat, programs_, site_.daemon(name).configuration),
                            site_.root + "/log/" + name + ".log");
    if (!process.ok()) return process.error();
    processes_.emplace(name, std::move(*process));
  }
  size_t missing = kSeats.size();
  const Duration deadline = monotonic_now() + kReadyTimeout;
  while (missing > 0) {
    RETURN_IF_ERROR(check());
    if (monotonic_now() > deadline) return Error{ErrorCode::unavailable, "not ready in time"};
    missing = 0;
    for (const auto& [name, since] : begun) {
      if (!try_ready(name, since, times[name])) ++missing;
    }
    if (missing > 0) pass(kReadyPause);
  }
  for (const auto& [name, unused] : begun) {
    auto watch = StoreWatch::open(site_.root + "/state/" + name);
    if (!watch.ok()) return watch.error();
    stores_.emplace(name, std::move(*watch));
  }
  return times;
}

// Notes the first moment at which each was seen.
bool Street::try_ready(const std::string& daemon, Duration since, StartTimes& times) const {
  if (times.ready.count() != 0) return true;
  if (times.running.count() == 0) {
    auto log = read_file(site_.root + "/log/" + daemon + ".log", kLogBytesMax);
    if (!log.ok() || log->find("event=ready") == std::string::npos) return false;
    times.running = monotonic_now() - since;
  }
  auto ops = DaemonClient::ops(site_, daemon);
  if (!ops.ok()) return false;
  auto answer = ops->get("/readyz");
  if (!answer.ok() || answer->status != 200) return false;
  times.ready = monotonic_now() - since;
  return true;
}

void Street::stop() {
  stores_.clear();
  for (auto& [name, process] : processes_) {
    if (!process.ended()) process.signal(SIGTERM);
  }
  for (auto& [name, process] : processes_) process.wait(kStopTimeout);
  processes_.clear();
}

Result<void> Street::check() {
  for (auto& [name, process] : processes_) {
    const auto end = process.ended();
    if (!end) continue;
    auto log = read_file(site_.root + "/log/" + name + ".log", kLogBytesMax);
    return Error{ErrorCode::unavailable, "jieban-" + name + " ended with " + std::to_string(*end) +
                                             ":\n" + (log.ok() ? *log : std::string())};
  }
  return {};
}

std::string Street::stream(const std::string& daemon) const { return site_.street + "." + daemon; }

bool Street::followed_by(const std::string& daemon) const {
  return std::ranges::all_of(upstreams_of(daemon), [&](const std::string& upstream) {
    return store(daemon).applied(stream(upstream)) >= store(upstream).head();
  });
}

bool Street::archived() const { return followed_by("archiver"); }

bool Street::settled() const {
  return std::ranges::all_of(
      kSeats, [&](const DaemonSeat& seat) { return followed_by(std::string(seat.name)); });
}

double Street::cpu_seconds(const std::string& daemon) const {
  return cpu_seconds_of(processes_.at(daemon).pid());
}

Memory Street::memory(const std::string& daemon) const {
  const std::string status = proc_file(processes_.at(daemon).pid(), "status");
  return {kib_of(status, "VmRSS") / kKibInMib, kib_of(status, "RssAnon") / kKibInMib};
}

Result<uint64_t> Street::store_used_bytes(const std::string& daemon) const {
  auto ops = DaemonClient::ops(site_, daemon);
  if (!ops.ok()) return ops.error();
  auto status = ops->get_value("/admin/status");
  if (!status.ok()) return status.error();
  const Value* store = status->find("store");
  if (store == nullptr) return Error{ErrorCode::internal, daemon + ": a status without a store"};
  return uint64_t(integer_at(*store, "used_bytes"));
}

void pass(Duration time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  const timespec rest{time_t(seconds.count()),
                      long(std::chrono::nanoseconds(time - seconds).count())};
  ppoll(nullptr, 0, &rest, nullptr);
}

}  // namespace jieban::bench
