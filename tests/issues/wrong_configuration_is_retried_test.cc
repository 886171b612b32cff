// Seen: a unit whose ExecStartPre= refused the configuration was started again until the start
// limit, because RestartPreventExitStatus= looks at the main process only. So the main process
// alone must refuse, with the code that the unit names.
#include <gtest/gtest.h>

#include <filesystem>

#include "common/base/file.h"
#include "common/daemon/daemon.h"
#include "common/domain/topology.h"
#include "tests/support/temp_dir.h"
#include "tools/site/child_process.h"

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
  auto ran = run_program({kPrograms + "/jieban-" + std::string(daemon), "--config", config},
                         config + ".out", std::chrono::seconds(30));
  return ran.ok() ? ran->exit_code : -1;
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

// Seen: `--check-config` refused a ladder that names nobody, and the daemon started with it.
TEST(WrongConfiguration, ALadderThatNamesNoRotaThatThereIsIsRefusedBeforeTheStoreIsOpened) {
  TempDir dir;
  auto ladders = read_file(kSource + "/config/escalation.yaml", 64U << 10U);
  auto contacts = read_file(kSource + "/config/contacts.yaml", 64U << 10U);
  ASSERT_TRUE(ladders.ok() && contacts.ok());
  const std::string seat = "- {tell: [{rota: seat}]";
  const size_t at = ladders->find(seat);
  ASSERT_NE(at, std::string::npos);
  ladders->replace(at, seat.size(), "- {tell: [{rota: none}]");
  ASSERT_TRUE(write_file(dir.path("escalation.yaml"), *ladders).ok());
  ASSERT_TRUE(write_file(dir.path("contacts.yaml"), *contacts).ok());
  ASSERT_TRUE(write_file(dir.path("notifier.yaml"),
                         "street:\n  code: demo\nstate:\n  directory: " + dir.path("store") +
                             "\nbus:\n  directory: " + dir.path("bus") +
                             "\nops:\n  address: \"127.0.0.1:0\"\napi:\n  address: " +
                             "\"127.0.0.1:0\"\ncontacts:\n  file: " + dir.path("contacts.yaml") +
                             "\nrules:\n  notices: " + kSource + "/config/notices.yaml" +
                             "\n  rota: " + kSource + "/config/rota.yaml" +
                             "\n  calendar: " + kSource + "/config/calendar/office.yaml" +
                             "\n  escalation: " + dir.path("escalation.yaml") + "\n")
                  .ok());
  auto ran = run_program({kPrograms + "/jieban-notifier", "--config", dir.path("notifier.yaml")},
                         dir.path("out"), std::chrono::seconds(30));
  ASSERT_TRUE(ran.ok()) << ran.error().message;
  EXPECT_EQ(ran->exit_code, kExitConfig);
  EXPECT_NE(ran->output.find("no rota 'none'"), std::string::npos) << ran->output;
  EXPECT_FALSE(std::filesystem::exists(dir.path("store")));
}

}  // namespace
}  // namespace jieban
