// The board follows the streams: states, running deadlines, counts.
#include "tools/player/board.h"

#include <gtest/gtest.h>

#include "common/json/json.h"

namespace jieban {
namespace {

Timestamp minute(int64_t number) { return from_micros(number * 60'000'000); }

SeenEvent told(const std::string& json) { return read_event(*parse_json(json)); }

SeenEvent clock(const std::string& change, int64_t deadline) {
  return told(R"({"topic":"clock.changed","at":"2026-03-10 08:00:00","payload":{"order_no":"a",
                  "changes":[{"clock":"sign","change":")" +
              change + R"(","deadline":)" + std::to_string(to_micros(minute(deadline))) + "}]}}");
}

TEST(Board, AnEventIsReadAsTheStreamTellsIt) {
  const SeenEvent seen = told(
      R"({"sequence":7,"topic":"order.signed","at":"2026-03-10 08:00:00",
          "payload":{"order_no":"a","from":"NEW","to":"SIGNED"}})");
  EXPECT_EQ(seen.topic, "order.signed");
  EXPECT_EQ(seen.order_no, "a");
  EXPECT_EQ(format_local(seen.at), "2026-03-10 08:00:00");
}

TEST(Board, OrdersMoveThroughTheirStates) {
  Board board;
  board.apply(
      told(R"({"topic":"order.opened","payload":{"order_no":"a","order_class":"utility"}})"));
  EXPECT_EQ(board.by_state().at(OrderState::new_order), 1);
  EXPECT_EQ(board.by_class().at("utility"), 1);
  board.apply(told(R"({"topic":"order.completed","payload":{"order_no":"a",)"
                   R"("from":"SUBMITTED","to":"COMPLETED"}})"));
  EXPECT_EQ(board.by_state().at(OrderState::completed), 1);
  EXPECT_TRUE(board.all_completed({"a"}));
  EXPECT_FALSE(board.all_completed({"a", "b"}));
}

TEST(Board, DeadlinesRunMoveAndEnd) {
  Board board;
  board.apply(clock("started", 10));
  ASSERT_EQ(board.next_deadlines(minute(1), 3).size(), 1u);
  EXPECT_EQ(board.next_deadlines(minute(1), 3)[0].at, minute(10));
  EXPECT_TRUE(board.next_deadlines(minute(11), 3).empty());
  board.apply(clock("moved", 20));
  ASSERT_EQ(board.next_deadlines(minute(1), 3).size(), 1u);
  EXPECT_EQ(board.next_deadlines(minute(1), 3)[0].at, minute(20));
  board.apply(clock("met", 20));
  EXPECT_TRUE(board.next_deadlines(minute(1), 3).empty());
}

TEST(Board, TopicsAreCounted) {
  Board board;
  board.apply(told(R"({"topic":"deadline.warned","payload":{"order_no":"a"}})"));
  board.apply(told(R"({"topic":"deadline.warned","payload":{"order_no":"b"}})"));
  EXPECT_EQ(board.count("deadline.warned"), 2);
  EXPECT_EQ(board.count("deadline.breached"), 0);
}

}  // namespace
}  // namespace jieban
