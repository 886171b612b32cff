// Whatever the network does to frames, records come out once and in sequence; what is missing is
// asked for, with growing pauses; what would be a guess stops the stream.
#include "common/bus/follower.h"

#include <gtest/gtest.h>

#include "common/base/limits.h"
#include "tests/support/stream_publisher.h"

namespace jieban {
namespace {

const std::string kStream = "110102007.router";
constexpr uint64_t kEpoch = 7;

class FollowerTest : public ::testing::Test {
 protected:
  void offer(const std::string& frame) { follower_.offer(frame, now_); }
  // Takes everything that is ready; the sequences taken.
  std::vector<uint64_t> take_all() {
    std::vector<uint64_t> taken;
    while (auto run = follower_.take()) {
      for (size_t i = run->skip; i < run->owned.frame.records.size(); ++i) {
        taken.push_back(run->owned.frame.first + i);
        EXPECT_EQ(run->owned.frame.records[i], StreamPublisher::record(taken.back()));
      }
    }
    return taken;
  }
  // The next request that wants records; steps time over acknowledgements.
  FetchRequest next_fetch() {
    for (int i = 0; i < 1000; ++i) {
      now_ = std::max(now_, follower_.next_request_at());
      auto bytes = follower_.request(now_, random_);
      if (!bytes) continue;
      auto fetch = decode_fetch(*bytes);
      EXPECT_TRUE(fetch.ok());
      if (fetch->from != 0) return *fetch;
    }
    ADD_FAILURE() << "nothing was asked for";
    return {};
  }
  std::optional<FetchRequest> request_now() {
    auto bytes = follower_.request(now_, random_);
    if (!bytes) return std::nullopt;
    return *decode_fetch(*bytes);
  }

