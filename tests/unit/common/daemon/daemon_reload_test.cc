// Goal: SIGHUP takes all that has changed or nothing, and says which.
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <cstring>

#include "common/daemon/rules_edge.h"
#include "tests/unit/common/daemon/daemon_process.h"

namespace jieban {
namespace {

// Asks the daemon to read its rules again when it runs, and to end a little later.
class ReloadingEdge : public Edge {
 public:
  explicit ReloadingEdge(std::function<void()> before) : before_(std::move(before)) {}
  Result<void> start(const EdgeContext&) override { return {}; }
  void observe(const Transaction&) override {
    if (!asked_) before_();
    ::kill(::getpid(), asked_ ? SIGTERM : SIGHUP);
    asked_ = true;
  }
  void stop() override {}

 private:
  std::function<void()> before_;
  bool asked_ = false;
};

struct PriceList {
  std::string version;
  template <class Visit>
  static void fields(Visit& visit) {
    visit("version", &PriceList::version);
  }
};

// Its version is how often it was read.
class PriceFile {
 public:
  explicit PriceFile(uint64_t good) : good_(good) {}
  Result<PriceList> operator()(const Settings&) {
    ++reads_;
    if (reads_ > good_) return invalid("line 3: no price");
    return PriceList{std::to_string(reads_)};
  }

 private:
  uint64_t good_;
  uint64_t reads_ = 0;
};

class DaemonReloadDeathTest : public DaemonTest {
 protected:
  // Two rule files, the second good for so many readings, and `before` the reload.
  void reload_after(const std::function<void()>& before, uint64_t good = UINT64_MAX) {
    declaration_.edges = [before, good](Service&) {
      std::vector<std::unique_ptr<Edge>> all;
      all.push_back(std::make_unique<RulesEdge<PriceList>>("bread", PriceFile(UINT64_MAX)));
      all.push_back(std::make_unique<RulesEdge<PriceList>>("wine", PriceFile(good)));
      all.push_back(std::make_unique<ReloadingEdge>(before));
      return all;
    };
  }
};

TEST_F(DaemonReloadDeathTest, AReloadTakesAllRuleFiles) {
  reload_after([] {});
  run_apart();
  EXPECT_TRUE(said("rules=bread version=2") && said("rules=wine version=2")) << err_;
  EXPECT_TRUE(said("event=reloaded")) << err_;
  EXPECT_FALSE(said("reload_refused") || said("restart_needed")) << err_;
}

TEST_F(DaemonReloadDeathTest, AReloadTakesNoRuleFileWhenOneIsWrong) {
  reload_after([] {}, 1);
  run_apart();
  EXPECT_TRUE(said("rules=bread version=1") && said("rules=wine version=1")) << err_;
  EXPECT_TRUE(said("event=reload_refused why=\"line 3: no price\"")) << err_;
  EXPECT_FALSE(said("version=2")) << err_;
  EXPECT_FALSE(said("event=reloaded")) << err_;
}

TEST_F(DaemonReloadDeathTest, AReloadTakesNothingWhenTheFilesDoNotFitEachOther) {
  const std::string bad = dir_.path("bad");
  declaration_.review = [bad](const Settings&) -> Result<std::vector<std::string>> {
    if (std::filesystem::exists(bad)) return invalid("there is no such rota");
    return std::vector<std::string>{"nobody has the role"};
  };
  reload_after([bad] { (void)write_file(bad, ""); });
  run_apart();
  EXPECT_TRUE(said("event=reload_refused why=\"there is no such rota\"")) << err_;
  EXPECT_FALSE(said("version=2") || said("event=reloaded")) << err_;
}

TEST_F(DaemonReloadDeathTest, AReloadLooksAtTheDaemonsOwnFileAndRefusesAWrongOne) {
  reload_after([this] { configure("127.0.0.1:0", "colour: red\n"); });
  run_apart();
  EXPECT_TRUE(said("event=reload_refused why=\"" + dir_.path("router.yaml"))) << err_;
  EXPECT_FALSE(said("version=2") || said("event=reloaded")) << err_;
}

TEST_F(DaemonReloadDeathTest, AReloadNamesTheKeysThatNeedARestartAndNoValues) {
  reload_after([this] { configure("127.0.0.1:0", "router:\n  greeting: secret-word\n"); });
  run_apart();
  EXPECT_TRUE(said("level=notice event=restart_needed keys=router.greeting")) << err_;
  EXPECT_FALSE(said("secret-word")) << err_;
  EXPECT_TRUE(said("version=2") && said("event=reloaded")) << err_;
}

TEST_F(DaemonReloadDeathTest, TheSupervisorHearsWhyAReloadWasRefused) {
  const std::string path = dir_.path("notify");
  FileDescriptor heard(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path.data(), path.size());
  const auto size = socklen_t(offsetof(sockaddr_un, sun_path) + path.size());
  ASSERT_EQ(::bind(heard.get(), reinterpret_cast<const sockaddr*>(&address), size), 0);
  ::setenv("NOTIFY_SOCKET", path.c_str(), 1);
  reload_after([] {}, 1);
  run_apart();
  ::unsetenv("NOTIFY_SOCKET");
  std::string all;
  char buffer[512];
  for (ssize_t count = 0; (count = ::recv(heard.get(), buffer, sizeof buffer, 0)) > 0;) {
    all.append(buffer, size_t(count)).append("|");
  }
  EXPECT_NE(all.find("|RELOADING=1|READY=1\nSTATUS=reload refused: line 3: no price|"),
            std::string::npos)
      << all;
}

}  // namespace
}  // namespace jieban
