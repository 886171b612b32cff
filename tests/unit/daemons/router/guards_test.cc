// Goal: the table of checks is whole, and the first thing that is wrong is what is said.
#include "daemons/router/guards.h"

#include "tests/unit/daemons/router/walks.h"

namespace jieban {
namespace {

const CommandRule& rule_of(std::string_view command) {
  for (const CommandRule& rule : command_rules()) {
    if (rule.command == command) return rule;
  }
  check_failed(__FILE__, __LINE__, "a command");
}

TEST(Guards, EveryGuardHasACheck) {
  for (const GuardText& text : guard_texts()) EXPECT_NE(check_of(text.guard), nullptr);
}

TEST(Guards, TheFirstOneThatDoesNotHoldIsTold) {
  RouterOrder order;
  OrderCourse course;
  course.bounce_count = 2;
  CommandRequest request;
  RouterRules rules;
  std::string actor = "li";
  GuardContext context{order, course, request, rules, actor, Role::seat, Timestamp()};
  auto unmet = first_unmet(rule_of("dispatch"), context);
  ASSERT_TRUE(unmet.has_value());
  EXPECT_EQ(unmet->code, "unit_missing");
  request.arguments["lead_unit"] = "police";
  unmet = first_unmet(rule_of("dispatch"), context);
  ASSERT_TRUE(unmet.has_value());
  EXPECT_EQ(unmet->code, "bounce_cap");
  EXPECT_NE(unmet->reason.find("已退回 2 次"), std::string::npos) << unmet->reason;
  request.arguments["round"] = "x";
  EXPECT_EQ(first_unmet(rule_of("dispatch"), context)->code, "argument");
  request.arguments.erase("round");
  course.bounce_count = 1;
  EXPECT_FALSE(first_unmet(rule_of("dispatch"), context).has_value());
}

}  // namespace
}  // namespace jieban
