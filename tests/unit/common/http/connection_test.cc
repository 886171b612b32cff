// A connection reads no more than it was allowed, buffers what it writes, and sees the end.
#include "common/http/connection.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

namespace jieban {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class ConnectionTest : public testing::Test {
 protected:
  ConnectionTest() {
    std::array<int, 2> ends{};
    CHECK(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends.data()) == 0);
    connection_ = std::make_unique<Connection>(FileDescriptor(ends[0]), seconds(1));
    peer_ = FileDescriptor(ends[1]);
  }
  void send(std::string_view text) {
    ASSERT_EQ(::write(peer_.get(), text.data(), text.size()), ssize_t(text.size()));
  }
  std::string arrived() {
    std::array<char, 256> buffer{};
    ssize_t count = ::read(peer_.get(), buffer.data(), buffer.size());
    return count > 0 ? std::string(buffer.data(), size_t(count)) : "";
  }

  std::unique_ptr<Connection> connection_;
  FileDescriptor peer_;
};

TEST_F(ConnectionTest, NoMoreBytesAreReadThanAllowed) {
  send("abcdef");
  std::array<char, 16> buffer{};
  connection_->begin_request(4, seconds(1), seconds(1));
  EXPECT_EQ(connection_->read(buffer.data(), buffer.size()), 4);
  EXPECT_EQ(connection_->read(buffer.data(), buffer.size()), -1);
  connection_->allow(2);
  EXPECT_EQ(connection_->read(buffer.data(), buffer.size()), 2);
}

// A long read goes into the target at once, without a copy; what follows is the next request's.
TEST_F(ConnectionTest, ALongReadTakesWhatIsHeldFirstAndNoMoreThanAllowed) {
  const std::string body(40'000, 'b');
  send("head" + body + "next");
  std::array<char, 4> head{};
  connection_->begin_request(100, seconds(1), seconds(1));
  ASSERT_EQ(connection_->read(head.data(), head.size()), 4);
  connection_->allow(body.size());
  std::string got(100'000, '\0');
  size_t have = 0;
  while (have < body.size()) {
    ssize_t count = connection_->read(got.data() + have, got.size() - have);
    ASSERT_GT(count, 0);
    have += size_t(count);
  }
  EXPECT_EQ(got.substr(0, have), body);
  EXPECT_EQ(connection_->read(got.data(), got.size()), -1);
  connection_->allow(4);
  EXPECT_EQ(connection_->read(got.data(), got.size()), 4);
  EXPECT_EQ(got.substr(0, 4), "next");
}

TEST_F(ConnectionTest, ALongReadOfASilentPeerIsGivenUpToo) {
  std::string got(100'000, '\0');
  connection_->begin_request(got.size(), milliseconds(30), milliseconds(30));
  EXPECT_EQ(connection_->read(got.data(), got.size()), -1);
  connection_->begin_request(got.size(), seconds(1), seconds(1));
  peer_ = FileDescriptor();
  EXPECT_EQ(connection_->read(got.data(), got.size()), 0);
}

TEST_F(ConnectionTest, ASilentPeerIsGivenUpAndAClosedOneIsTheEnd) {
  std::array<char, 16> buffer{};
  connection_->begin_request(16, milliseconds(30), milliseconds(30));
  EXPECT_EQ(connection_->read(buffer.data(), buffer.size()), -1);
  connection_->begin_request(16, seconds(1), seconds(1));
  peer_ = FileDescriptor();
  EXPECT_EQ(connection_->read(buffer.data(), buffer.size()), 0);
}

TEST_F(ConnectionTest, OutputLeavesWithTheFlush) {
  EXPECT_EQ(connection_->write("one ", 4), 4);
  EXPECT_EQ(connection_->write("two", 3), 3);
  EXPECT_EQ(arrived(), "");
  EXPECT_TRUE(connection_->flush());
  EXPECT_EQ(arrived(), "one two");
}

TEST_F(ConnectionTest, WritingToAClosedPeerFailsAndKillsNobody) {
  peer_ = FileDescriptor();
  EXPECT_EQ(connection_->write("x", 1), 1);
  EXPECT_FALSE(connection_->flush());
}

}  // namespace
}  // namespace jieban
