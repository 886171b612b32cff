// Every state has names that are unique and read back; sets of states are what they say.
#include "common/domain/order_state.h"

#include <gtest/gtest.h>

#include <set>

#include "common/base/bytes.h"

namespace jieban {
namespace {

TEST(OrderState, NamesAreUniqueAndReadBack) {
  std::set<std::string_view> names;
  for (OrderState state : all_order_states()) {
    EXPECT_TRUE(names.insert(to_string(state)).second);
    EXPECT_TRUE(names.insert(to_chinese(state)).second);
    EXPECT_TRUE(is_utf8(to_chinese(state)));
    OrderState read = OrderState::completed;
    ASSERT_TRUE(from_string(to_string(state), read));
    EXPECT_EQ(read, state);
  }
  EXPECT_EQ(names.size(), 2 * kOrderStateCount);
}

TEST(OrderState, UnknownNamesAreRefusedAndLeaveTheTargetAlone) {
  OrderState state = OrderState::handling;
  for (std::string_view text : {"", "new", "NEW ", "DONE", "待签收"}) {
    EXPECT_FALSE(from_string(text, state)) << text;
    EXPECT_EQ(state, OrderState::handling);
  }
}

TEST(OrderState, AStateIsLiveOrTerminal) {
  for (OrderState state : all_order_states()) {
    EXPECT_NE(kLiveStates.has(state), is_terminal(state)) << to_string(state);
  }
  EXPECT_TRUE(is_terminal(OrderState::returned));
  EXPECT_FALSE(is_terminal(OrderState::completed));
}

TEST(StateSet, HasWhatWasPutInAndNothingElse) {
  constexpr StateSet kSome = {OrderState::dispatched, OrderState::handling};
  EXPECT_TRUE(kSome.has(OrderState::handling));
  EXPECT_FALSE(kSome.has(OrderState::auditing));
  EXPECT_EQ(kSome.without(OrderState::handling), StateSet(OrderState::dispatched));
  EXPECT_EQ(to_chinese(kSome), "已派单、办理中");
  EXPECT_EQ(to_chinese(StateSet()), "");
}

}  // namespace
}  // namespace jieban
