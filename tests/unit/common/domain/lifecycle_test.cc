// The table is whole: every state is reached and has a way on, names are unique and known, and
// nothing is allowed beside the rows.
#include "common/domain/lifecycle.h"

#include <gtest/gtest.h>

#include <set>
#include <vector>

#include "common/base/bytes.h"

namespace jieban {
namespace {

TEST(Lifecycle, AnOrderWalksFromSigningToCompletion) {
  OrderState state = OrderState::new_order;
  for (std::string_view command : {"sign", "dispatch", "accept", "hand_in", "submit", "complete"}) {
    const Transition* row = find_transition(state, command);
    ASSERT_NE(row, nullptr) << command;
    EXPECT_NE(row->to, state);
    state = row->to;
  }
  EXPECT_EQ(state, OrderState::completed);
}

TEST(Lifecycle, HandingInWithoutAcceptingIsAllowed) {
  const Transition* row = find_transition(OrderState::dispatched, "hand_in");
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(row->to, OrderState::auditing);
}

TEST(Lifecycle, WhatIsNotInTheTableIsNotAllowed) {
  EXPECT_EQ(find_transition(OrderState::new_order, "dispatch"), nullptr);
  EXPECT_EQ(find_transition(OrderState::new_order, "complete"), nullptr);
  EXPECT_EQ(find_transition(OrderState::signed_in, "sign"), nullptr);
  EXPECT_EQ(find_transition(OrderState::new_order, "SIGN"), nullptr);
  EXPECT_EQ(find_transition(OrderState::new_order, ""), nullptr);
}

TEST(Lifecycle, CompletedIsTheEnd) {
  for (const Transition& row : lifecycle()) {
    EXPECT_NE(row.from, OrderState::completed) << row.command;
    EXPECT_EQ(find_transition(OrderState::completed, row.command), nullptr);
  }
}

TEST(Lifecycle, EveryStateIsReachedAndAllButTheLastLeadOn) {
  std::set<OrderState> reached = {OrderState::new_order};
  std::set<OrderState> left;
  for (const Transition& row : lifecycle()) {
    reached.insert(row.to);
    left.insert(row.from);
  }
  EXPECT_EQ(reached.size(), all_order_states().size());
  EXPECT_EQ(left.size(), all_order_states().size() - 1);
}

TEST(Lifecycle, ACommandInAStateHasOneRowAndOneMeaning) {
  std::set<std::pair<OrderState, std::string_view>> seen;
  for (const Transition& row : lifecycle()) {
    EXPECT_TRUE(seen.emplace(row.from, row.command).second) << row.command;
    EXPECT_EQ(find_transition(row.from, row.command), &row);
    EXPECT_TRUE(row.topic.starts_with("order.")) << row.topic;
    EXPECT_EQ(command_chinese(row.command), row.chinese) << "one command, one name";
  }
}

TEST(Lifecycle, OnlyDispatchingNeedsAUnit) {
  for (const Transition& row : lifecycle()) {
    EXPECT_EQ(row.guard == Guard::needs_unit, row.command == "dispatch") << row.command;
  }
}

TEST(Lifecycle, StateNamesAreUniqueAndReadBack) {
  std::set<std::string_view> names;
  for (OrderState state : all_order_states()) {
    EXPECT_TRUE(names.insert(to_string(state)).second);
    EXPECT_TRUE(names.insert(to_chinese(state)).second);
    EXPECT_TRUE(is_utf8(to_chinese(state)));
    OrderState read = OrderState::completed;
    ASSERT_TRUE(from_string(to_string(state), read));
    EXPECT_EQ(read, state);
  }
}

TEST(Lifecycle, UnknownStateNamesAreRefusedAndLeaveTheTargetAlone) {
  OrderState state = OrderState::handling;
  for (std::string_view text : {"", "new", "NEW ", "CLOSED", "待签收"}) {
    EXPECT_FALSE(from_string(text, state)) << text;
    EXPECT_EQ(state, OrderState::handling);
  }
}

TEST(Lifecycle, ARefusalCanNameTheStatesThatWouldAllowIt) {
  EXPECT_EQ(states_allowing("hand_in"), "已派单、办理中");
  EXPECT_EQ(states_allowing("sign"), "待签收");
  EXPECT_EQ(states_allowing("fly"), "");
}

TEST(Lifecycle, KnownCommandsAreToldFromUnknownOnes) {
  EXPECT_TRUE(is_command("sign"));
  EXPECT_EQ(command_chinese("sign"), "签收");
  EXPECT_FALSE(is_command("fly"));
  EXPECT_FALSE(is_command(""));
  EXPECT_EQ(command_chinese("fly"), "");
}

}  // namespace
}  // namespace jieban
