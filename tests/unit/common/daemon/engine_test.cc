// Goal: nothing is said before it is on disk; a store without room stops nothing for good; replays
// are served in bounded pieces; only what everybody has is erased.
#include "common/daemon/engine.h"

#include <sys/resource.h>

#include <csignal>

#include "common/base/limits.h"
#include "tests/unit/common/daemon/engine_fixture.h"

namespace jieban {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using Words = std::vector<std::string>;

class EngineTest : public EngineFixture {};

TEST_F(EngineTest, NothingIsPublishedAnsweredOrSignalledBeforeTheCommit) {
  open();
  uint64_t seen = 0;
  int told = 0;
  transport_.on_broadcast = [&](std::string_view bytes) {
    auto sent = decode_frame(bytes);
    ASSERT_TRUE(sent.ok());
    EXPECT_LE(sent->head, committed_head());
    if (!sent->records.empty()) seen = sent->head;
  };
  engine_->listen([&](const Signal&) {
    ++told;
    EXPECT_EQ(committed_head(), 2U);
  });
  auto submitted = engine_->inbox().submit(
      {{input("add", 1), input("add", 1)}, false, [&](const GroupAnswer& answer) {
         ++told;
         EXPECT_EQ(answer.answers.size(), 2U);
         EXPECT_EQ(committed_head(), 2U);
       }});
  ASSERT_TRUE(submitted.ok());
  EXPECT_EQ(told, 0);
  turn();
  EXPECT_EQ(seen, 2U);
  EXPECT_EQ(told, 3);
}

TEST_F(EngineTest, InputsAreAppliedBeforeEventsOfTheSameTurn) {
  open();
  const Words records = {record("add", 1)};
  transport_.deliver(frame(1, records));
  EXPECT_EQ(ask(input("add", 1)), "is 1") << "rules of a new store come in as inputs";
  EXPECT_EQ(count_of(engine_->fold(), service_, 1), 2U);
  EXPECT_TRUE(engine_->caught_up());
  EXPECT_EQ(cursor_of(engine_->fold()), (StreamCursor{kUpEpoch, 1}));
}

TEST_F(EngineTest, FollowsItsUpstreamFromTheCommittedCursorAfterARestart) {
  open();
  transport_.deliver(frame(1, {record("add", 1), record("add", 1)}));
  turn();
  EXPECT_EQ(count_of(engine_->fold(), service_, 1), 2U);
  open();
  EXPECT_FALSE(engine_->caught_up()) << "nothing was heard yet";
  transport_.clear();
  turn();
  auto asked = decode_fetch(transport_.requests.at(0));
  ASSERT_TRUE(asked.ok());
  EXPECT_EQ(asked->from, 3U);
  transport_.deliver(frame(1, {record("add", 1), record("add", 1), record("add", 1)}));
  turn();
  EXPECT_EQ(count_of(engine_->fold(), service_, 1), 3U) << "each counts once";
}

TEST_F(EngineTest, AGroupWithoutInputsIsAnsweredToo) {
  open();
  turn();
  Words words;
  submit({}, words);
  turn();
  EXPECT_EQ(words, Words{""});
}

TEST_F(EngineTest, ARefusedEventIsCountedAndTheTurnGoesOn) {
  open();
  transport_.deliver(frame(1, {record("refuse", 1), record("add", 2)}));
  turn();
  EXPECT_EQ(engine_->counts().quarantined, 1U);
  EXPECT_EQ(engine_->counts().applied, 2U);
  EXPECT_EQ(engine_->counts().emitted, 2U);
  EXPECT_EQ(engine_->counts().commits, 1U);
  EXPECT_EQ(cursor_of(engine_->fold()).sequence, 2U);
}

TEST_F(EngineTest, ATickThatFailsStopsNeitherTheLineNorTheRest) {
  open();
  ASSERT_EQ(ask(input("timer", 1)), "");
  service_.tick_throws = true;
  auto report = turn(minutes(2));
  EXPECT_GT(report.wake_at, now_) << "the loop would spin";
  EXPECT_EQ(ask(input("add", 1)), "is 1");
  service_.tick_throws = false;
  turn(seconds(2));
  EXPECT_EQ(topics_of(engine_->fold()).back(), "timer.rang");
}

// A deadline that was met while this daemon was down must not be called missed.
TEST_F(EngineTest, AfterAStartNoTimerFiresBeforeThePastIsKnown) {
  open();
  transport_.deliver(frame(1, {record("silent", 1)}));
  ASSERT_EQ(ask(input("timer", 1)), "");
  open();
  turn(minutes(2));
  EXPECT_TRUE(topics_of(engine_->fold()).empty());
  transport_.deliver(encode_heartbeat(kUp, kUpEpoch, 2));  // one more is to come
  turn();
  EXPECT_TRUE(topics_of(engine_->fold()).empty());
  transport_.deliver(frame(2, {record("add", 1)}));
  turn();
  turn();
  EXPECT_EQ(topics_of(engine_->fold()).back(), "timer.rang");
}

TEST_F(EngineTest, AnUpstreamThatIsDownHoldsUpNoTimerForLong) {
  open();
  ASSERT_EQ(ask(input("timer", 1)), "");
  open();
  turn(minutes(2));
  turn(seconds(9));
  EXPECT_TRUE(topics_of(engine_->fold()).empty());
  turn(seconds(1));
  EXPECT_EQ(topics_of(engine_->fold()), Words{"timer.rang"});
}

TEST_F(EngineTest, AGapThatDoesNotCloseHoldsUpNoTimerForLong) {
  open();
  ASSERT_EQ(ask(input("timer", 1)), "");
  open();
  turn(minutes(2));
  for (int second = 0; second < 9; ++second) {
    transport_.deliver(encode_heartbeat(kUp, kUpEpoch, 5));
    turn(seconds(1));
  }
  EXPECT_TRUE(topics_of(engine_->fold()).empty());
  transport_.deliver(encode_heartbeat(kUp, kUpEpoch, 5));
  turn(seconds(1));
  EXPECT_EQ(topics_of(engine_->fold()), Words{"timer.rang"});
}

// What is asked for after the commit would only be looked for then.
TEST_F(EngineTest, WhatIsMissingIsAskedForBeforeTheStep) {
  open();
  turn();
  int asked = 0;
  transport_.on_request = [&] {
    if (asked++ > 0) return;
    EXPECT_EQ(cursor_of(engine_->fold()).sequence, 0U);
  };
  transport_.deliver(frame(1, {record("add", 1)}));
  transport_.deliver(encode_heartbeat(kUp, kUpEpoch, 9));
  turn(minutes(1));
  EXPECT_EQ(cursor_of(engine_->fold()).sequence, 1U);
  EXPECT_GE(asked, 1);
}

TEST_F(EngineTest, WakesWhenATimerIsDueAndAtTheLatestForTheHeartbeat) {
  open();
  transport_.deliver(frame(1, {record("silent", 1)}));
  ASSERT_EQ(ask(input("timer", 1)), "");
  turn(minutes(1) - milliseconds(200));
  Duration wake = turn().wake_at;
  EXPECT_LE(wake, now_ + milliseconds(200));
  turn(milliseconds(300));
  EXPECT_EQ(topics_of(engine_->fold()), Words{"timer.rang"});
  wake = turn().wake_at;
  EXPECT_GT(wake, now_);
  EXPECT_LE(wake, now_ + seconds(1));
}

TEST_F(EngineTest, AHeartbeatComesEachSecondAndShortlyAfterABurst) {
  open();
  turn();
  EXPECT_EQ(transport_.broadcasts.size(), 1U) << "the first turn says where the stream is";
  turn(milliseconds(900));
  EXPECT_EQ(transport_.broadcasts.size(), 1U);
  turn(milliseconds(100));
  EXPECT_EQ(transport_.broadcasts.size(), 2U);
  add(3);
  EXPECT_EQ(transport_.broadcasts.size(), 3U);
  Duration wake = turn(milliseconds(49)).wake_at;
  EXPECT_EQ(wake, now_ + milliseconds(1));
  EXPECT_EQ(transport_.broadcasts.size(), 3U);
  turn(milliseconds(1));
  ASSERT_EQ(transport_.broadcasts.size(), 4U);
  auto beat = decode_frame(transport_.broadcasts.back());
  ASSERT_TRUE(beat.ok());
  EXPECT_EQ(beat->head, 3U) << "who lost the burst sees it here";
  EXPECT_TRUE(beat->records.empty());
}

TEST_F(EngineTest, PublishesLargeBatchesInFramesThatFollowEachOther) {
  open();
  add(1000, std::string(1000, 'p'));
  uint64_t next = 1;
  size_t frames = 0;
  for (const std::string& bytes : transport_.broadcasts) {
    auto sent = decode_frame(bytes);
    ASSERT_TRUE(sent.ok());
    if (sent->records.empty()) continue;
    EXPECT_LE(bytes.size(), limits::kFrameBytesMax + 1024);
    EXPECT_EQ(sent->first, next);
    next += sent->records.size();
    ++frames;
  }
  EXPECT_EQ(next, 1001U);
  EXPECT_GT(frames, 3U);
}

TEST_F(EngineTest, ReplaysAreServedInFramesAndNotAllInOneTurn) {
  open();
  add(1000, std::string(1000, 'p'));
  transport_.clear();
  for (int i = 0; i < 20; ++i) transport_.ask(fetch("notifier", 0, 1));
  auto report = turn();
  const size_t most = limits::kReplayBytesPerTurn / (limits::kFrameBytesMax / 2);
  EXPECT_GT(transport_.answers.size(), 2U);
  EXPECT_LT(transport_.answers.size(), most);
  EXPECT_LE(report.wake_at, now_) << "the rest follows at once";
  EXPECT_LE(transport_.answers[0].second.size(), limits::kFrameBytesMax + 1024);
  Frame frame = last_answer();
  EXPECT_EQ(frame.first, 1U);
  EXPECT_EQ(frame.head, 1000U);
  EXPECT_EQ(transport_.answers[0].first, "notifier");
  for (int i = 0; i < 5; ++i) turn();
  EXPECT_EQ(transport_.answers.size(), 20U);
}

TEST_F(EngineTest, AFetchOfWhatIsNotThereYetIsAnsweredWithTheHead) {
  open();
  add(2);
  transport_.ask(fetch("notifier", 2, 3));
  turn();
  EXPECT_TRUE(last_answer().records.empty());
  EXPECT_EQ(last_answer().head, 2U);
  EXPECT_EQ(last_answer().refusal, "");
}

TEST_F(EngineTest, AnAcknowledgementAheadOfTheHeadIsRefused) {
  open();
  add(2);
  transport_.clear();
  transport_.ask(fetch("notifier", 2, 0));
  turn();
  EXPECT_TRUE(transport_.answers.empty()) << "a possible one needs no answer";
  transport_.ask(fetch("notifier", 3, 0));
  turn();
  ASSERT_EQ(transport_.answers.size(), 1U);
  EXPECT_EQ(last_answer().refusal, kRefusedAhead);
}

TEST_F(EngineTest, WhoKnowsAnotherEpochIsToldOursAndGetsNoRecords) {
  open();
  add(2);
  transport_.ask({"notifier", kOwn, kEpoch + 1, 0, 1});
  turn();
  EXPECT_EQ(last_answer().epoch, kEpoch);
  EXPECT_TRUE(last_answer().records.empty());
}

TEST_F(EngineTest, RequestsForAnotherStreamOrWithoutSenseAreCountedOnly) {
  open();
  transport_.clear();
  transport_.ask({"notifier", "demo.other", kEpoch, 0, 1});
  transport_.arrivals.push_back({Arrival::Kind::request, 0, "notifier", "nonsense"});
  transport_.arrivals.push_back({Arrival::Kind::frame, 9, "", "from no upstream"});
  turn();
  EXPECT_EQ(engine_->counts().bad_requests, 2U);
  EXPECT_TRUE(transport_.answers.empty());
}

TEST_F(EngineTest, AFailedCommitEndsTheEngineAndAnswersNobodyWithSuccess) {
  open();
  add(1);
  Words words;
  submit({input("add", 1)}, words);
  rlimit limit{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &limit), 0);
  auto* ignored = std::signal(SIGXFSZ, SIG_IGN);
  rlimit none = limit;
  none.rlim_cur = 4096;
  transport_.clear();
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &none), 0);
  auto failed = engine_->turn(now_);
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &limit), 0);
  std::signal(SIGXFSZ, ignored);
  ASSERT_FALSE(failed.ok());
  EXPECT_EQ(failed.error().code, ErrorCode::io);
  EXPECT_TRUE(words.empty()) << "the outcome is not known";
  EXPECT_TRUE(transport_.broadcasts.empty());
  EXPECT_FALSE(engine_->inbox().submit({{input("add", 1)}, false, nullptr}).ok());
  EXPECT_FALSE(engine_->turn(now_ + seconds(1)).ok()) << "and stays so";
}

}  // namespace
}  // namespace jieban
