// Goal: signals are read, not suffered.
#include "common/daemon/signals.h"

#include <gtest/gtest.h>
#include <poll.h>

#include <csignal>

namespace jieban {
namespace {

class SignalsTest : public testing::Test {
 protected:
  void SetUp() override { pthread_sigmask(SIG_SETMASK, nullptr, &before_); }
  void TearDown() override {
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    std::signal(SIGPIPE, SIG_DFL);
  }
  sigset_t before_{};
};

TEST_F(SignalsTest, TermAndIntAskForTheEndAndHupForAReload) {
  struct Row {
    int number;
    bool stop;
    bool reload;
  };
  auto signals = Signals::block();
  ASSERT_TRUE(signals.ok());
  for (Row row : {Row{SIGTERM, true, false}, Row{SIGINT, true, false}, Row{SIGHUP, false, true}}) {
    std::raise(row.number);
    bool stop = false;
    bool reload = false;
    signals->read(stop, reload);
    EXPECT_EQ(stop, row.stop) << row.number;
    EXPECT_EQ(reload, row.reload) << row.number;
  }
}

TEST_F(SignalsTest, ReadsEverythingAndLeavesFlagsThatAreSet) {
  auto signals = Signals::block();
  ASSERT_TRUE(signals.ok());
  pollfd waiting{signals->descriptor(), POLLIN, 0};
  EXPECT_EQ(::poll(&waiting, 1, 0), 0);
  std::raise(SIGTERM);
  std::raise(SIGHUP);
  EXPECT_EQ(::poll(&waiting, 1, 0), 1);
  bool stop = false;
  bool reload = false;
  signals->read(stop, reload);
  EXPECT_TRUE(stop && reload);
  signals->read(stop, reload);
  EXPECT_TRUE(stop && reload) << "nothing came, nothing is cleared";
  EXPECT_EQ(::poll(&waiting, 1, 0), 0);
}

TEST_F(SignalsTest, ABrokenPipeIsIgnored) {
  ASSERT_TRUE(Signals::block().ok());
  EXPECT_EQ(std::raise(SIGPIPE), 0);
}

}  // namespace
}  // namespace jieban
