// Children are started, watched and ended; none outlives its owner.
#include "tools/site/child_process.h"

#include <gtest/gtest.h>
#include <signal.h>

#include "common/base/file.h"
#include "tests/support/temp_dir.h"

namespace jieban {
namespace {

using std::chrono::seconds;

TEST(ChildProcess, ItsEndAndItsOutputAreTold) {
  const TempDir folder;
  auto run = run_program({"/bin/sh", "-c", "echo out; echo err >&2; exit 78"}, folder.path("o"),
                         seconds(10));
  ASSERT_TRUE(run.ok()) << run.error().message;
  EXPECT_EQ(run->exit_code, 78);
  EXPECT_EQ(run->output, "out\nerr\n");
  EXPECT_FALSE(read_file(folder.path("o"), 10).ok());
}

TEST(ChildProcess, AProgramThatIsNotThereIsNotFound) {
  const TempDir folder;
  auto child = ChildProcess::start({"/no/such/program"}, folder.path("o"));
  ASSERT_FALSE(child.ok());
  EXPECT_EQ(child.error().code, ErrorCode::not_found);
}

TEST(ChildProcess, ASignalEndsItAndIsTold) {
  const TempDir folder;
  auto child = ChildProcess::start({"/bin/sleep", "60"}, folder.path("o"));
  ASSERT_TRUE(child.ok());
  EXPECT_FALSE(child->ended().has_value());
  child->signal(SIGTERM);
  EXPECT_EQ(child->wait(seconds(10)), std::optional<int>(128 + SIGTERM));
}

TEST(ChildProcess, ItDoesNotOutliveItsOwner) {
  const TempDir folder;
  pid_t pid = 0;
  {
    auto child = ChildProcess::start({"/bin/sleep", "60"}, folder.path("o"));
    ASSERT_TRUE(child.ok());
    pid = child->pid();
    ASSERT_EQ(kill(pid, 0), 0);
  }
  EXPECT_EQ(kill(pid, 0), -1);
}

}  // namespace
}  // namespace jieban
