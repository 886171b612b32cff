// Goal: the table leaves no clock that starts without an end, and none on an order that has left.
#include "common/clocks/clock_table.h"

#include <gtest/gtest.h>

#include <set>

namespace jieban {
namespace {

TEST(ClockTable, EveryTopicHasOneRow) {
  std::set<std::string_view> topics;
  for (const TopicRow& row : clock_table()) {
    EXPECT_TRUE(topics.insert(row.topic).second) << row.topic;
    EXPECT_EQ(find_topic(row.topic), &row);
  }
  EXPECT_EQ(find_topic("order.accepted"), nullptr);
  EXPECT_EQ(find_topic("order.flagged"), nullptr);
}

TEST(ClockTable, WhatIsStartedCanBeStopped) {
  for (ClockKind kind : kClockKinds) {
    size_t stops = 0;
    for (const TopicRow& row : clock_table()) stops += row.stops.has(kind) ? 1 : 0;
    EXPECT_GE(stops, 1U) << to_string(kind);
  }
}

TEST(ClockTable, NoRowStartsWhatItEnds) {
  for (const TopicRow& row : clock_table()) {
    EXPECT_TRUE((row.stops & row.starts).empty()) << row.topic;
    EXPECT_TRUE((row.cancels & row.starts).empty()) << row.topic;
    EXPECT_TRUE((row.stops & row.cancels).empty()) << row.topic;
  }
}

TEST(ClockTable, WhatLeavesTheStreetTakesAllItsClocks) {
  size_t last = 0;
  for (const TopicRow& row : clock_table()) {
    if (!row.last) continue;
    ++last;
    EXPECT_TRUE(row.starts.empty()) << row.topic;
    for (ClockKind kind : kClockKinds) EXPECT_TRUE(row.cancels.has(kind)) << row.topic;
  }
  EXPECT_EQ(last, 2U);  // returned, cancelled
  const TopicRow* closed = find_topic("order.closed");
  for (ClockKind kind : kClockKinds) {
    EXPECT_EQ(closed->cancels.has(kind), kind != ClockKind::review) << to_string(kind);
  }
}

}  // namespace
}  // namespace jieban
