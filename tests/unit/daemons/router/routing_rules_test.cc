// Goal: the rule that wins is the one that a reader of the file expects.
#include "daemons/router/routing_rules.h"

#include "tests/unit/daemons/router/router_fixture.h"

namespace jieban {
namespace {

RouterRules rules_of(std::vector<RoutingRule> rules) {
  RouterRules all = router_rules();
  all.rules = std::move(rules);
  return all;
}

std::string winner(const RouterRules& rules, const std::string& category,
                   const std::string& community = "", std::vector<std::string> keywords = {}) {
  const RoutingRule* rule = route(rules, category, community, keywords);
  return rule == nullptr ? "" : rule->id;
}

TEST(RoutingRules, ACategoryPrefixEndsWhereALevelEnds) {
  EXPECT_TRUE(is_category_prefix("城市管理>违法建设", "城市管理>违法建设>新建"));
  EXPECT_TRUE(is_category_prefix("城市管理>违法建设", "城市管理>违法建设"));
  EXPECT_TRUE(is_category_prefix("", "城市管理"));
  EXPECT_FALSE(is_category_prefix("城市管理>违法建设", "城市管理>违法建设物"));
  EXPECT_FALSE(is_category_prefix("城市管理>违法建设", "城市管理"));
}

TEST(RoutingRules, TheHighestPriorityWinsWhereverItStands) {
  auto low = routing_rule("low", 1, "甲>乙>丙", "u");
  auto high = routing_rule("high", 2, "甲", "u");
  EXPECT_EQ(winner(rules_of({low, high}), "甲>乙>丙"), "high");
  EXPECT_EQ(winner(rules_of({high, low}), "甲>乙>丙"), "high");
}

TEST(RoutingRules, AmongEqualsTheLongerCategoryWinsThenTheEarlierLine) {
  auto near = routing_rule("near", 1, "甲>乙", "u");
  auto far = routing_rule("far", 1, "甲", "u");
  EXPECT_EQ(winner(rules_of({far, near}), "甲>乙"), "near");
  auto twin = routing_rule("twin", 1, "甲>乙", "u");
  EXPECT_EQ(winner(rules_of({near, twin}), "甲>乙"), "near");
  EXPECT_EQ(winner(rules_of({twin, near}), "甲>乙"), "twin");
}

TEST(RoutingRules, EachConditionThatARuleHasMustHold) {
  auto rule = routing_rule("r", 1, "甲", "u");
  rule.community = "真武庙社区";
  rule.keywords = {"油烟", "烧烤"};
  RouterRules rules = rules_of({rule});
  EXPECT_EQ(winner(rules, "甲>乙", "真武庙社区", {"烧烤"}), "r");
  EXPECT_EQ(winner(rules, "甲>乙", "真武庙社区", {"噪声"}), "");
  EXPECT_EQ(winner(rules, "甲>乙", "真武庙社区"), "");
  EXPECT_EQ(winner(rules, "甲>乙", "三里河社区", {"烧烤"}), "");
  EXPECT_EQ(winner(rules, "丙", "真武庙社区", {"烧烤"}), "");
}

TEST(RoutingRules, NothingMatchesNothing) {
  EXPECT_EQ(winner(rules_of({routing_rule("r", 1, "甲", "u")}), ""), "");
  EXPECT_EQ(winner(rules_of({}), "甲"), "");
}

TEST(RoutingRules, TheCitysOwnEmergencyComesBeforeAllClassRules) {
  RoutedFacts facts;
  facts.category = "公共服务>供暖";
  facts.urgency = "emergency";
  ClassDecision decision = classify(router_rules(), facts);
  EXPECT_EQ(decision.order_class, "emergency");
  EXPECT_EQ(decision.rule, "imported");
  facts.urgency = "urgent";
  EXPECT_EQ(classify(router_rules(), facts).order_class, "utility");
}

TEST(RoutingRules, TheFirstClassRuleWhoseConditionsHoldDecides) {
  RouterRules rules = router_rules();
  rules.class_rules = {{std::nullopt, "emergency", std::nullopt, "emergency"},
                       {"政务", std::nullopt, "consult", "consult"},
                       {"政务", std::nullopt, std::nullopt, "complex"}};
  RoutedFacts facts;
  facts.category = "政务>办事";
  facts.order_type = "consult";
  EXPECT_EQ(classify(rules, facts).rule, "class_rules[1]");
  facts.order_type = "complaint";
  EXPECT_EQ(classify(rules, facts).order_class, "complex");
  facts.keyword_groups = {"routing", "emergency"};
  EXPECT_EQ(classify(rules, facts).rule, "class_rules[0]");
  facts = {};
  EXPECT_EQ(classify(rules, facts).order_class, "general");
  EXPECT_EQ(classify(rules, facts).rule, "default");
}

}  // namespace
}  // namespace jieban
