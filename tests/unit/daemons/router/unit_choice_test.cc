// Goal: what the command names comes first, then the rules, then nobody.
#include "daemons/router/unit_choice.h"

#include "tests/unit/daemons/router/router_fixture.h"

namespace jieban {
namespace {

TEST(UnitChoice, ListsAreSplitAtCommas) {
  EXPECT_EQ(split_list("甲,乙"), (std::vector<std::string>{"甲", "乙"}));
  EXPECT_EQ(split_list(",a,,b,"), (std::vector<std::string>{"a", "b"}));
  EXPECT_TRUE(split_list("").empty());
}

TEST(UnitChoice, TheCommandThenTheRulesThenNobody) {
  RouterOrder order;
  order.category = "公共服务>供暖";
  CommandRequest request;
  OrderMove told;
  ASSERT_TRUE(choose_unit(order, &request, router_rules(), Timestamp(), told));
  EXPECT_EQ(told.lead_unit, "heating_company");
  EXPECT_EQ(told.rule, "heating");
  request.arguments = {{"lead_unit", "police"}, {"assist_units", "a,b"}};
  told = {};
  ASSERT_TRUE(choose_unit(order, &request, router_rules(), Timestamp(), told));
  EXPECT_EQ(told.lead_unit, "police");
  EXPECT_EQ(told.assist_units->size(), 2U);
  EXPECT_FALSE(told.rule.has_value());
  order.category = "其他";
  EXPECT_FALSE(choose_unit(order, nullptr, router_rules(), Timestamp(), told));
}

}  // namespace
}  // namespace jieban
