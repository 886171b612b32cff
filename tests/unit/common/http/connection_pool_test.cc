// Connections that send nothing occupy no thread; those with a request are served; stop ends all.
#include "common/http/connection_pool.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>

#include "common/http/address.h"
#include "tests/support/wait_until.h"
#include "tests/unit/common/http/raw_client.h"

namespace jieban {
namespace {

using std::chrono::seconds;

// Answers one byte with one byte.
bool serve_byte(Connection& connection) {
  std::array<char, 1> byte{};
  connection.begin_request(1, seconds(1), seconds(1));
  if (connection.read(byte.data(), byte.size()) != 1) return false;
  return connection.write(byte.data(), byte.size()) == 1 && connection.flush();
}

TEST(ConnectionPool, SilentConnectionsDoNotKeepOthersWaiting) {
  auto listener = listen_on("127.0.0.1:0", false);
  ASSERT_TRUE(listener.ok());
  uint16_t port = port_of(*listener);
  PoolOptions options;
  options.thread_count = 1;
  std::atomic<int> served{0};
  ConnectionPool pool(std::move(*listener), options, [&](Connection& connection) {
    ++served;
    return serve_byte(connection);
  });
  ASSERT_TRUE(pool.start().ok());
  RawClient silent_one(port);
  RawClient silent_two(port);
  RawClient speaking(port);
  ASSERT_TRUE(speaking.send("a"));
  EXPECT_TRUE(wait_until([&] { return served == 1; }));
  ASSERT_TRUE(speaking.send("b"));
  EXPECT_TRUE(wait_until([&] { return served == 2; }));
  pool.stop();
}

TEST(ConnectionPool, StopEndsConnectionsThatLieIdle) {
  auto listener = listen_on("127.0.0.1:0", false);
  ASSERT_TRUE(listener.ok());
  uint16_t port = port_of(*listener);
  ConnectionPool pool(std::move(*listener), PoolOptions{}, serve_byte);
  ASSERT_TRUE(pool.start().ok());
  RawClient idle(port);
  pool.stop();
  EXPECT_EQ(idle.receive(), "");
}

}  // namespace
}  // namespace jieban
