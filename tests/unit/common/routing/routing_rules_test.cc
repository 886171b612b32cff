// Goal: what is left out of the rules has the defaults of the trade.
#include "common/routing/routing_rules.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

TEST(RoutingRules, WithoutAPolicyTheDefaultsHold) {
  const RouterRules rules;
  EXPECT_EQ(policy_of(rules).bounce_cap, 2U);
  EXPECT_TRUE(repeat_policy_of(rules).link);
  EXPECT_EQ(Duration(repeat_policy_of(rules).repeat_window), std::chrono::hours(30 * 24));
  EXPECT_EQ(Duration(repeat_policy_of(rules).cluster_window), std::chrono::hours(7 * 24));
  EXPECT_TRUE(not_ours_waits(rules));
}

TEST(RoutingRules, ThePolicysOwnFiguresComeFirst) {
  RouterRules rules;
  RouterPolicy& policy = rules.policy.emplace();
  EXPECT_TRUE(repeat_policy_of(rules).link) << "of an older policy, which does not name them";
  EXPECT_TRUE(not_ours_waits(rules));
  policy.repeats = RepeatPolicy{false, 1, 2};
  policy.not_ours_waits = false;
  policy.return_window_minutes["general"] = 5;
  EXPECT_FALSE(repeat_policy_of(rules).link);
  EXPECT_FALSE(not_ours_waits(rules));
  EXPECT_EQ(return_window(policy, "general"), std::chrono::minutes(5));
  EXPECT_EQ(return_window(policy, "emergency"), std::chrono::minutes(30));
  EXPECT_EQ(extension_length(policy, "a class of a street's own"), std::chrono::hours(7 * 24));
}

TEST(RoutingRules, TheRulesOwnContactGoesBeforeThatOfTheUnit) {
  RouterRules rules;
  RoutingRule rule;
  rule.lead_unit = "office";
  EXPECT_EQ(contact_of(rules, &rule, "office"), nullptr);
  rules.directory.emplace().units = {{"office", "办公室", "office", "总机"}};
  EXPECT_EQ(*contact_of(rules, &rule, "office"), "总机");
  EXPECT_EQ(*contact_of(rules, nullptr, "office"), "总机");
  EXPECT_EQ(contact_of(rules, nullptr, "nobody"), nullptr);
  rule.contact = "值班室";
  EXPECT_EQ(*contact_of(rules, &rule, "office"), "值班室");
}

}  // namespace
}  // namespace jieban
