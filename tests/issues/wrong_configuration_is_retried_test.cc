// Seen: a unit whose ExecStartPre= refused the configuration was started again until the start
// limit, because RestartPreventExitStatus= looks at the main process only. So the main process
// alone must refuse, with the code that the unit names.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>

#include "common/base/file.h"
#include "common/daemon/daemon.h"
#include "common/domain/topology.h"
#include "tests/support/temp_dir.h"

namespace jieban {
namespace {

const std::string kSource = JIEBAN_SOURCE_DIR;
const std::string kPrograms = JIEBAN_BINARY_DIR;

std::string unit_of(std::string_view daemon) {
  auto text =
      read_file(kSource + "/systemd/jieban-" + std::string(daemon) + ".service", 64U << 10U);
  return text.ok() ? "\n" + *text : "";
}

// The exit code of a daemon that is started as its unit starts it.
int code_of(std::string_view daemon, const std::string& config) {
  std::string command =
      kPrograms + "/jieban-" + std::string(daemon) + " --config " + config + " 2>/dev/null";
  int status = std::system(command.c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(WrongConfiguration, OnlyTheMainProcessOfAUnitLooksAtIt) {
  for (const DaemonPlace& daemon : topology::kDaemons) {
    std::string unit = unit_of(daemon.name);
    EXPECT_EQ(unit.find("\nExecStartPre="), std::string::npos) << daemon.name;
    EXPECT_EQ(unit.find("\nExecCondition="), std::string::npos) << daemon.name;
    EXPECT_NE(unit.find("\nRestartPreventExitStatus=64 78\n"), std::string::npos) << daemon.name;
  }
}

TEST(WrongConfiguration, TheMainProcessRefusesItWithTheCodeThatIsNotRetried) {
  TempDir dir;
  ASSERT_TRUE(write_file(dir.path("odd.yaml"), "street:\n  code: demo\n  colour: red\n").ok());
  for (const DaemonPlace& daemon : topology::kDaemons) {
    EXPECT_EQ(code_of(daemon.name, dir.path("odd.yaml")), kExitConfig) << daemon.name;
    EXPECT_EQ(code_of(daemon.name, dir.path("none.yaml")), kExitConfig) << daemon.name;
  }
}

TEST(WrongConfiguration, ARuleFileThatDoesNotReadIsRefusedBeforeTheStoreIsOpened) {
  TempDir dir;
  ASSERT_TRUE(write_file(dir.path("odd-rules.yaml"), "version: [").ok());
  ASSERT_TRUE(write_file(dir.path("router.yaml"),
                         "street:\n  code: demo\nstate:\n  directory: " + dir.path("store") +
                             "\nrules:\n  routing: " + dir.path("odd-rules.yaml") + "\n")
                  .ok());
  EXPECT_EQ(code_of("router", dir.path("router.yaml")), kExitConfig);
  EXPECT_FALSE(std::filesystem::exists(dir.path("store")));
}

}  // namespace
}  // namespace jieban
