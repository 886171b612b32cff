// Debian's Alertmanager with the shipped configuration brings alerts to the door: fired, merged,
// inhibited, resolved, and again after the door was shut.
#include <gtest/gtest.h>
#include <signal.h>

#include "common/base/random.h"
#include "common/http/address.h"
#include "tests/unit/daemons/notifier/door_harness.h"
#include "tools/site/child_process.h"

namespace jieban {
namespace {

constexpr char kAlertmanager[] = "/usr/bin/prometheus-alertmanager";
constexpr char kAmtool[] = "/usr/bin/amtool";
constexpr char kShipped[] = JIEBAN_SOURCE_DIR "/config/alertmanager/alertmanager.yml";
constexpr std::chrono::seconds kPatience{40};

int free_port() {
  SystemRandom random;
  for (int attempt = 0; attempt < 100; ++attempt) {
    const int port = 12000 + int(random.below(8000));
    if (listen_on("127.0.0.1:" + std::to_string(port), false).ok()) return port;
  }
  check_failed(__FILE__, __LINE__, "a free port");
}

// REQUIRES: `what` stands there exactly once, or the shipped file is not what the test expects.
void exchange(std::string& text, const std::string& what, const std::string& by) {
  const size_t at = text.find(what);
  CHECK(at != std::string::npos);
  text.replace(at, what.size(), by);
  CHECK(text.find(what, at + by.size()) == std::string::npos);
}

struct AlertmanagerTest : testing::Test {
  void SetUp() override {
    auto opened = harness.start();
    ASSERT_TRUE(opened.ok()) << opened.error().message;
    auto config = read_file(kShipped, 100'000);
    ASSERT_TRUE(config.ok());
    exchange(*config, "127.0.0.1:9114", "127.0.0.1:" + std::to_string(harness.door().port()));
    start(*config);
  }
  void TearDown() override {
    if (!process) return;
    process->signal(SIGTERM);
    (void)process->wait(kPatience);
  }
  void start(std::string config) {
    exchange(config, "credentials_file: /etc/jieban/alertmanager.token",
             "credentials_file: " + harness.path("alertmanager.token"));
    exchange(config, "group_wait: 10s", "group_wait: 200ms");
    exchange(config, "group_interval: 1m", "group_interval: 500ms");
    harness.put("alertmanager.token", "other-" + kDeskToken + "\n");
    harness.put("alertmanager.yml", config);
    port = free_port();
    auto child = ChildProcess::start(
        {kAlertmanager, "--config.file=" + harness.path("alertmanager.yml"),
         "--storage.path=" + harness.path("alertmanager"),
         "--web.listen-address=127.0.0.1:" + std::to_string(port), "--cluster.listen-address="},
        harness.path("alertmanager.log"));
    ASSERT_TRUE(child.ok()) << child.error().message;
    process = std::make_unique<ChildProcess>(std::move(*child));
    ASSERT_TRUE(wait_until(
        [&] {
          auto reply = http_call({.url = address() + "/-/ready"});
          return reply.ok() && reply->status == 200;
        },
        kPatience))
        << logs();
  }
  std::string address() const { return "http://127.0.0.1:" + std::to_string(port); }
  std::string logs() const {
    auto text = read_file(harness.path("alertmanager.log"), 1 << 20);
    return text.ok() ? *text : text.error().message;
  }
  // `more`: further members of the alert.
  void raise(const std::string& labels, const std::string& more = "") {
    HttpCall call;
    call.method = "POST";
    call.url = address() + "/api/v2/alerts";
    call.headers = {{"Content-Type", "application/json"}};
    call.body = R"([{"labels":{)" + labels + R"(},"annotations":{"summary":"router 无法访问"})" +
                more + "}]";
    auto reply = http_call(call);
    ASSERT_TRUE(reply.ok()) << reply.error().message;
    ASSERT_EQ(reply->status, 200) << reply->body;
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
  int port = 0;
  std::unique_ptr<ChildProcess> process;
};

TEST(AlertmanagerConfiguration, IsWhatAmtoolTakes) {
  const TempDir scratch;
  auto run = run_program({kAmtool, "check-config", kShipped}, scratch.path("output"), kPatience);
  ASSERT_TRUE(run.ok()) << run.error().message;
  EXPECT_EQ(run->exit_code, 0) << run->output;
}

TEST(AlertmanagerConfiguration, AsksForNoMoreThanTheDoorTakes) {
  auto config = read_file(kShipped, 100'000);
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
  raise(R"("alertname":"JiebanLagGrowing","daemon":"router","severity":"warning")",
        R"(,"endsAt":"2026-01-01T00:00:00Z","startsAt":"2025-12-31T00:00:00Z")");
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
