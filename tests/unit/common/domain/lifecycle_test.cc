// The table is whole: every state is reached and has a way on, names are unique and known, and
// nothing is allowed beside the rows.
#include "common/domain/lifecycle.h"

#include <gtest/gtest.h>

#include <set>
#include <tuple>

namespace jieban {
namespace {

TEST(Lifecycle, AnOrderWalksFromSigningToCompletion) {
  OrderState state = OrderState::new_order;
  for (std::string_view command : {"sign", "dispatch", "accept", "hand_in", "submit", "complete"}) {
    const Transition* row = find_transition(state, command);
    ASSERT_NE(row, nullptr) << command;
    EXPECT_NE(row->to, state);
    state = *row->to;
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

TEST(Lifecycle, OnlyAnotherRoundLeadsOutOfATerminalState) {
  for (const Transition& row : lifecycle()) {
    if (!is_terminal(row.from) || row.to == row.from) continue;
    EXPECT_EQ(row.command, "again");
    EXPECT_EQ(row.from, OrderState::closed);
  }
}

TEST(Lifecycle, EveryStateIsReachedAndAllButTheTerminalOnesLeadOn) {
  std::set<OrderState> reached = {OrderState::new_order};
  std::set<OrderState> left;
  for (const Transition& row : lifecycle()) {
    if (row.to) reached.insert(*row.to);
    if (row.to != row.from) left.insert(row.from);
  }
  EXPECT_EQ(reached.size(), all_order_states().size());
  for (OrderState state : all_order_states()) {
    EXPECT_EQ(left.contains(state), state == OrderState::closed || !is_terminal(state));
  }
}

TEST(Lifecycle, EveryLiveOrderCanBeCancelled) {
  for (OrderState state : all_order_states()) {
    EXPECT_EQ(find_transition(state, "cancel") == nullptr, is_terminal(state));
  }
}

TEST(Lifecycle, ACommandInAStateLeadsToOneStateUnlessItSaysWhich) {
  std::set<std::tuple<OrderState, std::string_view, std::optional<OrderState>>> seen;
  for (const Transition& row : lifecycle()) {
    EXPECT_TRUE(seen.emplace(row.from, row.command, row.to).second) << row.command;
    std::string_view choice = row.to ? to_string(*row.to) : std::string_view();
    EXPECT_EQ(find_transition(row.from, row.command, choice), &row);
    EXPECT_TRUE(row.topic.starts_with("order.")) << row.topic;
    EXPECT_EQ(command_chinese(row.command), row.chinese) << "one command, one name";
    EXPECT_TRUE(row.rule->from.has(row.from));
  }
}

TEST(Lifecycle, ARejectedOrderIsDoneAgainOrGoesToTheAudit) {
  EXPECT_EQ(find_transition(OrderState::rejected, "redo")->to, OrderState::handling);
  EXPECT_EQ(find_transition(OrderState::rejected, "redo", "AUDITING")->to, OrderState::auditing);
  EXPECT_EQ(find_transition(OrderState::rejected, "redo", "CLOSED"), nullptr);
  EXPECT_NE(find_transition(OrderState::new_order, "sign", "whatever"), nullptr);
}

TEST(Lifecycle, ARefusedReturnLeadsBackToWhereTheOrderWas) {
  const Transition* row = find_transition(OrderState::return_requested, "return_refused");
  ASSERT_NE(row, nullptr);
  EXPECT_FALSE(row->to.has_value());
}

TEST(Lifecycle, TheOlderWordForCompletionIsTaken) {
  const Transition* row = find_transition(OrderState::submitted, "complete");
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(row->command, "accept_completion");
  EXPECT_EQ(canonical_command("complete"), "accept_completion");
  EXPECT_EQ(command_chinese("complete"), "办结");
}

TEST(Lifecycle, EveryRuleHasRolesAndNoGuardTwice) {
  for (const CommandRule& rule : command_rules()) {
    EXPECT_FALSE(to_string(rule.roles).empty()) << rule.command;
    bool ended = false;
    std::set<Guard> seen;
    for (Guard guard : rule.guards) {
      EXPECT_FALSE(ended && guard != Guard::none) << rule.command;
      ended = ended || guard == Guard::none;
      if (guard == Guard::none) continue;
      EXPECT_TRUE(seen.insert(guard).second) << rule.command;
    }
  }
}

TEST(Lifecycle, EveryGuardGuardsSomething) {
  for (const GuardText& text : guard_texts()) {
    bool used = false;
    for (const CommandRule& rule : command_rules()) used = used || has_guard(rule, text.guard);
    EXPECT_TRUE(used) << text.code;
  }
}

TEST(Lifecycle, WhatTheDeskCouldAskForItStillMay) {
  for (std::string_view command :
       {"sign", "dispatch", "accept", "hand_in", "submit", "accept_completion"}) {
    for (const CommandRule& rule : command_rules()) {
      if (rule.command != command) continue;
      EXPECT_TRUE(rule.roles.has(Role::desk)) << command;
    }
  }
}

TEST(Lifecycle, ALeadersDecisionsAreNotTheDesks) {
  for (std::string_view command : {"request_return", "extend_approved", "lower_class"}) {
    for (const CommandRule& rule : command_rules()) {
      if (rule.command != command) continue;
      EXPECT_FALSE(rule.roles.has(Role::desk)) << command;
      EXPECT_FALSE(rule.roles.has(Role::seat)) << command;
      EXPECT_TRUE(rule.roles.has(Role::team_leader)) << command;
    }
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
