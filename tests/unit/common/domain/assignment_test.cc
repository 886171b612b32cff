// Names of roles and states read back, and what is open is what somebody still works on.
#include "common/domain/assignment.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

TEST(Assignment, NamesReadBack) {
  for (int i = 0; i < 4; ++i) {
    AssignmentRole read{};
    ASSERT_TRUE(from_string(to_string(AssignmentRole(i)), read));
    EXPECT_EQ(read, AssignmentRole(i));
    EXPECT_FALSE(to_chinese(read).empty());
  }
  for (int i = 0; i < 5; ++i) {
    AssignmentState read{};
    ASSERT_TRUE(from_string(to_string(AssignmentState(i)), read));
    EXPECT_EQ(read, AssignmentState(i));
    EXPECT_FALSE(to_chinese(read).empty());
  }
  AssignmentState state = AssignmentState::done;
  EXPECT_FALSE(from_string("pending", state));
  EXPECT_EQ(state, AssignmentState::done);
}

TEST(Assignment, OnlyPendingAndAcceptedAreOpen) {
  using enum AssignmentState;
  for (AssignmentState state : {pending, accepted})
    EXPECT_TRUE((Assignment{"a", {}, state}.is_open()));
  for (AssignmentState state : {done, bounced, replaced}) {
    EXPECT_FALSE((Assignment{"a", {}, state}.is_open()));
  }
}

}  // namespace
}  // namespace jieban
