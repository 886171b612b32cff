// Goal: whoever asked hears the outcome, whether it came before or after the question.
#include "daemons/receiver/outcome_board.h"

#include <gtest/gtest.h>

#include <thread>

namespace jieban {
namespace {

CommandOutcome outcome_of(uint64_t sequence) {
  CommandOutcome outcome;
  outcome.sequence = sequence;
  outcome.outcome = "done";
  return outcome;
}

TEST(OutcomeBoard, AnOutcomeThatCameFirstIsThere) {
  OutcomeBoard board;
  board.post(outcome_of(7));
  auto got = board.wait(7, Duration(0));
  ASSERT_TRUE(got.has_value());
  EXPECT_EQ(got->outcome, "done");
  EXPECT_FALSE(board.wait(7, Duration(0)).has_value());
}

TEST(OutcomeBoard, AWaiterIsWokenByItsOwnOutcomeOnly) {
  OutcomeBoard board;
  std::optional<CommandOutcome> got;
  std::thread waiter([&] { got = board.wait(7, std::chrono::seconds(30)); });
  board.post(outcome_of(6));
  board.post(outcome_of(7));
  waiter.join();
  ASSERT_TRUE(got.has_value());
  EXPECT_EQ(got->sequence, 7U);
  EXPECT_TRUE(board.wait(6, Duration(0)).has_value());
}

TEST(OutcomeBoard, WhoeverIsNotAnsweredInTimeGoesAway) {
  OutcomeBoard board;
  EXPECT_FALSE(board.wait(1, std::chrono::milliseconds(1)).has_value());
}

TEST(OutcomeBoard, TheOldestGoWhenThereAreTooMany) {
  OutcomeBoard board;
  for (uint64_t sequence = 1; sequence <= 4097; ++sequence) board.post(outcome_of(sequence));
  EXPECT_FALSE(board.wait(1, Duration(0)).has_value());
  EXPECT_TRUE(board.wait(2, Duration(0)).has_value());
  EXPECT_TRUE(board.wait(4097, Duration(0)).has_value());
}

}  // namespace
}  // namespace jieban
