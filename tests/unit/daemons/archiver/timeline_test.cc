// Goal: an order's timeline names each of its records once, in the order of their time, however
// many there are and however late they come.
#include "daemons/archiver/timeline.h"

#include <random>

#include "common/store/key.h"
#include "tests/unit/daemons/archiver/day.h"

namespace jieban {
namespace {

using namespace archiver_test;

Event event_at(uint64_t seconds, const std::string& stream, uint64_t sequence) {
  Event event;
  event.stream = stream;
  event.sequence = sequence;
  event.order_id = 7;
  event.occurred_at = from_micros(0) + std::chrono::seconds(seconds);
  return event;
}

// The time of record N is its own number unless a test wants otherwise.
class Book {
 public:
  Result<void> add(const Event& event, uint64_t number) {
    auto txn = place_.fold->environment().write();
    const auto& tables = place_.core.tables();
    std::string key = make_key(event.order_id);
    auto known = tables.orders.edit(*txn, key);
    OrderSummary& row = *known != nullptr ? **known : tables.orders.add(*txn, key, {});
    if (!row.timeline) row.timeline.emplace();
    RETURN_IF_ERROR(add_to_timeline(*txn, tables, event, number, row.timeline->data));
    return txn->commit();
  }
  std::vector<uint64_t> numbers(uint64_t order_id = 7, size_t count_max = SIZE_MAX) const {
    auto txn = place_.fold->environment().read();
    auto found = timeline_of(*txn, place_.core.tables(), order_id, count_max);
    EXPECT_TRUE(found.ok());
    return *found;
  }
  uint64_t moved_rows() const {
    auto txn = place_.fold->environment().read();
    return *txn->count(place_.core.tables().timelines);
  }
  Archive archive() const { return place_.archive(); }

 private:
  Place place_;
};

TEST(Timeline, AtOneInstantCausesSortBeforeEffects) {
  std::string before;
  for (const char* stream : {"1.receiver", "1.router", "1.sla-watcher", "1.notifier", "1.other"}) {
    std::string entry = timeline_entry(event_at(5, stream, 9), 1);
    EXPECT_LT(before, entry);
    before = entry;
  }
}

TEST(Timeline, IsInTheOrderOfTimeWhateverCameFirst) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  std::vector<uint64_t> expected(200);
  for (uint64_t i = 0; i < expected.size(); ++i) expected[i] = i + 1;
  std::vector<uint64_t> arriving = expected;
  std::ranges::shuffle(arriving, random);
  Book book;
  for (uint64_t number : arriving) {
    ASSERT_TRUE(book.add(event_at(number, "1.router", number), number).ok());
  }
  EXPECT_EQ(book.numbers(), expected);
  EXPECT_EQ(book.moved_rows(), (expected.size() - 1) / kTimelineInRow);
  EXPECT_EQ(book.numbers(7, 3), (std::vector<uint64_t>{1, 2, 3}));
  EXPECT_TRUE(book.numbers(8).empty());
}

TEST(Timeline, AnEventOfTheRowThatComesAgainIsAConflict) {
  Book book;
  ASSERT_TRUE(book.add(event_at(1, "1.router", 1), 1).ok());
  ASSERT_TRUE(book.add(event_at(2, "1.router", 2), 2).ok());
  auto again = book.add(event_at(1, "1.router", 1), 3);
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().code, ErrorCode::conflict);
  EXPECT_EQ(book.numbers(), (std::vector<uint64_t>{1, 2}));
}

TEST(Timeline, WhatConcernsNoOrderGrowsNoRow) {
  Book book;
  for (uint64_t number = 1; number <= 100; ++number) {
    Event event = event_at(number, "1.router", number);
    event.order_id = 0;
    ASSERT_TRUE(book.add(event, number).ok());
  }
  EXPECT_EQ(book.numbers(0).size(), 100U);
  EXPECT_EQ(book.moved_rows(), 100U);
}

TEST(Timeline, EveryNumberIsVisited) {
  Book book;
  for (uint64_t number = 1; number <= 70; ++number) {
    ASSERT_TRUE(book.add(event_at(number, "1.router", number), number).ok());
  }
  std::vector<uint64_t> visited;
  ASSERT_TRUE(
      visit_timelines(book.archive(), [&](uint64_t number) { visited.push_back(number); }).ok());
  std::ranges::sort(visited);
  EXPECT_EQ(visited, book.numbers());
}

TEST(Timeline, OneThatIsCutOffIsCorrupt) {
  Book book;
  ASSERT_TRUE(book.add(event_at(1, "1.router", 1), 1).ok());
  Place place;
  {
    auto txn = place.fold->environment().write();
    OrderSummary row;
    row.timeline = Bytes{timeline_entry(event_at(1, "1.router", 1), 1).substr(1)};
    ASSERT_TRUE(place.core.tables().orders.put(*txn, make_key(uint64_t{7}), row).ok());
    ASSERT_TRUE(txn->commit().ok());
  }
  auto txn = place.fold->environment().read();
  EXPECT_EQ(timeline_of(*txn, place.core.tables(), 7).error().code, ErrorCode::corrupt);
  EXPECT_EQ(visit_timelines(place.archive(), [](uint64_t) {}).error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace jieban
