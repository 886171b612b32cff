// Real sockets in a directory of their own: frames and replays go to and fro, one instance runs,
// a publisher may come back, and who does not read holds nobody up.
#include "common/bus/zmq_transport.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/limits.h"
#include "tests/support/eventually.h"
#include "tests/support/temp_dir.h"

namespace jieban {
namespace {

using std::chrono::milliseconds;

class ZmqTransportTest : public ::testing::Test {
 protected:
  ZmqOptions options(const std::string& daemon, std::vector<std::string> upstreams = {}) const {
    ZmqOptions out{directory_.root(), daemon, "1." + daemon, upstreams, {}};
    for (const std::string& upstream : upstreams) out.upstream_streams.push_back("1." + upstream);
    return out;
  }
  std::unique_ptr<ZmqTransport> open(const std::string& daemon,
                                     std::vector<std::string> upstreams = {}) const {
    auto transport = ZmqTransport::open(options(daemon, std::move(upstreams)));
    if (!transport.ok()) {
      ADD_FAILURE() << transport.error().message;
      return nullptr;
    }
    return std::move(*transport);
  }

  TempDir directory_{"/tmp"};  // short: a socket path has 107 characters
};

// Sends until `arrived` does: the first broadcasts may go out before the subscription came.
bool broadcast_until(ZmqTransport& from, ZmqTransport& to, const std::string& frame,
                     Arrival& arrival) {
  return eventually([&] { return to.receive(arrival) && arrival.bytes == frame; },
                    [&](milliseconds most) {
                      Arrival ignored;
                      while (from.receive(ignored)) {
                      }
                      from.broadcast(frame);
                      to.wait({}, most);
                    });
}

// As broadcast_until, for a request.
bool request_until(ZmqTransport& from, size_t upstream, ZmqTransport& to, const std::string& bytes,
                   Arrival& arrival) {
  return eventually([&] { return to.receive(arrival) && arrival.bytes == bytes; },
                    [&](milliseconds most) {
                      from.request(upstream, bytes);
                      to.wait({}, most);
                    });
}

bool receive(ZmqTransport& transport, Arrival& arrival) {
  return eventually([&] { return transport.receive(arrival); },
                    [&](milliseconds most) { transport.wait({}, most); });
}

TEST_F(ZmqTransportTest, FramesReachASubscriberWhole) {
  auto publisher = open("router");
  auto subscriber = open("notifier", {"router"});
  std::string frame("\0\xff frame", 8);
  Arrival arrival;
  ASSERT_TRUE(broadcast_until(*publisher, *subscriber, frame, arrival));
  EXPECT_EQ(arrival.kind, Arrival::Kind::frame);
  EXPECT_EQ(arrival.upstream, 0U);
  std::string large(limits::kFrameBytesMax + 1000, 'x');
  ASSERT_TRUE(broadcast_until(*publisher, *subscriber, large, arrival));
}

TEST_F(ZmqTransportTest, FramesTellFromWhichUpstreamTheyCome) {
  auto receiver = open("receiver");
  auto router = open("router");
  auto subscriber = open("archiver", {"receiver", "router"});
  Arrival arrival;
  ASSERT_TRUE(broadcast_until(*router, *subscriber, "b", arrival));
  EXPECT_EQ(arrival.upstream, 1U);
  ASSERT_TRUE(broadcast_until(*receiver, *subscriber, "a", arrival));
  EXPECT_EQ(arrival.upstream, 0U);
}

TEST_F(ZmqTransportTest, AReplayGoesToTheOneWhoAsked) {
  auto publisher = open("router");
  auto first = open("notifier", {"router"});
  auto second = open("archiver", {"router"});
  Arrival asked;
  ASSERT_TRUE(request_until(*first, 0, *publisher, "from the first", asked));
  EXPECT_EQ(asked.kind, Arrival::Kind::request);
  EXPECT_NE(asked.peer, "");
  std::string first_peer = asked.peer;
  ASSERT_TRUE(request_until(*second, 0, *publisher, "from the second", asked));
  EXPECT_NE(asked.peer, first_peer);
  publisher->answer(asked.peer, "for the second");
  publisher->answer(first_peer, "for the first");
  Arrival answered;
  ASSERT_TRUE(receive(*second, answered));
  EXPECT_EQ(answered.bytes, "for the second");
  EXPECT_EQ(answered.kind, Arrival::Kind::frame);
  ASSERT_TRUE(receive(*first, answered));
  EXPECT_EQ(answered.bytes, "for the first");
  EXPECT_FALSE(first->receive(answered));
}

TEST_F(ZmqTransportTest, AnsweringWhoHasLeftIsHarmless) {
  auto publisher = open("router");
  auto subscriber = open("notifier", {"router"});
  Arrival asked;
  ASSERT_TRUE(request_until(*subscriber, 0, *publisher, "fetch", asked));
  subscriber.reset();
  for (int i = 0; i < 1000; ++i) publisher->answer(asked.peer, "late");
  publisher->answer("nobody", "lost");
  auto again = open("notifier", {"router"});
  EXPECT_TRUE(request_until(*again, 0, *publisher, "fetch again", asked));
}

TEST_F(ZmqTransportTest, RequestsToNobodyAreNotPiledUp) {
  auto subscriber = open("notifier", {"router"});
  for (int i = 0; i < 1000; ++i) subscriber->request(0, "old");
  auto publisher = open("router");
  Arrival arrival;
  ASSERT_TRUE(eventually([&] { return publisher->receive(arrival); },
                         [&](milliseconds most) {
                           subscriber->request(0, "new");
                           publisher->wait({}, most);
                         }));
  EXPECT_EQ(arrival.bytes, "new");
}

TEST_F(ZmqTransportTest, ASecondInstanceIsRefusedAndTheFirstServesOn) {
  auto publisher = open("router");
  auto second = ZmqTransport::open(options("router"));
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().code, ErrorCode::conflict);
  auto subscriber = open("notifier", {"router"});
  Arrival arrival;
  EXPECT_TRUE(broadcast_until(*publisher, *subscriber, "still here", arrival));
}

TEST_F(ZmqTransportTest, TheNameIsFreeAgainAfterwards) {
  open("router").reset();
  EXPECT_NE(open("router"), nullptr);
}

TEST_F(ZmqTransportTest, AddressesOfOtherTransportsAreRefused) {
  for (const char* address : {"tcp://127.0.0.1:5555", "ipc:///tmp", "inproc://x"}) {
    ZmqOptions wrong = options("router");
    wrong.directory = address;
    auto transport = ZmqTransport::open(wrong);
    ASSERT_FALSE(transport.ok()) << address;
    EXPECT_EQ(transport.error().code, ErrorCode::invalid);
  }
}

TEST_F(ZmqTransportTest, ADirectoryTooLongForASocketIsRefusedBeforeAnythingIsMade) {
  // 107 characters less "/sla-watcher.events".
  std::string longest = directory_.root() + "/";
  longest.resize(107 - 19, 'd');
  ASSERT_EQ(::mkdir(longest.c_str(), 0750), 0);
  ASSERT_EQ(::mkdir((longest + "d").c_str(), 0750), 0);
  ZmqOptions fitting = options("sla-watcher");
  fitting.directory = longest;
  auto transport = ZmqTransport::open(fitting);
  EXPECT_TRUE(transport.ok()) << transport.error().message;
  fitting.directory += "d";
  auto refused = ZmqTransport::open(fitting);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::invalid);
  EXPECT_TRUE(std::filesystem::is_empty(fitting.directory));
}

