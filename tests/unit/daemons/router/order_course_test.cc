// Goal: assignments keep their history, only open ones are work, and nothing grows without bound.
#include "daemons/router/order_course.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

using enum AssignmentState;

RouterOrder dispatched_order() {
  RouterOrder order;
  order.lead_unit = "a";
  order.assist_units = {{"b", "c"}};
  return order;
}

TEST(OrderCourse, TheDispatchMovesIntoTheCourseOnce) {
  RouterOrder order = dispatched_order();
  OrderCourse course;
  spread_assignments(order, course);
  spread_assignments(order, course);
  ASSERT_EQ(course.assignments.size(), 3U);
  EXPECT_EQ(course.assignments[0], (Assignment{"a", AssignmentRole::lead, pending}));
  EXPECT_EQ(course.assignments[2], (Assignment{"c", AssignmentRole::assist, pending}));
  EXPECT_FALSE(order.assist_units.has_value());
}

TEST(OrderCourse, AnOrderWithoutAUnitHasNoAssignments) {
  RouterOrder order;
  OrderCourse course;
  spread_assignments(order, course);
  EXPECT_TRUE(course.assignments.empty());
  set_lead(course, accepted);
  EXPECT_EQ(open_assignment(course, "a"), nullptr);
}

TEST(OrderCourse, TheLastLeadIsMeantAndReplacingTakesOpenOnesOnly) {
  RouterOrder order = dispatched_order();
  OrderCourse course;
  spread_assignments(order, course);
  set_lead(course, bounced);
  assign(course, "d", AssignmentRole::lead);
  set_lead(course, accepted);
  EXPECT_EQ(course.assignments[0].state, bounced);
  EXPECT_EQ(course.assignments[3].state, accepted);
  replace_open(course, {AssignmentRole::lead});
  EXPECT_EQ(course.assignments[3].state, replaced);
  EXPECT_NE(open_assignment(course, "b"), nullptr);
  replace_all_open(course);
  EXPECT_EQ(open_assignment(course, "b"), nullptr);
  EXPECT_EQ(course.assignments[0].state, bounced);
}

TEST(OrderCourse, HistoryIsBoundedAndOpenWorkIsNeverDropped) {
  OrderCourse course;
  assign(course, "open", AssignmentRole::assist);
  for (size_t i = 0; i < 3 * kHistoryMax; ++i) {
    replace_open(course, {AssignmentRole::lead});
    assign(course, "unit-" + std::to_string(i), AssignmentRole::lead);
  }
  EXPECT_EQ(course.assignments.size(), kHistoryMax);
  EXPECT_NE(open_assignment(course, "open"), nullptr);
}

TEST(OrderCourse, FlagsAreASetAndOnlyTheLastExtensionCanWait) {
  OrderCourse course;
  set_flag(course, "whistled");
  set_flag(course, "hang_up");
  set_flag(course, "whistled");
  EXPECT_EQ(course.flags, (std::vector<std::string>{"hang_up", "whistled"}));
  clear_flag(course, "whistled");
  EXPECT_FALSE(has_flag(course, "whistled"));
  EXPECT_EQ(pending_extension(course), nullptr);
  course.extensions.push_back({"li", {}, "requested", {}, {}, {}});
  EXPECT_NE(pending_extension(course), nullptr);
  course.extensions.back().status = "approved";
  EXPECT_EQ(pending_extension(course), nullptr);
}

}  // namespace
}  // namespace jieban