  StreamPublisher publisher_{kStream, kEpoch};
  Follower follower_{kStream, "archiver", 0, 0};
  SeededRandom random_{1};
  Duration now_ = std::chrono::seconds(10);
};

using Sequences = std::vector<uint64_t>;

TEST_F(FollowerTest, HandsOutWhatArrivesInOrder) {
  offer(publisher_.publish(2));
  offer(publisher_.publish(1));
  EXPECT_TRUE(follower_.has_ready());
  EXPECT_EQ(take_all(), (Sequences{1, 2, 3}));
  EXPECT_FALSE(follower_.has_ready());
  EXPECT_EQ(follower_.epoch(), kEpoch) << "the first frame decides";
  EXPECT_EQ(follower_.heard_at(), now_);
}

TEST_F(FollowerTest, RepeatedRecordsAreCountedAndDropped) {
  std::string frame = publisher_.publish(3);
  offer(frame);
  offer(frame);
  EXPECT_EQ(take_all(), (Sequences{1, 2, 3}));
  offer(frame);
  EXPECT_EQ(take_all(), Sequences{});
  EXPECT_EQ(follower_.counts().duplicates, 6U);
}

TEST_F(FollowerTest, AFrameThatOverlapsIsTakenFromWhereItIsNew) {
  offer(publisher_.publish(3));
  publisher_.publish(2);
  offer(publisher_.frame(2, 4));
  EXPECT_EQ(take_all(), (Sequences{1, 2, 3, 4, 5}));
  EXPECT_EQ(follower_.counts().duplicates, 2U);
}

TEST_F(FollowerTest, AGapIsFetchedAndWhatCameAheadIsKept) {
  offer(publisher_.publish(1));
  publisher_.publish(2);
  offer(publisher_.publish(1));
  EXPECT_EQ(take_all(), Sequences{1});
  follower_.commit(1);
  FetchRequest fetch = next_fetch();
  EXPECT_EQ(fetch.from, 2U);
  EXPECT_EQ(fetch.applied, 1U);
  EXPECT_EQ(fetch.epoch, kEpoch);
  EXPECT_EQ(fetch.consumer, "archiver");
  offer(publisher_.frame(2, 2));
  EXPECT_EQ(take_all(), (Sequences{2, 3, 4}));
  EXPECT_EQ(follower_.counts().gaps, 1U);
}

TEST_F(FollowerTest, SeveralGapsAreClosedInAnyOrder) {
  publisher_.publish(9);
  offer(publisher_.frame(8, 2));
  offer(publisher_.frame(4, 1));
  offer(publisher_.frame(6, 1));
  offer(publisher_.frame(4, 4));
  EXPECT_EQ(take_all(), Sequences{});
  offer(publisher_.frame(1, 4));
  EXPECT_EQ(take_all(), (Sequences{1, 2, 3, 4}));
  EXPECT_EQ(next_fetch().from, 5U);
  offer(publisher_.frame(5, 3));
  EXPECT_EQ(take_all(), (Sequences{5, 6, 7, 8, 9}));
}

TEST_F(FollowerTest, ALostTailIsShownByTheHeartbeat) {
  offer(publisher_.publish(1));
  (void)take_all();
  follower_.commit(1);
  EXPECT_TRUE(follower_.caught_up());
  publisher_.publish(4);
  offer(publisher_.heartbeat());
  EXPECT_FALSE(follower_.caught_up());
  EXPECT_EQ(follower_.head(), 5U);
  EXPECT_EQ(next_fetch().from, 2U);
  offer(publisher_.frame(2, 2));
  EXPECT_EQ(next_fetch().from, 4U) << "a chunk was answered; the rest is asked for";
  offer(publisher_.frame(4, 2));
  EXPECT_EQ(take_all(), (Sequences{2, 3, 4, 5}));
  follower_.commit(5);
  EXPECT_TRUE(follower_.caught_up());
}

TEST_F(FollowerTest, BeforeAnythingWasHeardItAsks) {
  EXPECT_FALSE(follower_.caught_up());
  EXPECT_LE(follower_.next_request_at(), now_);
  EXPECT_EQ(next_fetch().from, 1U);
  offer(publisher_.heartbeat());
  EXPECT_TRUE(follower_.caught_up()) << "the stream is empty";
  now_ += std::chrono::minutes(1);
  auto request = request_now();
  ASSERT_TRUE(request);
  EXPECT_EQ(request->from, 0U) << "nothing is missing";
}

TEST_F(FollowerTest, OnlyOneFetchIsOutstanding) {
  publisher_.publish(3);
  offer(publisher_.heartbeat());
  EXPECT_EQ(next_fetch().from, 1U);
  EXPECT_FALSE(request_now());
  offer(publisher_.heartbeat());
  EXPECT_FALSE(request_now()) << "hearing the same head again is no reason to ask again";
  EXPECT_GT(follower_.next_request_at(), now_);
}

TEST_F(FollowerTest, UnansweredFetchesWaitLongerAndLongerUpToACap) {
  publisher_.publish(1);
  offer(publisher_.heartbeat());
  std::vector<Duration> pauses;
  (void)next_fetch();
  for (int i = 0; i < 12; ++i) {
    Duration before = now_;
    (void)next_fetch();
    pauses.push_back(now_ - before);
  }
  Duration base = limits::kFetchTimeout;
  for (size_t i = 0; i < pauses.size(); ++i) {
    Duration most = std::min<Duration>(limits::kFetchBackoffMax, base * (1 << i));
    EXPECT_GE(pauses[i], most / 2) << i;
    EXPECT_LE(pauses[i], most) << i;
  }
}

TEST_F(FollowerTest, PausesAreJittered) {
  publisher_.publish(1);
  std::vector<Duration> firsts;
  for (uint64_t seed = 0; seed < 20; ++seed) {
    Follower follower(kStream, "archiver", kEpoch, 0);
    SeededRandom random(seed);
    follower.offer(publisher_.heartbeat(), now_);
    ASSERT_TRUE(follower.request(now_, random));
    Duration asked = now_;
    while (!decode_fetch(*follower.request(asked = follower.next_request_at(), random))->from) {
    }
    firsts.push_back(asked - now_);
  }
  std::sort(firsts.begin(), firsts.end());
  EXPECT_GT(firsts.back() - firsts.front(), Duration(limits::kFetchTimeout) / 4);
}

TEST_F(FollowerTest, AnAnswerEndsTheLongPauses) {
  publisher_.publish(2);
  offer(publisher_.heartbeat());
  for (int i = 0; i < 8; ++i) (void)next_fetch();
  offer(publisher_.frame(1, 1));
  EXPECT_EQ(request_now()->from, 2U) << "the next chunk at once";
  Duration before = now_;
  (void)next_fetch();
  EXPECT_LE(now_ - before, Duration(limits::kFetchTimeout)) << "and the pauses start anew";
}

TEST_F(FollowerTest, AnEmptyAnswerEndsTheLongPausesToo) {
  for (int i = 0; i < 8; ++i) (void)next_fetch();
  offer(publisher_.heartbeat());
  now_ += std::chrono::minutes(1);
  publisher_.publish(1);
  offer(publisher_.heartbeat());
  (void)next_fetch();
  Duration before = now_;
  (void)next_fetch();
  EXPECT_LE(now_ - before, Duration(limits::kFetchTimeout));
}

TEST_F(FollowerTest, FramesHeldAheadOfAGapAreBounded) {
  publisher_.publish(200);
  for (uint64_t sequence = 2; sequence <= 200; ++sequence) offer(publisher_.frame(sequence, 1));
  EXPECT_EQ(follower_.counts().dropped, 199 - limits::kHeldFramesMax);
  offer(publisher_.frame(1, 1));
  Sequences taken = take_all();
  EXPECT_EQ(taken.size(), 1 + limits::kHeldFramesMax);
  EXPECT_EQ(next_fetch().from, taken.back() + 1) << "what did not fit is fetched";
  offer(publisher_.frame(taken.back() + 1, 200 - taken.back()));
  EXPECT_EQ(take_all().back(), 200U);
}

TEST_F(FollowerTest, WhatIsReadyButNotTakenIsBounded) {
  FrameBuilder builder(kStream, kEpoch);
  size_t accepted = 0;
  for (uint64_t sequence = 1; follower_.counts().dropped == 0 && sequence < 1000; ++sequence) {
    ASSERT_TRUE(builder.add(sequence, std::string(limits::kFrameBytesMax - 4, 'x')));
    offer(builder.finish(1000));
    ++accepted;
  }
  EXPECT_LE(accepted * limits::kFrameBytesMax, 5 * limits::kBatchBytesMax);
  now_ += std::chrono::minutes(1);
  EXPECT_EQ(request_now()->from, 0U) << "no more is asked for while there is no room";
  while (follower_.take()) {
  }
  now_ += std::chrono::minutes(1);
  EXPECT_EQ(request_now()->from, accepted) << "the one that was dropped";
}

TEST_F(FollowerTest, RewindingHandsOutAgainWhatWasNotCommitted) {
  offer(publisher_.publish(4));
  EXPECT_EQ(take_all(), (Sequences{1, 2, 3, 4}));
  follower_.commit(2);
  follower_.rewind();
  EXPECT_FALSE(follower_.has_ready());
  auto fetch = request_now();
  ASSERT_TRUE(fetch) << "at once";
  EXPECT_EQ(fetch->from, 3U);
  offer(publisher_.frame(1, 4));
  EXPECT_EQ(take_all(), (Sequences{3, 4}));
}

TEST_F(FollowerTest, RestartingGoesOnFromTheCursor) {
  publisher_.publish(6);
  Follower restarted(kStream, "archiver", kEpoch, 4);
  EXPECT_FALSE(restarted.caught_up());
  auto request = restarted.request(now_, random_);
  ASSERT_TRUE(request);
  EXPECT_EQ(decode_fetch(*request)->from, 5U);
  restarted.offer(publisher_.frame(3, 4), now_);
  auto run = restarted.take();
  ASSERT_TRUE(run);
  EXPECT_EQ(run->first(), 5U);
  EXPECT_EQ(run->last(), 6U);
}

TEST_F(FollowerTest, AcknowledgesRegularlyWhatIsCommitted) {
  offer(publisher_.publish(3));
  (void)take_all();
  EXPECT_EQ(request_now()->applied, 0U);
  follower_.commit(3);
  EXPECT_FALSE(request_now());
  now_ += limits::kAcknowledgeInterval;
  EXPECT_LE(follower_.next_request_at(), now_);
  auto request = request_now();
  ASSERT_TRUE(request);
  EXPECT_EQ(request->applied, 3U);
  EXPECT_EQ(request->from, 0U);
}

TEST_F(FollowerTest, AnOldHeadDoesNotHideTheNewer) {
  std::string old = publisher_.heartbeat();
  publisher_.publish(3);
  offer(publisher_.heartbeat());
  offer(old);
  EXPECT_EQ(follower_.head(), 3U);
  EXPECT_FALSE(follower_.caught_up());
}

TEST_F(FollowerTest, DamagedAndForeignFramesAreDropped) {
  std::string frame = publisher_.publish(1);
  std::string damaged = frame;
  damaged.back() = char(damaged.back() ^ 1);
  offer(damaged);
  offer("");
  offer(StreamPublisher("110102007.notifier", kEpoch).publish(1));
  EXPECT_EQ(follower_.counts().dropped, 3U);
  EXPECT_EQ(follower_.heard_at(), Duration(0));
  EXPECT_EQ(take_all(), Sequences{});
  offer(frame);
  EXPECT_EQ(take_all(), Sequences{1});
}

// Nothing is handed out, held or asked for any more.
void expect_stopped(Follower& follower, const StreamPublisher& publisher, Duration now) {
  EXPECT_NE(follower.diverged(), "");
  EXPECT_FALSE(follower.has_ready());
  EXPECT_FALSE(follower.take());
  follower.offer(publisher.frame(1, publisher.head()), now);
  EXPECT_FALSE(follower.take());
  SeededRandom random(1);
  EXPECT_FALSE(follower.request(now + std::chrono::hours(1), random));
  EXPECT_EQ(follower.next_request_at(), Duration::max());
}

TEST_F(FollowerTest, AChangedEpochStopsTheStream) {
  offer(publisher_.publish(2));
  StreamPublisher restored(kStream, kEpoch + 1);
  offer(restored.publish(3));
  expect_stopped(follower_, publisher_, now_);
}

TEST_F(FollowerTest, TheEpochOfTheCursorCountsAfterARestart) {
  StreamPublisher restored(kStream, kEpoch + 1);
  Follower restarted(kStream, "archiver", kEpoch, 1);
  restarted.offer(restored.heartbeat(), now_);
  EXPECT_NE(restarted.diverged(), "");
}

TEST_F(FollowerTest, RefusalsStopTheStream) {
  for (std::string_view refusal : {kRefusedAhead, kRefusedTrimmed}) {
    publisher_.publish(1);
    Follower follower(kStream, "archiver", kEpoch, 40);
    follower.offer(encode_heartbeat(kStream, kEpoch, 1, refusal), now_);
    expect_stopped(follower, publisher_, now_);
  }
}

TEST_F(FollowerTest, CommittingWhatWasNeverReceivedAborts) {
  offer(publisher_.publish(2));
  EXPECT_DEATH(follower_.commit(3), "received_");
  follower_.commit(2);
  EXPECT_DEATH(follower_.commit(1), "applied_");
}

}  // namespace
}  // namespace jieban