TEST_F(ZmqTransportTest, AMissingDirectoryIsAnError) {
  ZmqOptions wrong = options("router");
  wrong.directory += "/nowhere";
  auto transport = ZmqTransport::open(wrong);
  ASSERT_FALSE(transport.ok());
  EXPECT_NE(transport.error().message.find("nowhere"), std::string::npos);
}

TEST_F(ZmqTransportTest, ARestartedPublisherIsFoundAgain) {
  auto publisher = open("router");
  auto subscriber = open("notifier", {"router"});
  Arrival arrival;
  ASSERT_TRUE(broadcast_until(*publisher, *subscriber, "before", arrival));
  publisher.reset();
  publisher = open("router");
  EXPECT_TRUE(broadcast_until(*publisher, *subscriber, "after", arrival));
  EXPECT_TRUE(request_until(*subscriber, 0, *publisher, "fetch", arrival));
  publisher->answer(arrival.peer, "replay");
  EXPECT_TRUE(eventually([&] { return subscriber->receive(arrival) && arrival.bytes == "replay"; },
                         [&](milliseconds most) { subscriber->wait({}, most); }));
}

TEST_F(ZmqTransportTest, APublisherMayComeAfterItsSubscriber) {
  auto subscriber = open("notifier", {"router"});
  auto publisher = open("router");
  Arrival arrival;
  EXPECT_TRUE(broadcast_until(*publisher, *subscriber, "hello", arrival));
}

