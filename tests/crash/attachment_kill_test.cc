// Goal: wherever storing an attachment is killed or its disk is full, there is the whole file or
// none under its name; what is left besides is swept, and the next attempt succeeds.
// Method: run attachment_writer under strace, with SIGKILL or ENOSPC at the n-th of each call.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <vector>

#include "common/base/check.h"
#include "common/base/file.h"
#include "daemons/receiver/attachment_store.h"
#include "tests/support/temp_dir.h"

namespace jieban::crash {
namespace {

const std::string kHash(64, 'c');
const std::string kContent = "sealed content of an attachment";
constexpr int kFull = 1;
constexpr int kTimesMax = 200;  // the start of the program opens dozens of libraries

int run(const std::vector<std::string>& words) {
  const pid_t child = ::fork();
  CHECK(child >= 0);
  if (child == 0) {
    const int nowhere = ::open("/dev/null", O_RDWR);
    ::dup2(nowhere, STDOUT_FILENO);
    ::dup2(nowhere, STDERR_FILENO);
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

class AttachmentKill : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    if (run({"strace", "-o", dir_.path("trace"), "true"}) != 0) {
      GTEST_SKIP() << "strace, or tracing processes, is not to be had here";
    }
  }
  // The status with `fault` at the n-th such call below the folder.
  int write_under(const std::string& fault, int n) {
    std::filesystem::remove_all(folder());
    const std::string call = GetParam();
    return run({"strace", "-f", "-o", dir_.path("trace"), "-e", "trace=" + call, "-e",
                "inject=" + call + ":" + fault + ":when=" + std::to_string(n),
                std::string(JIEBAN_BINARY_DIR) + "/attachment_writer", folder(), kHash, kContent});
  }
  // Whether there was an n-th call at all; a killed program leaves no such line.
  bool was_injected() const {
    auto trace = read_file(dir_.path("trace"), 16 << 20);
    CHECK(trace.ok());
    return trace->find("(INJECTED)") != std::string::npos ||
           trace->find("killed by SIGKILL") != std::string::npos;
  }
  std::string folder() const { return dir_.path("files"); }

  void expect_whole_or_none(const std::string& where) {
    const AttachmentStore store(folder(), 0);
    auto found = store.get(kHash, 1000);
    EXPECT_TRUE(!found.ok() || *found == kContent) << where;
    auto swept = store.sweep([](const std::string&) { return false; });
    ASSERT_TRUE(swept.ok()) << where;
    EXPECT_FALSE(std::filesystem::exists(store.path_of(kHash) + ".tmp")) << where;
    ASSERT_TRUE(store.put(kHash, kContent).ok()) << where;
    EXPECT_EQ(*store.get(kHash, 1000), kContent) << where;
  }

  TempDir dir_{"/dev/shm"};
};

TEST_P(AttachmentKill, LeavesTheWholeFileOrNoneAndTheNextAttemptSucceeds) {
  int killed = 0;
  for (int n = 1; n <= kTimesMax; ++n) {
    write_under("signal=SIGKILL", n);
    if (!was_injected()) break;
    ++killed;
    expect_whole_or_none(std::string(GetParam()) + " " + std::to_string(n));
  }
  EXPECT_GT(killed, 0) << "the call was never made";
}

TEST_P(AttachmentKill, AFullDiskIsToldAndLeavesNothing) {
  int full = 0;
  for (int n = 1; n <= kTimesMax; ++n) {
    const int status = write_under("error=ENOSPC", n);
    if (!was_injected()) break;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != kFull) continue;  // a library did not open
    ++full;
    EXPECT_FALSE(std::filesystem::exists(AttachmentStore(folder(), 0).path_of(kHash) + ".tmp"));
    expect_whole_or_none(std::string(GetParam()) + " " + std::to_string(n));
  }
  EXPECT_GT(full, 0) << "the call was never made";
}

INSTANTIATE_TEST_SUITE_P(EachCall, AttachmentKill,
                         testing::Values("mkdir", "openat", "write", "fsync", "rename"),
                         [](const auto& call) { return std::string(call.param); });

}  // namespace
}  // namespace jieban::crash
