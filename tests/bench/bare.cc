#include "tests/bench/bare.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <map>

#include "common/base/clock.h"
#include "common/base/file.h"
#include "tests/bench/ballast.h"
#include "tests/bench/bare_stage.h"
#include "tests/bench/bare_store.h"
#include "tests/bench/processors.h"

namespace jieban::bench {
namespace {

constexpr std::chrono::seconds kQuietMax{60};
constexpr int kLookMilliseconds = 1;
constexpr uint64_t kBytesPerOrder = 8'000;  // of the stores and queues
constexpr double kMicros = 1e6;
constexpr int kFailed = 70;

// Its stores and sockets.
class Root {
 public:
  explicit Root(std::string path) : path_(std::move(path)) {}
  Root(Root&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  Root& operator=(Root&&) = delete;
  ~Root() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  static Result<Root> make(const std::string& directory) {
    RETURN_IF_ERROR(make_directories(directory));
    std::string pattern = directory + "/jbare-XXXXXX";
    if (mkdtemp(pattern.data()) == nullptr) return system_error("making a folder in " + directory);
    return Root(pattern);
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// The five processes; they end with the object.
class Stages {
 public:
  Stages() = default;
  Stages(const Stages&) = delete;
  Stages& operator=(const Stages&) = delete;
  ~Stages() {
    for (const auto& [pid, name] : pids_) kill(pid, SIGKILL);
    for (const auto& [pid, name] : pids_) waitpid(pid, nullptr, 0);
  }

  // Returns when all are ready for orders.
  Result<void> start(const std::string& root) {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) return system_error("making a pipe");
    const FileDescriptor told(ends[0]);
    const FileDescriptor tell(ends[1]);
    const pid_t parent = getpid();
    for (const BareStage& stage : kBareStages) {
      const pid_t pid = fork();
      if (pid < 0) return system_error("starting a stage");
      if (pid == 0) be(stage, root, tell.get(), parent);
      pids_.emplace(pid, stage.name);
    }
    const Duration deadline = monotonic_now() + kQuietMax;
    for (size_t ready = 0; ready < kBareStages.size();) {
      RETURN_IF_ERROR(check());
      if (monotonic_now() > deadline) return Error{ErrorCode::unavailable, "not ready in time"};
      pollfd readable{told.get(), POLLIN, 0};
      char byte = 0;
      if (poll(&readable, 1, kLookMilliseconds) > 0 && read(told.get(), &byte, 1) == 1) ++ready;
    }
    return {};
  }

  Result<void> check() {
    const pid_t pid = waitpid(-1, nullptr, WNOHANG);
    const auto ended = pids_.find(pid);
    if (ended == pids_.end()) return {};
    const std::string name(ended->second);
    pids_.erase(ended);
    return Error{ErrorCode::unavailable, "the bare " + name + " ended"};
  }

  std::map<std::string, double> cpu_seconds() const {
    std::map<std::string, double> all;
    for (const auto& [pid, name] : pids_) all[std::string(name)] = cpu_seconds_of(pid);
    return all;
  }

 private:
  // In the child. Nothing of the parent is cleaned up twice: it leaves by _exit alone.
  [[noreturn]] static void be(const BareStage& stage, const std::string& root, int ready,
                              pid_t parent) noexcept {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(kFailed);
    const auto ended = run_bare_stage(stage, root, ready);
    if (!ended.ok()) std::fprintf(stderr, "bench: %s\n", ended.error().message.c_str());
    _exit(kFailed);
  }

  std::map<pid_t, std::string_view> pids_;
};

// The id first, then as many bytes as an order of the pipeline has.
Result<void> push_orders(BareDoor& door, uint64_t orders) {
  std::string body(kBareOrderBytes, '.');
  for (uint64_t i = 0; i < orders; ++i) {
    std::string number = std::to_string(i);
    number.insert(0, kBareKeyBytes - number.size(), '0');
    body.replace(0, kBareKeyBytes, number);
    RETURN_IF_ERROR(door.push(body));
  }
  return {};
}

Result<void> wait_for_archive(Stages& stages, const BareStore& archive, uint64_t events,
                              Ballast& ballast) {
  Duration moved_at = monotonic_now();
  uint64_t before = 0;
  while (true) {
    auto count = archive.count();
    if (!count.ok()) return count.error();
    if (*count > events) return Error{ErrorCode::internal, "more in the archive than was made"};
    if (*count == events) return {};
    ballast.let_go(*count / kBareEventsPerOrder);
    const Duration now = monotonic_now();
    if (*count != before) moved_at = now;
    before = *count;
    if (now - moved_at > kQuietMax) return Error{ErrorCode::unavailable, "events got stuck"};
    RETURN_IF_ERROR(stages.check());
    poll(nullptr, 0, kLookMilliseconds);
  }
}

}  // namespace

Result<Value> run_bare(const std::string& directory, uint64_t orders, bool touch_memory) {
  auto root = Root::make(directory);
  if (!root.ok()) return root.error();
  Stages stages;
  RETURN_IF_ERROR(stages.start(root->path()));
  auto archive = BareStore::look(root->path() + "/archiver");
  if (!archive.ok()) return archive.error();
  auto door = BareDoor::open(root->path());
  if (!door.ok()) return door.error();

  Ballast ballast(touch_memory ? orders : 0, kBytesPerOrder);
  ballast.let_go(0);
  const auto cpu_before = stages.cpu_seconds();
  const double own_before = own_cpu_seconds();
  const ProcessorTimes busy_before = processor_times();
  const Duration begin = monotonic_now();
  RETURN_IF_ERROR(push_orders(*door, orders));
  RETURN_IF_ERROR(wait_for_archive(stages, *archive, kBareEventsPerOrder * orders, ballast));
  const double seconds = double((monotonic_now() - begin).count()) / kMicros;
  const ProcessorShares shares = shares_between(busy_before, processor_times());

  const double each = kMicros / double(orders);
  double cpu = 0;
  Value cpu_by;
  for (const auto& [name, after] : stages.cpu_seconds()) {
    cpu += (after - cpu_before.at(name)) * each;
    cpu_by.set(name, rounded((after - cpu_before.at(name)) * each, 2));
  }
  Value out;
  return out.set("orders", orders)
      .set("seconds", rounded(seconds, 3))
      .set("orders_per_second", rounded(double(orders) / seconds, 0))
      .set("cpu_us_per_order", rounded(cpu, 2))
      .set("load_cpu_us_per_order", rounded((own_cpu_seconds() - own_before) * each, 2))
      .set("steal_percent", shares.steal_percent)
      .set("idle_percent", shares.idle_percent)
      .set("memory_before", ballast.facts())
      .set("cpu_us_per_order_by_stage", std::move(cpu_by));
}

}  // namespace jieban::bench