TEST_F(ZmqTransportTest, ASubscriberThatNeverReadsDoesNotHoldUpThePublisher) {
  auto publisher = open("router");
  auto asleep = open("notifier", {"router"});
  auto awake = open("archiver", {"router"});
  Arrival arrival;
  ASSERT_TRUE(broadcast_until(*publisher, *asleep, "subscribed", arrival));
  ASSERT_TRUE(broadcast_until(*publisher, *awake, "subscribed", arrival));
  std::string frame(16 * 1024, 'x');
  constexpr int kFrames = 4000;  // 64 MB: more than the queues of both sides and the socket hold
  Duration began = monotonic_now();
  for (int i = 0; i < kFrames; ++i) publisher->broadcast(frame);
  EXPECT_LT(monotonic_now() - began, std::chrono::seconds(20));
  EXPECT_TRUE(broadcast_until(*publisher, *awake, "the other still hears", arrival));
  int read = 0;
  while (asleep->receive(arrival)) ++read;
  EXPECT_LT(read, kFrames) << "what it missed was dropped, and is replayed on demand";
}

TEST_F(ZmqTransportTest, WaitingEndsWhenAMessageOrADescriptorIsThere) {
  auto transport = open("router");
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  ASSERT_EQ(::write(ends[1], "x", 1), 1);
  Duration began = monotonic_now();
  int readable = ends[0];
  transport->wait({&readable, 1}, std::chrono::minutes(10));
  transport->wait({}, Duration(0));
  transport->wait({}, -std::chrono::hours(1));
  EXPECT_LT(monotonic_now() - began, std::chrono::seconds(60)) << "nor does a past deadline wait";
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST_F(ZmqTransportTest, WhoHeedsDescriptorsOnlyIsNotWokenByFrames) {
  auto publisher = open("router");
  auto subscriber = open("notifier", {"router"});
  Arrival arrival;
  ASSERT_TRUE(broadcast_until(*publisher, *subscriber, "first", arrival));
  publisher->broadcast("second");
  subscriber->wait({}, std::chrono::minutes(10));
  constexpr auto kSpan = milliseconds(30);
  Duration began = monotonic_now();
  subscriber->wait({}, kSpan, Heed::descriptors);
  EXPECT_GE(monotonic_now() - began, kSpan) << "though a frame is there";
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  ASSERT_EQ(::write(ends[1], "x", 1), 1);
  began = monotonic_now();
  subscriber->wait({&ends[0], 1}, std::chrono::minutes(10), Heed::descriptors);
  EXPECT_LT(monotonic_now() - began, std::chrono::minutes(1));
  EXPECT_TRUE(receive(*subscriber, arrival)) << "and the frame is there still";
  ::close(ends[0]);
  ::close(ends[1]);
}

}  // namespace
}  // namespace jieban
