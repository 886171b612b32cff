// Debian's Alertmanager with the shipped configuration brings alerts to the door: fired, merged,
// inhibited, resolved, and again after the door was shut.
#include <gtest/gtest.h>

#include "tests/integration/alertmanager/alertmanager_site.h"
#include "tests/unit/daemons/notifier/door_harness.h"

namespace jieban {
namespace {

constexpr char kAmtool[] = "/usr/bin/amtool";
constexpr std::chrono::seconds kPatience{40};

struct AlertmanagerTest : testing::Test {
  void SetUp() override {
    auto opened = harness.start();
    ASSERT_TRUE(opened.ok()) << opened.error().message;
    alertmanager = std::make_unique<AlertmanagerSite>(harness.path(""));
    ASSERT_EQ(alertmanager->start(harness.door().port(), "other-" + kDeskToken), "");
  }
  std::string logs() const { return alertmanager->logs(); }
  void raise(const std::string& labels, const std::string& more = "") {
    ASSERT_EQ(alertmanager->raise(labels, more), "");
  }
  std::vector<AlertRaised> raised(const std::string& name) const {
    std::vector<AlertRaised> found;
    for (AlertRaised& alert : harness.core.seen_as<AlertRaised>(topics::kAlertRaised)) {
      if (alert.labels["alertname"] == name) found.push_back(std::move(alert));
    }
    return found;
  }
  bool arrives(const std::string& name, bool ended = false) {
    return wait_until(
        [&] {
          auto all = raised(name);
          return std::any_of(all.begin(), all.end(), [&](const AlertRaised& alert) {
            return alert.ends_at.has_value() == ended;
          });
        },
        kPatience);
  }

  DoorHarness harness;
  std::unique_ptr<AlertmanagerSite> alertmanager;
};

TEST(AlertmanagerConfiguration, IsWhatAmtoolTakes) {
  const TempDir scratch;
  auto run = run_program({kAmtool, "check-config", kShippedAlertmanager}, scratch.path("output"),
                         kPatience);
  ASSERT_TRUE(run.ok()) << run.error().message;
  EXPECT_EQ(run->exit_code, 0) << run->output;
}

TEST(AlertmanagerConfiguration, AsksForNoMoreThanTheDoorTakes) {
  auto config = read_file(kShippedAlertmanager, 100'000);
  ASSERT_TRUE(config.ok());
  const std::string key = "max_alerts: ";
  const size_t at = config->find(key);
  ASSERT_NE(at, std::string::npos);
  EXPECT_LE(std::stoul(config->substr(at + key.size())), 500u);
}

TEST_F(AlertmanagerTest, AnAlertArrivesAndItsEndToo) {
  raise(R"("alertname":"JiebanLagGrowing","daemon":"router","severity":"warning")");
  ASSERT_TRUE(arrives("JiebanLagGrowing")) << logs();
  const AlertRaised alert = raised("JiebanLagGrowing").front();
  EXPECT_EQ(alert.source, "alertmanager");
  EXPECT_EQ(alert.labels.at("daemon"), "router");
  EXPECT_EQ(alert.annotations.at("summary"), "router 无法访问");
  EXPECT_TRUE(alert.starts_at.has_value());
  EXPECT_EQ(harness.core.seen().front().actor, "alertmanager");
  raise(R"("alertname":"JiebanLagGrowing","daemon":"router","severity":"warning")", kEndedAlert);
  EXPECT_TRUE(arrives("JiebanLagGrowing", true)) << logs();
}

TEST_F(AlertmanagerTest, WhatFollowsFromADaemonThatIsDownIsNotTold) {
  raise(R"("alertname":"JiebanDaemonDown","daemon":"router","severity":"critical")");
  ASSERT_TRUE(arrives("JiebanDaemonDown")) << logs();
  raise(R"("alertname":"JiebanUpstreamSilent","daemon":"router","severity":"critical")");
  raise(R"("alertname":"JiebanUpstreamSilent","daemon":"archiver","severity":"critical")");
  ASSERT_TRUE(arrives("JiebanUpstreamSilent")) << logs();
  for (const AlertRaised& alert : raised("JiebanUpstreamSilent")) {
    EXPECT_EQ(alert.labels.at("daemon"), "archiver");
  }
}

TEST_F(AlertmanagerTest, WhatTheDoorCouldNotTakeComesAgain) {
  std::atomic<int> asked = 0;
  harness.core.say([&](const Event&) -> Result<std::string> {
    if (++asked <= 2) return Error{ErrorCode::unavailable, "稍后"};
    return std::string("taken");
  });
  raise(R"("alertname":"JiebanIntakeRefused","daemon":"receiver","severity":"critical")");
  EXPECT_TRUE(arrives("JiebanIntakeRefused")) << logs();
  EXPECT_GT(asked, 2);
  harness.core.say(StandInCore::Say());
}

}  // namespace
}  // namespace jieban
