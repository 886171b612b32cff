#include "tools/site/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/base/file.h"

namespace jieban {
namespace {

constexpr size_t kOutputBytesMax = 1 << 20;

struct SpawnPlan {
  posix_spawn_file_actions_t files{};
  posix_spawnattr_t attributes{};

  explicit SpawnPlan(const std::string& output) {
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files, 1, output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0640);
    posix_spawn_file_actions_adddup2(&files, 1, 2);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;
  ~SpawnPlan() {
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
  }
};

int exit_code_of(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

Result<ChildProcess> ChildProcess::start(const std::vector<std::string>& command,
                                         const std::string& output) {
  const SpawnPlan plan(output);
  std::vector<char*> arguments;
  for (const std::string& word : command) {
    // posix_spawn takes, and does not change, char*.
    arguments.push_back(const_cast<char*>(word.c_str()));  // NOLINT(*-const-cast)
  }
  arguments.push_back(nullptr);
  pid_t pid = 0;
  const int failed =
      posix_spawn(&pid, arguments[0], &plan.files, &plan.attributes, arguments.data(), environ);
  if (failed == 0) return ChildProcess(pid);
  errno = failed;
  Error error = system_error("starting " + command[0]);
  if (failed == ENOENT) error.code = ErrorCode::not_found;
  return error;
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept : pid_(other.pid_), end_(other.end_) {
  other.pid_ = 0;
}

ChildProcess::~ChildProcess() {
  if (pid_ == 0 || ended()) return;
  signal(SIGKILL);
  waitpid(pid_, nullptr, 0);
}

std::optional<int> ChildProcess::ended() {
  int status = 0;
  if (!end_ && waitpid(pid_, &status, WNOHANG) == pid_) end_ = exit_code_of(status);
  return end_;
}

void ChildProcess::signal(int number) const {
  if (!end_) kill(pid_, number);
}

std::optional<int> ChildProcess::wait(Duration at_most) {
  if (ended()) return end_;
  const FileDescriptor child(int(syscall(SYS_pidfd_open, pid_, 0)));
  pollfd ready{child.get(), POLLIN, 0};
  const Duration deadline = monotonic_now() + at_most;
  for (Duration left = at_most; left > Duration::zero(); left = deadline - monotonic_now()) {
    const auto pause = std::chrono::ceil<std::chrono::milliseconds>(left);
    if (poll(&ready, child.valid() ? 1 : 0, int(pause.count())) > 0) break;
  }
  return ended();
}

Result<ProgramRun> run_program(const std::vector<std::string>& command, const std::string& scratch,
                               Duration at_most) {
  auto child = ChildProcess::start(command, scratch);
  if (!child.ok()) return child.error();
  const std::optional<int> end = child->wait(at_most);
  auto output = read_file(scratch, kOutputBytesMax);
  ::unlink(scratch.c_str());
  if (!end) return Error{ErrorCode::unavailable, command[0] + " did not end in time"};
  if (!output.ok()) return output.error();
  return ProgramRun{*end, *output};
}

}  // namespace jieban
