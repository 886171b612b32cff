// Timers in two parts: whichever part a timer lies in, it fires in its turn, once.
#include "daemons/sla-watcher/timer_table.h"

#include <gtest/gtest.h>

#include "common/base/random.h"
#include "common/store/environment.h"
#include "tests/support/temp_dir.h"

namespace jieban {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr Timestamp kNow = from_micros(1'784'336'400'000'000);

class TimerTableTest : public testing::Test {
 protected:
  TimerTableTest() {
    EnvironmentOptions options;
    options.path = dir_.path("store");
    options.stream = "110102007.sla-watcher";
    options.now = kNow;
    options.map_size = size_t{64} << 20U;
    auto opened = Environment::open(options);
    CHECK(opened.ok());
    environment_ = std::move(*opened);
    TableOpener tables(*environment_);
    CHECK(timers_.open(tables).ok());
  }

  template <class Work>
  void change(Work work) {
    auto txn = environment_->write();
    ASSERT_TRUE(txn.ok());
    work(*txn);
    ASSERT_TRUE(txn->commit().ok());
  }
  void arm(Timestamp fires_at, uint64_t order_id) {
    change([&](Transaction& txn) {
      ASSERT_TRUE(timers_.arm(txn, kNow, fires_at, order_id, ClockKind::due).ok());
    });
  }
  bool disarm(Timestamp fires_at, uint64_t order_id) {
    bool was_there = false;
    change([&](Transaction& txn) {
      was_there = *timers_.disarm(txn, fires_at, order_id, ClockKind::due);
    });
    return was_there;
  }
  // As ticks do, until nothing is left to do at `now`.
  std::vector<Timestamp> fired_until(Timestamp now, size_t most = 100) {
    std::vector<Timestamp> fired;
    while (next() <= now) {
      change([&](Transaction& txn) {
        const std::vector<std::string> keys = timers_.due(txn, now, most).value();
        for (const std::string& key : keys) {
          fired.push_back(KeyReader(key).time());
          ASSERT_TRUE(*timers_.erase(txn, key));
        }
      });
    }
    return fired;
  }
  Timestamp next() {
    auto txn = environment_->read();
    return *timers_.next(*txn);
  }
  size_t count() {
    size_t timers = 0;
    auto txn = environment_->read();
    CHECK(timers_.scan(*txn, [&](const std::string&) { ++timers; }).ok());
    return timers;
  }
  uint64_t asleep() {
    auto txn = environment_->read();
    return *txn->count(timers_.asleep());
  }

  TempDir dir_;
  std::unique_ptr<Environment> environment_;
  TimerTable timers_;
};

TEST_F(TimerTableTest, WhatFiresSoonIsAwakeAndTheRestSleeps) {
  EXPECT_EQ(next(), kTimestampMax);
  arm(kNow + minutes(30), 1);
  EXPECT_EQ(asleep(), 0U);
  EXPECT_EQ(next(), kNow + minutes(30));
  arm(kNow + hours(24 * 7), 2);
  EXPECT_EQ(asleep(), 1U);
  EXPECT_EQ(next(), kNow + minutes(30));
  EXPECT_EQ(count(), 2U);
}

TEST_F(TimerTableTest, ASleeperIsAwakeASlotBeforeItFires) {
  const Timestamp late = kNow + hours(24 * 7);
  arm(late, 1);
  EXPECT_TRUE(fired_until(late - hours(13)).empty());
  EXPECT_EQ(asleep(), 1U);
  EXPECT_TRUE(fired_until(late - hours(6)).empty());
  EXPECT_EQ(asleep(), 0U);
  EXPECT_EQ(fired_until(late), std::vector<Timestamp>{late});
  EXPECT_EQ(count(), 0U);
}

// Also when nobody looked for weeks, and few are woken at a time: in the middle of a slot those
// that are awake do not overtake those that are not.
TEST_F(TimerTableTest, AllFireInTheOrderOfTheirTimes) {
  const uint64_t seed = SystemRandom().next();
  SCOPED_TRACE("seed " + std::to_string(seed));
  SeededRandom random(seed);
  std::vector<Timestamp> armed;
  for (uint64_t order_id = 1; order_id <= 500; ++order_id) {
    armed.push_back(kNow + hours(24) + minutes(random.below(24 * 60 * 3)));
    arm(armed.back(), order_id);
  }
  std::sort(armed.begin(), armed.end());
  EXPECT_EQ(fired_until(kNow + hours(24 * 30), 7), armed);
}

TEST_F(TimerTableTest, OneThatIsStoppedDoesNotFireWhereverItLies) {
  const Timestamp soon = kNow + minutes(5);
  const Timestamp late = kNow + hours(24 * 3);
  for (uint64_t order_id : {1, 2, 3}) {
    arm(soon, order_id);
    arm(late, order_id);
  }
  EXPECT_TRUE(disarm(soon, 2));
  EXPECT_TRUE(disarm(late, 2));
  EXPECT_FALSE(disarm(late, 2));
  // Of a slot of three sleepers one is awake, two are not.
  change([&](Transaction& txn) { ASSERT_TRUE(timers_.due(txn, late - hours(1), 1).ok()); });
  EXPECT_EQ(asleep(), 1U);
  EXPECT_TRUE(disarm(late, 1));
  EXPECT_TRUE(disarm(late, 3));
  EXPECT_EQ(fired_until(late), (std::vector<Timestamp>{soon, soon}));
}

}  // namespace
}  // namespace jieban
