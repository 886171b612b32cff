// Goal: a batch takes from those with whom most waits; under load batches are worth their
// transaction, and nobody waits for that who has little to do.
#include "common/daemon/engine.h"
#include "tests/unit/common/daemon/engine_fixture.h"

namespace jieban {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using Words = std::vector<std::string>;

class EngineBatchTest : public EngineFixture {};

// A queue that runs over has to be sent again: an upstream of many small frames ran over while
// one of large frames was read.
TEST_F(EngineBatchTest, OfSeveralUpstreamsThatWithMostWaitingIsReadFirst) {
  EngineOptions two = options();
  two.upstreams = {"receiver", "archiver"};
  two.batch_events_max = 6;
  open(two);
  FrameBuilder other("demo.archiver", kUpEpoch);
  for (uint64_t i = 1; i <= 3; ++i) {
    CHECK(other.add(1, record("silent", i)));
    transport_.deliver(other.finish(1), 1);
    for (uint64_t at : {4 * i - 3, 4 * i - 2, 4 * i - 1, 4 * i}) {
      transport_.deliver(frame(at, {record("add", 1)}), 0);
    }
  }
  turn();
  EXPECT_EQ(engine_->followers()[1].applied(), 1U) << "each has its turn";
  EXPECT_EQ(engine_->followers()[0].applied(), 5U);
}

// Under load: a step each turn would be a transaction for a few events each.
class GatheringTest : public EngineFixture {
 protected:
  void SetUp() override {
    EngineOptions gathering = options();
    gathering.gathering = milliseconds(8);
    open(gathering);
    arrive(1);
    turn(minutes(1));
    ASSERT_EQ(applied(), 1U);
  }
  // `count` events, each of a KiB.
  void arrive(size_t count) {
    Event event;
    event.topic = "add";
    event.order_id = 1;
    event.payload = std::string(1000, 'x');
    transport_.deliver(frame(next_, Words(count, encode_record(event))));
    next_ += count;
  }
  uint64_t applied() const { return cursor_of(engine_->fold()).sequence; }

  uint64_t next_ = 1;
};

TEST_F(GatheringTest, EventsUnderLoadWaitForMoreOfThemAndNotForLong) {
  arrive(20);
  auto report = turn(milliseconds(1));
  EXPECT_EQ(applied(), 1U);
  EXPECT_TRUE(report.gathers);
  EXPECT_GT(report.wake_at, now_);
  EXPECT_LE(report.wake_at, now_ + milliseconds(8));
  arrive(20);
  turn(milliseconds(1));
  EXPECT_EQ(applied(), 1U);
  EXPECT_EQ(engine_->counts().commits, 1U);
  report = turn(milliseconds(8));
  EXPECT_FALSE(report.gathers);
  EXPECT_EQ(applied(), 41U);
  EXPECT_EQ(engine_->counts().commits, 2U) << "both frames in one transaction";
}

TEST_F(GatheringTest, AFewEventsDoNotWait) {
  arrive(3);
  EXPECT_FALSE(turn(milliseconds(1)).gathers);
  EXPECT_EQ(applied(), 4U);
}

TEST_F(GatheringTest, WhatIsWorthATransactionDoesNotWait) {
  for (int i = 0; i < 3; ++i) arrive(200);
  EXPECT_FALSE(turn(milliseconds(1)).gathers);
  EXPECT_EQ(applied(), 601U);
}

TEST_F(GatheringTest, TheFirstOfALoadDoesNotWait) {
  turn(milliseconds(8));
  arrive(20);
  EXPECT_FALSE(turn(milliseconds(1)).gathers);
  EXPECT_EQ(applied(), 21U);
}

TEST_F(GatheringTest, InputsAndTimersDoNotWait) {
  ASSERT_EQ(ask(input("timer", 1)), "");
  turn(minutes(1) - milliseconds(20));
  arrive(1);
  turn(milliseconds(19));
  arrive(20);
  EXPECT_EQ(ask(input("add", 2)), "is 1");
  EXPECT_EQ(topics_of(engine_->fold()).back(), "timer.rang");
  EXPECT_EQ(applied(), 2U);
}

}  // namespace
}  // namespace jieban
