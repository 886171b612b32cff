// Goal: arguments and exit codes are as systemd and operators expect them; a daemon starts, works,
// reloads and stops on signals.
#include "common/daemon/daemon.h"

#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <thread>

#include "common/base/log.h"
#include "common/http/client.h"
#include "common/http/server.h"
#include "tests/support/wait_until.h"
#include "tests/unit/common/daemon/daemon_process.h"

namespace jieban {
namespace {

// Ails from the start; says what the open pages say of it, and ends the daemon.
class AilingEdge : public Edge {
 public:
  explicit AilingEdge(std::string ops) : ops_("http://" + std::move(ops)) {}
  Result<void> start(const EdgeContext&) override {
    thread_ = std::thread([this] {
      if (wait_until([this] { return page("/healthz").starts_with("503"); })) {
        std::fprintf(stderr, "healthz %s readyz %s", page("/healthz").c_str(),
                     page("/readyz").c_str());
      }
      ::kill(::getpid(), SIGTERM);
    });
    return {};
  }
  std::string ailment(Duration) const override { return "rules: none"; }
  void stop() override { thread_.join(); }

 private:
  std::string page(const std::string& name) const {
    auto reply = http_call({.url = ops_ + name});
    return reply.ok() ? std::to_string(reply->status) + " " + reply->body : "";
  }
  std::string ops_;
  std::thread thread_;
};

TEST_F(DaemonTest, VersionNamesTheProgramAndEndsWell) {
  EXPECT_EQ(quietly([&] { return run({"--version"}); }), 0);
  EXPECT_EQ(out_.rfind("jieban-router, jieban ", 0), 0U) << out_;
}

TEST_F(DaemonTest, WrongArgumentsAreUsageErrors) {
  using Words = std::vector<std::string>;
  for (const Words& wrong : {Words{}, Words{"--config"}, Words{"--colour"}, Words{"router.yaml"},
                             Words{"--check-config"}}) {
    EXPECT_EQ(quietly([&] { return run(wrong); }), kExitUsage);
    EXPECT_NE(err_.find("--config FILE"), std::string::npos) << err_;
  }
  EXPECT_EQ(quietly([&] { return run({"--help"}); }), 0);
}

TEST_F(DaemonTest, CheckConfigTellsGoodFromBadAndStartsNothing) {
  EXPECT_EQ(quietly([&] { return check(); }), 0);
  EXPECT_EQ(err_, "");
  configure("127.0.0.1:0", "colour: red\n");
  EXPECT_EQ(quietly([&] { return check(); }), kExitConfig);
  EXPECT_NE(err_.find("router.yaml:"), std::string::npos) << err_;
  configure("127.0.0.1:0", "clock:\n  origin: tomorrow\n");
  EXPECT_EQ(quietly([&] { return check(); }), kExitConfig);
  EXPECT_NE(err_.find("clock.origin"), std::string::npos) << err_;
  EXPECT_EQ(quietly([&] {
              return run({"--config", "/nowhere.yaml", "--check-config"});
            }),
            kExitConfig);
  EXPECT_FALSE(std::filesystem::exists(dir_.path("store")));
  EXPECT_FALSE(std::filesystem::exists(dir_.path("bus")));
}

TEST_F(DaemonTest, CheckConfigTellsFaultsAndDoubtsOfFilesThatDoNotFitEachOther) {
  declaration_.review = [](const Settings&) -> Result<std::vector<std::string>> {
    return std::vector<std::string>{"nobody has the role", "nor that one"};
  };
  EXPECT_EQ(quietly([&] { return check(); }), 0) << "a doubt is no fault";
  EXPECT_EQ(err_, "nobody has the role\nnor that one\n");
  declaration_.review = [](const Settings&) -> Result<std::vector<std::string>> {
    return invalid("there is no such rota");
  };
  EXPECT_EQ(quietly([&] { return check(); }), kExitConfig);
  EXPECT_EQ(err_, "there is no such rota\n");
}

TEST_F(DaemonTest, CheckConfigAsksTheDaemonAboutItsRules) {
  declaration_.check = [](const Settings& settings) -> Result<void> {
    return invalid("rules of " + settings.text("router.greeting") + ": line 3");
  };
  EXPECT_EQ(quietly([&] { return check(); }), kExitConfig);
  EXPECT_EQ(err_, "rules of hello: line 3\n");
  EXPECT_EQ(quietly([&] { return start(); }), kExitConfig) << "nor does it start with them";
}

TEST_F(DaemonTest, PrintConfigPrintsWhatLoadsAgain) {
  std::string file = dir_.path("router.yaml");
  ASSERT_EQ(quietly([&] { return run({"--config", file, "--print-config"}); }), 0);
  EXPECT_NE(out_.find("greeting"), std::string::npos);
  write(out_);
  EXPECT_EQ(quietly([&] { return check(); }), 0) << err_;
}

TEST_F(DaemonDeathTest, WorksAndStopsOnSigtermWithZero) {
  EXPECT_EXIT(std::_Exit(start()), testing::ExitedWithCode(0),
              "event=ready stream=demo.router(.|\n)*answer: is 1(.|\n)*edge "
              "stopped(.|\n)*event=stopped head=1");
  EXPECT_EXIT(std::_Exit(start()), testing::ExitedWithCode(0), "answer: is 2")
      << "the store is that of before";
}

TEST_F(DaemonDeathTest, WhatAilsAnEdgeAilsTheDaemon) {
  std::string ops;
  {
    HttpServer free({.address = "127.0.0.1:0", .thread_count = 1});
    ASSERT_TRUE(free.start().ok());
    ops = "127.0.0.1:" + std::to_string(free.port());
    free.stop();
  }
  configure(ops);
  declaration_.edges = [ops](Service&) {
    std::vector<std::unique_ptr<Edge>> all;
    all.push_back(std::make_unique<AilingEdge>(ops));
    return all;
  };
  EXPECT_EXIT(std::_Exit(start()), testing::ExitedWithCode(0),
              "healthz 503 rules: none\n readyz 503 rules: none\n");
}

TEST_F(DaemonDeathTest, ItDoesNotStartWithFilesThatDoNotFitEachOther) {
  declaration_.review = [](const Settings&) -> Result<std::vector<std::string>> {
    return invalid("there is no such rota");
  };
  EXPECT_EXIT(std::_Exit(start()), testing::ExitedWithCode(kExitConfig), "there is no such rota");
  EXPECT_FALSE(std::filesystem::exists(dir_.path("store")));
}

TEST_F(DaemonDeathTest, ReloadsOnSighup) {
  edges(SIGHUP);
  EXPECT_EXIT(std::_Exit(start()), testing::ExitedWithCode(0),
              "rules read again(.|\n)*event=reloaded(.|\n)*event=stopped");
}

TEST_F(DaemonDeathTest, AnotherProcessOnTheSameStoreIsAStoreError) {
  auto held = Environment::open(store_options(dir_.path("store")));
  ASSERT_TRUE(held.ok());
  EXPECT_EXIT(std::_Exit(start()), testing::ExitedWithCode(kExitStore), "code=conflict");
}

TEST_F(DaemonDeathTest, TheStoreOfAnotherStreamIsAConfigurationError) {
  EnvironmentOptions other = store_options(dir_.path("store"));
  other.stream = "demo.archiver";
  { ASSERT_TRUE(Environment::open(other).ok()); }
  EXPECT_EXIT(std::_Exit(start()), testing::ExitedWithCode(kExitConfig), "demo.archiver");
}

TEST_F(DaemonDeathTest, AStartThatFailsHalfWayStopsTheEdgesThatRun) {
  ASSERT_TRUE(write_file(dir_.path("keys/admin.token"), "short").ok());
  EXPECT_EXIT(std::_Exit(start()), testing::ExitedWithCode(kExitConfig),
              "answer: none(.|\n)*edge stopped(.|\n)*the token is too short");
}

TEST_F(DaemonDeathTest, APortInUseIsAnErrorThatTryingAgainMayHeal) {
  HttpServer holder({.address = "127.0.0.1:0", .thread_count = 1});
  ASSERT_TRUE(holder.start().ok());
  configure("127.0.0.1:" + std::to_string(holder.port()));
  EXPECT_EXIT(std::_Exit(start()), testing::ExitedWithCode(kExitStore), "edge stopped");
  holder.stop();
}

TEST_F(DaemonDeathTest, ABugThatThrowsEndsWithItsOwnCode) {
  declaration_.service = [](const Settings&) -> std::unique_ptr<Service> {
    throw std::runtime_error("our own mistake");
  };
  EXPECT_EXIT(std::_Exit(start()), testing::ExitedWithCode(kExitInternal), "our own mistake");
}

}  // namespace
}  // namespace jieban
