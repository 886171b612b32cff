// Goal: no call outlasts its deadline, and an error tells whether anything can have got through.
// Method: real sockets on loopback.
#include "daemons/notifier/channels/tcp_stream.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/base/check.h"
#include "common/http/address.h"

namespace jieban {
namespace {

constexpr Duration kMoment = std::chrono::milliseconds(50);
constexpr Duration kLong = std::chrono::seconds(10);

Duration soon() { return monotonic_now() + kMoment; }
Duration later() { return monotonic_now() + kLong; }

// Both ends of a connection.
struct Pair {
  Pair()
      : listener(*listen_on("127.0.0.1:0", false)),
        near(*TcpStream::connect("127.0.0.1:" + std::to_string(port_of(listener)), later())),
        far(FileDescriptor(::accept(listener.get(), nullptr, nullptr))) {}
  FileDescriptor listener;
  TcpStream near;
  TcpStream far;
};

TEST(TcpStream, CarriesBytesBothWays) {
  Pair pair;
  ASSERT_TRUE(pair.near.write("question", later()).ok());
  EXPECT_EQ(*pair.far.read_exactly(8, later()), "question");
  ASSERT_TRUE(pair.far.write("answer", later()).ok());
  EXPECT_EQ(*pair.near.read_some(3, later()), "ans");
  EXPECT_EQ(*pair.near.read_exactly(3, later()), "wer");
}

TEST(TcpStream, AddressesAreNumeric) {
  for (const char* address :
       {"", "localhost:80", "127.0.0.1", "999.1.1.1:80", "smg.example:8801"}) {
    auto stream = TcpStream::connect(address, later());
    ASSERT_FALSE(stream.ok()) << address;
    EXPECT_EQ(stream.error().code, ErrorCode::invalid);
  }
}

TEST(TcpStream, APortThatNobodyListensOnIsUnavailable) {
  std::string address;
  {
    FileDescriptor listener = *listen_on("127.0.0.1:0", false);
    address = "127.0.0.1:" + std::to_string(port_of(listener));
  }
  auto stream = TcpStream::connect(address, later());
  ASSERT_FALSE(stream.ok());
  EXPECT_EQ(stream.error().code, ErrorCode::unavailable);
}

TEST(TcpStream, AHostThatDoesNotAnswerCostsTheDeadlineOnly) {
  // A listener whose queue is full answers no more SYN.
  FileDescriptor listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  auto any = *parse_listen_address("127.0.0.1:0", false);
  CHECK(::bind(listener.get(), reinterpret_cast<sockaddr*>(&any.storage), any.size) == 0);
  CHECK(::listen(listener.get(), 0) == 0);
  std::string address = "127.0.0.1:" + std::to_string(port_of(listener));
  std::vector<TcpStream> queued;
  Duration begin = monotonic_now();
  Result<TcpStream> stream = TcpStream::connect(address, soon());
  for (int i = 0; stream.ok() && i < 10; ++i) {
    queued.push_back(std::move(*stream));
    begin = monotonic_now();
    stream = TcpStream::connect(address, soon());
  }
  ASSERT_FALSE(stream.ok());
  EXPECT_EQ(stream.error().code, ErrorCode::unavailable);
  EXPECT_EQ(stream.error().message, "no connection in time");
  EXPECT_LT(monotonic_now() - begin, std::chrono::seconds(5));
}

TEST(TcpStream, SilenceEndsAtTheDeadline) {
  Pair pair;
  auto nothing = pair.near.read_exactly(4, soon());
  ASSERT_FALSE(nothing.ok());
  EXPECT_EQ(nothing.error().code, ErrorCode::unavailable);
  EXPECT_EQ(nothing.error().message, "no answer in time");
  ASSERT_TRUE(pair.far.write("ab", later()).ok());
  auto half = pair.near.read_exactly(4, soon());
  ASSERT_FALSE(half.ok());
  EXPECT_EQ(half.error().code, ErrorCode::io);
}

TEST(TcpStream, TheEndOfInputIsSeen) {
  Pair pair;
  ASSERT_TRUE(pair.far.write("ab", later()).ok());
  ::shutdown(pair.far.descriptor(), SHUT_WR);
  EXPECT_EQ(pair.near.read_exactly(4, later()).error().message, "the connection was closed");
  EXPECT_EQ(*pair.near.read_some(4, later()), "");
}

TEST(TcpStream, WritingIntoAClosedConnectionIsAnErrorAndNoSignal) {
  Pair pair;
  linger abort{1, 0};
  (void)::setsockopt(pair.far.descriptor(), SOL_SOCKET, SO_LINGER, &abort, sizeof abort);
  pair.far = TcpStream(FileDescriptor());
  auto read = pair.near.read_some(1, later());
  EXPECT_FALSE(read.ok());
  auto written = pair.near.write("x", later());
  ASSERT_FALSE(written.ok());
  EXPECT_EQ(written.error().code, ErrorCode::unavailable);
}

TEST(TcpStream, APeerThatDoesNotReadCostsTheDeadlineAndTheOutcomeIsOpen) {
  Pair pair;
  auto written = pair.near.write(std::string(size_t{64} << 20U, 'x'), soon());
  ASSERT_FALSE(written.ok());
  EXPECT_EQ(written.error().code, ErrorCode::io);
  EXPECT_EQ(written.error().message, "sending took too long");
}

}  // namespace
}  // namespace jieban
