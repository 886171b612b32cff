// Goal: a store or a disk without room loses nothing and stops nothing for good, and only what
// everybody has applied is ever erased to make room.
#include <gtest/gtest.h>

#include "tests/unit/common/daemon/engine_fixture.h"

namespace jieban {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using Words = std::vector<std::string>;

class EngineRoomTest : public EngineFixture {
 protected:
  void open_small() {
    EngineOptions small = options();
    small.environment.map_size = 256U << 10U;
    open(small);
  }
  void fill() {
    for (uint64_t id = 1; id < 100 && !engine_->stalled(); ++id) {
      if (ask(input("blob", id, std::string(20'000, 'b'))) != "") return;
    }
  }
  void open_trimming() {
    EngineOptions keeping = options();
    keeping.retention = hours(1);
    open(keeping);
    add(4);
    turn(hours(2));
    add(2);
  }
  size_t kept() const { return events_of(engine_->fold()).size(); }
};

TEST_F(EngineRoomTest, AFullStoreAnswersFullAndGoesOnWhenThereIsRoom) {
  open_small();
  fill();
  ASSERT_TRUE(engine_->stalled());
  EXPECT_TRUE(engine_->intake_refused());
  auto before = all_rows(engine_->fold());
  EXPECT_EQ(ask(input("add", 1)), "!full") << "while it is stalled nothing is even tried";
  EXPECT_EQ(all_rows(engine_->fold()), before);
  Duration wake = turn().wake_at;
  EXPECT_GT(wake, now_) << "the loop does not spin";

  ASSERT_TRUE(engine_->fold().environment().set_map_size(8U << 20U).ok());
  turn(seconds(1));
  EXPECT_FALSE(engine_->stalled());
  EXPECT_FALSE(engine_->intake_refused());
  EXPECT_EQ(ask(input("add", 1), true), "is 1");
}

TEST_F(EngineRoomTest, EventsThatFoundNoRoomAreFetchedAgain) {
  open_small();
  Event large;
  large.topic = "blob";
  large.order_id = 1;
  large.payload = std::string(100'000, 'b');
  const std::string blob = encode_record(large);
  transport_.deliver(frame(1, {record("add", 1)}));
  transport_.deliver(frame(2, {blob}));
  turn();
  large.order_id = 2;
  transport_.deliver(frame(3, {encode_record(large)}));
  large.order_id = 3;
  transport_.deliver(frame(4, {encode_record(large)}));
  turn();
  ASSERT_TRUE(engine_->stalled());
  EXPECT_EQ(engine_->counts().steps_full, 1U);
  EXPECT_EQ(cursor_of(engine_->fold()).sequence, 2U);

  ASSERT_TRUE(engine_->fold().environment().set_map_size(8U << 20U).ok());
  transport_.clear();
  turn(seconds(1));
  auto asked = decode_fetch(transport_.requests.at(0));
  ASSERT_TRUE(asked.ok());
  EXPECT_EQ(asked->from, 3U);
  transport_.deliver(frame(3, {encode_record(large), encode_record(large)}));
  turn();
  EXPECT_EQ(cursor_of(engine_->fold()).sequence, 4U);
  EXPECT_TRUE(engine_->caught_up());
}

TEST_F(EngineRoomTest, AStalledEngineStillServesReplaysAndHeartbeats) {
  open_small();
  add(3);
  fill();
  ASSERT_TRUE(engine_->stalled());
  transport_.clear();
  transport_.ask(fetch("notifier", 0, 1));
  turn(seconds(1));
  EXPECT_EQ(last_answer().records.size(), 3U);
  EXPECT_FALSE(transport_.broadcasts.empty());
}

TEST_F(EngineRoomTest, IntakeIsRefusedBeforeTheStoreIsFullAndTheInsideGoesOn) {
  EngineOptions small = options();
  small.environment.map_size = 1U << 20U;
  open(small);
  for (uint64_t id = 1; id < 100 && !engine_->intake_refused(); ++id) {
    ASSERT_EQ(ask(input("blob", id, std::string(20'000, 'b'))), "");
    turn(seconds(1));
  }
  ASSERT_FALSE(engine_->stalled());
  ASSERT_TRUE(engine_->intake_refused());
  EXPECT_EQ(ask(input("add", 1), true), "!full");
  EXPECT_EQ(ask(input("add", 1), false), "is 1");
}

TEST_F(EngineRoomTest, BelowTheDiskFloorNothingIsWritten) {
  EngineOptions floored = options();
  floored.disk_free_min = SIZE_MAX / 4;
  open(floored);
  EXPECT_EQ(ask(input("add", 1)), "!full");
  EXPECT_TRUE(engine_->stalled());
  EXPECT_EQ(committed_head(), 0U);
}

TEST_F(EngineRoomTest, NearTheDiskFloorOnlyIntakeIsRefused) {
  EngineOptions floored = options();
  floored.disk_free_min = *free_space(dir_.root()) / 4 * 3;
  open(floored);
  EXPECT_EQ(ask(input("add", 1), true), "!full");
  EXPECT_EQ(ask(input("add", 1), false), "is 1");
}

TEST_F(EngineRoomTest, NothingIsErasedWhileAConsumerWasNotHeard) {
  open_trimming();
  transport_.ask(fetch("archiver", 6, 0));
  turn(seconds(6));
  EXPECT_EQ(kept(), 6U) << "the notifier may need everything";
  transport_.ask(fetch("notifier", 6, 0));
  turn(seconds(6));
  EXPECT_EQ(kept(), 2U) << "the young stay";
}

TEST_F(EngineRoomTest, NothingIsErasedAboveTheLowestAcknowledgement) {
  open_trimming();
  transport_.ask(fetch("archiver", 6, 0));
  transport_.ask(fetch("notifier", 1, 0));
  turn(seconds(6));
  EXPECT_EQ(kept(), 5U);
}

TEST_F(EngineRoomTest, AnImpossibleAcknowledgementErasesNothing) {
  open_trimming();
  transport_.ask(fetch("archiver", 6, 0));
  transport_.ask({"notifier", kOwn, kEpoch + 1, 6, 0});
  transport_.ask(fetch("notifier", 99, 0));
  turn(seconds(6));
  EXPECT_EQ(kept(), 6U);
}

TEST_F(EngineRoomTest, WithoutRetentionEverythingIsKept) {
  open();
  add(4);
  transport_.ask(fetch("archiver", 4, 0));
  transport_.ask(fetch("notifier", 4, 0));
  turn(hours(24 * 365));
  EXPECT_EQ(kept(), 4U);
}

TEST_F(EngineRoomTest, AFetchOfWhatWasErasedIsRefused) {
  open_trimming();
  transport_.ask(fetch("archiver", 6, 0));
  transport_.ask(fetch("notifier", 6, 0));
  turn(seconds(6));
  ASSERT_EQ(kept(), 2U);
  transport_.ask(fetch("notifier", 0, 4));
  turn();
  EXPECT_EQ(last_answer().refusal, kRefusedTrimmed);
  transport_.ask(fetch("notifier", 4, 5));
  turn();
  EXPECT_EQ(last_answer().refusal, "");
  EXPECT_EQ(last_answer().first, 5U);
}

}  // namespace
}  // namespace jieban
