// A stream is numbered from 1 without holes, whatever is trimmed.
#include "common/store/event_log.h"

#include <vector>

#include "common/store/key.h"
#include "tests/unit/common/store/store_fixture.h"

namespace jieban {
namespace {

class EventLogTest : public StoreFixture {
 protected:
  void SetUp() override {
    open();
    log_ = std::make_unique<EventLog>(*EventLog::open(*environment_, "events"));
  }
  void append_committed(uint64_t from, uint64_t to) {
    auto txn = environment_->write();
    for (uint64_t i = from; i <= to; ++i) {
      ASSERT_TRUE(log_->append(*txn, i, "event " + std::to_string(i)).ok());
    }
    ASSERT_TRUE(txn->commit().ok());
  }
  uint64_t trim_committed(uint64_t below, uint64_t count_max) {
    auto txn = environment_->write();
    uint64_t erased = *log_->trim(*txn, below, count_max);
    EXPECT_TRUE(txn->commit().ok());
    return erased;
  }
  std::vector<uint64_t> read_from(uint64_t from, size_t count_max = 1000) {
    auto txn = environment_->read();
    std::vector<uint64_t> sequences;
    auto done = log_->read(*txn, from, [&](uint64_t sequence, std::string_view record) {
      EXPECT_EQ(record, "event " + std::to_string(sequence));
      sequences.push_back(sequence);
      return sequences.size() < count_max;
    });
    EXPECT_TRUE(done.ok());
    return sequences;
  }
  uint64_t head() { return *log_->head(*environment_->read()); }
  uint64_t first() { return *log_->first(*environment_->read()); }

  std::unique_ptr<EventLog> log_;
};

using Sequences = std::vector<uint64_t>;

TEST_F(EventLogTest, AnEmptyStreamHasHeadZeroAndNothingToRead) {
  EXPECT_EQ(head(), 0U);
  EXPECT_EQ(first(), 1U);
  EXPECT_EQ(read_from(0), Sequences());
  EXPECT_EQ(trim_committed(100, 100), 0U);
}

TEST_F(EventLogTest, ReadsFromASequenceUntilToldToStop) {
  append_committed(1, 300);
  EXPECT_EQ(head(), 300U);
  EXPECT_EQ(first(), 1U);
  EXPECT_EQ(read_from(298), (Sequences{298, 299, 300}));
  EXPECT_EQ(read_from(255, 3), (Sequences{255, 256, 257}));
  EXPECT_EQ(read_from(0, 1), Sequences{1});
  EXPECT_EQ(read_from(301), Sequences());
}

TEST_F(EventLogTest, GetsOneRecord) {
  append_committed(1, 2);
  auto txn = environment_->read();
  EXPECT_EQ(**log_->get(*txn, 2), "event 2");
  EXPECT_FALSE(log_->get(*txn, 3)->has_value());
}

TEST_F(EventLogTest, AnUndoneAppendDoesNotMoveTheHead) {
  append_committed(1, 3);
  {
    auto txn = environment_->write();
    ASSERT_TRUE(log_->append(*txn, 4, "undone").ok());
    EXPECT_EQ(*log_->head(*txn), 4U);
  }
  EXPECT_EQ(head(), 3U);
  append_committed(4, 4);
  EXPECT_EQ(read_from(4), Sequences{4});
}

TEST_F(EventLogTest, TrimmingErasesTheOldestAndSparesTheHead) {
  append_committed(1, 10);
  EXPECT_EQ(trim_committed(5, 100), 4U);
  EXPECT_EQ(first(), 5U);
  EXPECT_EQ(trim_committed(5, 100), 0U);
  EXPECT_EQ(trim_committed(0, 100), 0U);
  EXPECT_EQ(trim_committed(9, 2), 2U);
  EXPECT_EQ(first(), 7U);
  EXPECT_EQ(trim_committed(UINT64_MAX, UINT64_MAX), 3U);
  EXPECT_EQ(first(), 10U);
  EXPECT_EQ(head(), 10U);
  EXPECT_EQ(read_from(1), Sequences{10});
  EXPECT_EQ(trim_committed(UINT64_MAX, UINT64_MAX), 0U);
  append_committed(11, 11);
  EXPECT_EQ(read_from(3), (Sequences{10, 11}));
}

TEST_F(EventLogTest, HeadAndFirstSurviveReopening) {
  append_committed(1, 10);
  trim_committed(100, 100);
  log_.reset();
  close();
  SetUp();
  EXPECT_EQ(head(), 10U);
  EXPECT_EQ(first(), 10U);
}

TEST_F(EventLogTest, AppendingAnythingButTheNextIsOurMistake) {
  append_committed(1, 3);
  auto txn = environment_->write();
  EXPECT_DEATH((void)log_->append(*txn, 3, ""), "sequence");
  EXPECT_DEATH((void)log_->append(*txn, 5, ""), "sequence");
  EXPECT_DEATH((void)log_->append(*txn, 0, ""), "sequence");
  EXPECT_TRUE(log_->append(*txn, 4, "").ok());
}

TEST_F(EventLogTest, AHoleIsDamage) {
  append_committed(1, 5);
  {
    auto txn = environment_->write();
    ASSERT_TRUE(*txn->erase(log_->table(), make_key(uint64_t{3})));
    ASSERT_TRUE(txn->commit().ok());
  }
  auto txn = environment_->read();
  auto all = [](uint64_t, std::string_view) { return true; };
  EXPECT_EQ(log_->read(*txn, 1, all).error().code, ErrorCode::corrupt);
  EXPECT_EQ(log_->read(*txn, 3, all).error().code, ErrorCode::corrupt);
  EXPECT_TRUE(log_->read(*txn, 4, all).ok());
}

}  // namespace
}  // namespace jieban
