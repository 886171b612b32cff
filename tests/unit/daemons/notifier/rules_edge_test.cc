// Goal: the file's rules come into force at start and on reload; a bad file changes nothing.
#include "daemons/notifier/rules_edge.h"

#include <gtest/gtest.h>

#include "common/base/file.h"
#include "tests/unit/daemons/notifier/edge_harness.h"

namespace jieban {
namespace {

std::string rules_text(const std::string& version) {
  return "version: \"" + version + "\"\n" + R"(attempts_max: 5
retry_first: 30s
retry_max: 15m
channels:
  - {name: desk, kind: spool, target: out, topics: [deadline.warned]}
templates:
  deadline.warned: "{order_no}"
)";
}

class RulesEdgeTest : public testing::Test {
 protected:
  RulesEdgeTest()
      : dir("/dev/shm"),
        harness("notices:\n  rules: " + dir.path("notices.yaml") +
                "\n  spool_root: " + dir.path("spool") + "\n") {}

  void write(const std::string& text) {
    ASSERT_TRUE(write_file(dir.path("notices.yaml"), text).ok());
  }
  std::string version() {
    harness.pump();
    auto txn = harness.fixture.fold().environment().read();
    auto rules = harness.fixture.core().rules().current(*txn);
    return *rules == nullptr ? "none" : (*rules)->version;
  }

  TempDir dir;
  EdgeHarness harness;
  RulesEdge edge;
};

TEST_F(RulesEdgeTest, HandsInTheFileAtStartAndOnReload) {
  write(rules_text("1"));
  ASSERT_TRUE(edge.start(harness.context()).ok());
  EXPECT_EQ(version(), "1");
  write(rules_text("2"));
  ASSERT_TRUE(edge.reload().ok());
  EXPECT_EQ(version(), "2");
}

TEST_F(RulesEdgeTest, ABadFileIsAnErrorAndTheOldRulesStay) {
  write(rules_text("1"));
  ASSERT_TRUE(edge.start(harness.context()).ok());
  EXPECT_EQ(version(), "1");
  write(rules_text("2") + "channel: []\n");
  auto reloaded = edge.reload();
  ASSERT_FALSE(reloaded.ok());
  EXPECT_NE(reloaded.error().message.find("notices.yaml:9:"), std::string::npos);
  EXPECT_EQ(version(), "1");
}

TEST_F(RulesEdgeTest, WithoutAFileTheDaemonDoesNotStart) {
  EXPECT_FALSE(edge.start(harness.context()).ok());
}

}  // namespace
}  // namespace jieban
