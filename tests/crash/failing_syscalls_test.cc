// Goal: whichever system call on a store fails, or is the last one of its process, every
// acknowledged transaction stays, and the program ends with 0, 74, or by the signal.
// Method: run store_writer under strace once to see which calls touch its store, then once for
// each of them with an error or SIGKILL injected there, and judge the store that is left.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <sstream>
#include <string_view>
#include <vector>

#include "common/base/file.h"
#include "tests/crash/apart.h"
#include "tests/crash/workload.h"
#include "tests/support/temp_dir.h"

namespace jieban::crash {
namespace {

constexpr uint64_t kCommits = 4;
constexpr int kStoreFailure = 74;
constexpr size_t kTextMax = 16 << 20;

constexpr const char* kCalls[] = {"openat", "writev",    "pwrite64", "write", "fdatasync",
                                  "fsync",  "ftruncate", "rename",   "mkdir", "flock",
                                  "fcntl",  "mmap",      "unlink"};

// The status of wait(); stdout and stderr go to files.
int run(const std::vector<std::string>& words, const std::string& out, const std::string& err) {
  pid_t child = ::fork();
  CHECK(child >= 0);
  if (child == 0) {
    constexpr int kFlags = O_WRONLY | O_CREAT | O_TRUNC;
    ::dup2(::open(out.c_str(), kFlags, 0600), STDOUT_FILENO);
    ::dup2(::open(err.c_str(), kFlags, 0600), STDERR_FILENO);
    ::setenv("ASAN_OPTIONS", "detect_leaks=0", 0);  // looking for leaks is itself tracing
    std::vector<char*> arguments;
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    ::execvp(arguments[0], arguments.data());
    ::_exit(127);
  }
  int status = 0;
  CHECK(::waitpid(child, &status, 0) == child);
  return status;
}

class FailingSyscalls : public ::testing::TestWithParam<uint64_t> {
 protected:
  void SetUp() override {
    int status =
        run({"strace", "-o", dir_.path("trace"), "true"}, dir_.path("out"), dir_.path("err"));
    if (status != 0) GTEST_SKIP() << "strace, or tracing processes, is not to be had here";
  }

  // A store with the given number of transactions; none: no directory even.
  void prepare() {
    std::filesystem::remove_all(dir_.path("var"));
    if (GetParam() == 0) return;
    auto workload = Workload::open(store());
    ASSERT_TRUE(workload.ok());
    for (uint64_t i = 0; i < GetParam(); ++i) ASSERT_TRUE((*workload)->commit_next().ok());
  }

  // Runs the writer with `fault` ("error=EIO:when=3", or nothing) in `call`.
  int write_under(const std::string& call, const std::string& fault) {
    prepare();
    std::vector<std::string> words = {"strace", "-f", "-y", "-o", dir_.path("trace")};
    // Stops at these calls only, not at all; but there no signal can be sent.
    if (!fault.starts_with("signal")) words.emplace_back("--seccomp-bpf");
    words.insert(words.end(), {"-e", "trace=" + call});
    if (!fault.empty()) words.insert(words.end(), {"-e", "inject=" + call + ":" + fault});
    std::string writer = std::string(JIEBAN_BINARY_DIR) + "/store_writer";
    words.insert(words.end(), {writer, store(), std::to_string(kCommits)});
    return run(words, dir_.path("out"), dir_.path("err"));
  }

  // Which of the program's uses of `call`, from 1, concern the store or a directory above it.
  std::vector<int> uses(const std::string& call) {
    EXPECT_EQ(write_under(call, ""), 0);
    std::istringstream trace(*read_file(dir_.path("trace"), kTextMax));
    std::vector<int> found;
    int number = 0;
    for (std::string line; std::getline(trace, line);) {
      if (line.find(" " + call + "(") == std::string::npos) continue;
      ++number;
      if (line.find(dir_.root()) != std::string::npos &&
          line.find(dir_.path("out")) == std::string::npos) {
        found.push_back(number);
      }
    }
    return found;
  }

  uint64_t acknowledged() const {
    std::istringstream out(*read_file(dir_.path("out"), kTextMax));
    uint64_t last = GetParam();
    std::string word;
    for (uint64_t number = 0; out >> word >> number;) {
      EXPECT_EQ(word, "ack");
      EXPECT_EQ(number, last + 1);
      last = number;
    }
    return last;
  }

  void inject(const std::string& call, const std::string& fault) {
    SCOPED_TRACE(call + ":" + fault);
    int status = write_under(call, fault);
    uint64_t safe = acknowledged();
    bool killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
    if (fault.starts_with("signal")) {
      EXPECT_TRUE(killed) << status;
    } else {
      ASSERT_TRUE(WIFEXITED(status)) << "signal " << WTERMSIG(status);
      int code = WEXITSTATUS(status);
      EXPECT_TRUE(code == kStoreFailure || code == 0) << code;
      std::string trace = *read_file(dir_.path("trace"), kTextMax);
      EXPECT_NE(trace.find("(INJECTED)"), std::string::npos);
      if (code == 0) {
        EXPECT_EQ(safe, GetParam() + kCommits);
        ++survived_;
      }
    }
    Judge judge_it = [](const std::string& path, uint64_t least) {
      return judge(path, least, GetParam() + kCommits);
    };
    EXPECT_EQ(judge_apart(judge_it, store(), safe), "");
    ++runs_;
  }

  std::string store() const { return dir_.path("var/store"); }

  TempDir dir_{"/dev/shm"};
  int runs_ = 0;
  int survived_ = 0;
};

TEST_P(FailingSyscalls, NeverLoseAnAcknowledgedTransaction) {
  for (const char* call : kCalls) {
    for (int use : uses(call)) {
      std::string when = ":when=" + std::to_string(use);
      inject(call, "error=EIO" + when);
      inject(call, "error=ENOSPC" + when);
      // From then on; without mmap there is no memory, and nothing to be said about the store.
      if (std::string_view(call) != "mmap") inject(call, "error=ENOSPC" + when + "+");
      inject(call, "signal=SIGKILL" + when);
    }
  }
  std::cout << runs_ << " runs, " << survived_ << " survived the error\n";
  EXPECT_GT(runs_, 100);
}

INSTANTIATE_TEST_SUITE_P(NewAndOldStore, FailingSyscalls, ::testing::Values(0, 3));

}  // namespace
}  // namespace jieban::crash
