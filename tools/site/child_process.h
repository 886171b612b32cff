// Other programs: started, watched, and always ended.
//
// A child gets a process group of its own, so that Ctrl-C reaches it only through its owner, an
// empty signal mask, and nothing to read. Its output goes to a file.
// What fails and how: `not_found` when there is no such program, `io` otherwise.
// Thread rule: one thread. A ChildProcess that goes away while its program runs kills it.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "common/base/clock.h"
#include "common/base/result.h"

namespace jieban {

class ChildProcess {
 public:
  // `output`: the file that takes standard output and error; it is truncated.
  static Result<ChildProcess> start(const std::vector<std::string>& command,
                                    const std::string& output);
  ChildProcess(ChildProcess&& other) noexcept;
  ChildProcess& operator=(ChildProcess&&) = delete;
  ~ChildProcess();

  pid_t pid() const { return pid_; }
  // How it ended: the exit code, or 128 plus the signal. Empty while it runs.
  std::optional<int> ended();
  void signal(int number) const;
  // Waits for the end; empty when it still runs after `at_most`.
  std::optional<int> wait(Duration at_most);

 private:
  explicit ChildProcess(pid_t pid) : pid_(pid) {}

  pid_t pid_ = 0;
  std::optional<int> end_;
};

struct ProgramRun {
  int exit_code = 0;
  std::string output;
};

// Runs to the end. `scratch` is a path that may be written and is removed.
Result<ProgramRun> run_program(const std::vector<std::string>& command, const std::string& scratch,
                               Duration at_most);

}  // namespace jieban
