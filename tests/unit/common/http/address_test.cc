// An address means what it says, or the daemon does not start.
#include "common/http/address.h"

#include <gtest/gtest.h>
#include <netinet/in.h>

namespace jieban {
namespace {

TEST(Address, NumericAddressesWithAPort) {
  for (const char* text : {"127.0.0.1:9101", "127.0.0.1:0", "127.1.2.3:65535", "[::1]:80"}) {
    auto address = parse_listen_address(text, false);
    ASSERT_TRUE(address.ok()) << text << ": " << address.error().message;
    EXPECT_TRUE(address->loopback);
  }
}

TEST(Address, EverythingElseIsRefused) {
  for (const char* text :
       {"999.1.1.1:80", "127.0.0.1", "9101", ":9101", "", "localhost:80", "127.0.0.1:", "[::1]",
        "::1:80", "[]:80", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:080", "127.0.0.1:8o",
        "127.1:80", "0177.0.0.1:80", "127.0.0.1:80 ", "[127.0.0.1]:80", "[::g]:80"}) {
    auto address = parse_listen_address(text, true);
    ASSERT_FALSE(address.ok()) << text;
    EXPECT_EQ(address.error().code, ErrorCode::invalid);
    EXPECT_NE(address.error().message.find("127.0.0.1:9101"), std::string::npos);
  }
}

TEST(Address, BeyondLoopbackOnlyWhenAllowed) {
  for (const char* text : {"0.0.0.0:80", "10.1.2.3:80", "[::]:80", "128.0.0.1:80"}) {
    EXPECT_FALSE(parse_listen_address(text, false).ok()) << text;
    EXPECT_TRUE(parse_listen_address(text, true).ok()) << text;
  }
}

TEST(Address, APortInUseIsAConflictAndNeverShared) {
  auto first = listen_on("127.0.0.1:0", false);
  ASSERT_TRUE(first.ok()) << first.error().message;
  std::string taken = "127.0.0.1:" + std::to_string(port_of(*first));
  auto second = listen_on(taken, false);
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().code, ErrorCode::conflict);
  EXPECT_NE(second.error().message.find(taken), std::string::npos);
  int shared = -1;
  socklen_t size = sizeof(shared);
  ASSERT_EQ(::getsockopt(first->get(), SOL_SOCKET, SO_REUSEPORT, &shared, &size), 0);
  EXPECT_EQ(shared, 0);
}

TEST(Address, Ipv6LoopbackCanBeBound) {
  auto listener = listen_on("[::1]:0", false);
  if (!listener.ok()) GTEST_SKIP() << listener.error().message;
  EXPECT_NE(port_of(*listener), 0);
}

}  // namespace
}  // namespace jieban
