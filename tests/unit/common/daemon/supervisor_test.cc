// Goal: systemd hears what it must, on a path or in the abstract namespace; without it, silence.
#include "common/daemon/supervisor.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <cstring>

#include "common/base/file.h"
#include "tests/support/temp_dir.h"

namespace jieban {
namespace {

using std::chrono::seconds;

class SupervisorTest : public testing::Test {
 protected:
  void TearDown() override {
    ::unsetenv("NOTIFY_SOCKET");
    ::unsetenv("WATCHDOG_USEC");
  }
  // `name` as systemd gives it: '@' stands for the abstract namespace.
  void listen(const std::string& name) {
    socket_ = FileDescriptor(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, name.data(), name.size());
    if (name[0] == '@') address.sun_path[0] = '\0';
    auto size = socklen_t(offsetof(sockaddr_un, sun_path) + name.size());
    ASSERT_EQ(::bind(socket_.get(), reinterpret_cast<const sockaddr*>(&address), size), 0);
    ::setenv("NOTIFY_SOCKET", name.c_str(), 1);
  }
  std::string heard() {
    char buffer[256];
    ssize_t count = ::recv(socket_.get(), buffer, sizeof buffer, 0);
    return count < 0 ? "" : std::string(buffer, size_t(count));
  }

  TempDir dir_{"/dev/shm"};
  FileDescriptor socket_;
};

TEST_F(SupervisorTest, TellsReadinessReloadingAndStoppingOneDatagramEach) {
  listen(dir_.path("notify"));
  Supervisor supervisor;
  supervisor.ready();
  EXPECT_EQ(heard(), "READY=1");
  supervisor.reloading();
  EXPECT_EQ(heard(), "RELOADING=1");
  supervisor.stopping();
  EXPECT_EQ(heard(), "STOPPING=1");
  EXPECT_EQ(heard(), "");
}

TEST_F(SupervisorTest, TellsAStatusInOneLine) {
  listen(dir_.path("notify"));
  Supervisor supervisor;
  supervisor.ready("reload refused: line 3\nline 4");
  EXPECT_EQ(heard(), "READY=1\nSTATUS=reload refused: line 3 line 4");
}

TEST_F(SupervisorTest, ReachesTheAbstractNamespaceToo) {
  listen("@jieban-test-" + std::to_string(::getpid()));
  Supervisor supervisor;
  supervisor.ready();
  EXPECT_EQ(heard(), "READY=1");
}

TEST_F(SupervisorTest, PingsAThirdOfTheWatchdogApart) {
  listen(dir_.path("notify"));
  ::setenv("WATCHDOG_USEC", "30000000", 1);
  Supervisor supervisor;
  EXPECT_EQ(supervisor.ping_interval(), seconds(10));
  supervisor.ping(seconds(100));
  EXPECT_EQ(heard(), "WATCHDOG=1");
  supervisor.ping(seconds(110) - Duration(1));
  EXPECT_EQ(heard(), "");
  supervisor.ping(seconds(110));
  EXPECT_EQ(heard(), "WATCHDOG=1");
}

TEST_F(SupervisorTest, WithoutAWatchdogThereAreNoPings) {
  listen(dir_.path("notify"));
  for (const char* wrong : {"", "soon", "30s", "0", "-5"}) {
    ::setenv("WATCHDOG_USEC", wrong, 1);
    Supervisor supervisor;
    EXPECT_EQ(supervisor.ping_interval(), Duration::max()) << wrong;
    supervisor.ping(seconds(100));
    EXPECT_EQ(heard(), "");
  }
}

TEST_F(SupervisorTest, WithoutASocketOrWithAnImpossibleOneEveryCallDoesNothing) {
  for (const std::string& path : {std::string(), std::string(200, 'x'), dir_.path("nobody")}) {
    ::setenv("NOTIFY_SOCKET", path.c_str(), 1);
    Supervisor supervisor;
    supervisor.ready();
    supervisor.ping(seconds(100));
    supervisor.stopping();
  }
  listen(dir_.path("notify"));
  EXPECT_EQ(heard(), "");
}

}  // namespace
}  // namespace jieban
