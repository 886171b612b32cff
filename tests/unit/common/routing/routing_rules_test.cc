// Goal: what is left out of the rules has the defaults of the trade.
#include "common/routing/routing_rules.h"

#include <gtest/gtest.h>

#include "common/clocks/extension.h"
#include "common/wire/payload.h"

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
  EXPECT_FALSE(repeat_policy_of(rules).link);
  EXPECT_FALSE(not_ours_waits(rules));
}

// As they were loaded before clocks.yaml said it.
TEST(RoutingRules, WithoutAClassTableTheOldFiguresHold) {
  RouterRules rules;
  RouterPolicy& policy = rules.policy.emplace();
  policy.return_window_minutes["general"] = 5;
  policy.extension_hours["general"] = 9;
  policy.extension_max = 3;
  const ClassRules general = clock_rules_of(rules, "general");
  EXPECT_EQ(Duration(general.return_window->span), std::chrono::minutes(5));
  EXPECT_EQ(extension_length(general), std::chrono::hours(9));
  EXPECT_EQ(general.extension.count, 3U);
  EXPECT_TRUE(general.may_pause(PauseReason::court));
  const ClassRules emergency = clock_rules_of(rules, "emergency");
  EXPECT_EQ(Duration(emergency.return_window->span), std::chrono::minutes(30));
  EXPECT_EQ(extension_length(emergency), std::chrono::hours(2));
  EXPECT_EQ(extension_length(clock_rules_of(rules, "a class of a street's own")),
            std::chrono::hours(7 * 24));
  EXPECT_EQ(class_rules_of(rules, "general"), nullptr);
}

TEST(RoutingRules, AClassTableSaysAllThatMayBeDoneToAClock) {
  RouterRules rules;
  rules.policy.emplace().extension_hours["general"] = 9;
  ClassRules& general = rules.classes.emplace()["general"];
  general.extension = {.count = 2, .length = 7};
  general.pauses = {PauseReason::court};
  const ClassRules found = clock_rules_of(rules, "general");
  EXPECT_EQ(extension_length(found), Duration(7));
  EXPECT_EQ(found.extension.count, 2U);
  EXPECT_FALSE(found.return_window.has_value()) << "a clock that is left out does not run";
  EXPECT_TRUE(found.may_pause(PauseReason::court));
  EXPECT_FALSE(found.may_pause(PauseReason::awaiting_caller));
  EXPECT_TRUE(clock_rules_of(rules, "another").pauses.empty());
  EXPECT_NE(class_rules_of(rules, "general"), nullptr);
  EXPECT_EQ(class_rules_of(rules, "another"), nullptr);
}

// A store's rules event from before has neither classes nor a calendar.
struct RulesBefore {
  std::string version = "6";
  bool sign_automatically = false;
  bool dispatch_automatically = true;
  std::string default_queue = "leader";
  std::vector<RoutingRule> rules;
  std::vector<ClassRule> class_rules;
  std::optional<RouterPolicy> policy = RouterPolicy();

  template <class Visit>
  static void fields(Visit& visit) {
    visit("version", &RulesBefore::version);
    visit("sign_automatically", &RulesBefore::sign_automatically);
    visit("dispatch_automatically", &RulesBefore::dispatch_automatically);
    visit("default_queue", &RulesBefore::default_queue);
    visit("rules", &RulesBefore::rules);
    visit("class_rules", &RulesBefore::class_rules);
    visit("policy", &RulesBefore::policy);
  }
};

TEST(RoutingRules, RulesThatWereRecordedBeforeAreStillRead) {
  RulesBefore before;
  before.policy->return_window_minutes["general"] = 5;
  auto rules = decode_payload<RouterRules>(encode_payload(before));
  ASSERT_TRUE(rules.ok()) << rules.error().message;
  EXPECT_FALSE(rules->classes.has_value());
  EXPECT_EQ(Duration(clock_rules_of(*rules, "general").return_window->span),
            std::chrono::minutes(5));
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
