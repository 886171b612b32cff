// Goal: the stage, and the rule, that decide are those that a reader of the files expects; the
// trace says of everything else why it did not.
#include "common/routing/route_decision.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace jieban {
namespace {

constexpr Timestamp kNow = from_micros(1'773'100'800'000'000);  // 2026-03-10 08:00:00

RoutingRule rule_of(const std::string& id, uint64_t priority, std::optional<std::string> category,
                    const std::string& unit = "u") {
  RoutingRule rule;
  rule.id = id;
  rule.priority = priority;
  rule.category = std::move(category);
  rule.lead_unit = unit;
  return rule;
}

RouterRules rules_of(std::vector<RoutingRule> rules) {
  RouterRules all;
  all.version = "7";
  all.default_queue = "team_leader";
  all.rules = std::move(rules);
  all.class_rules = {{"公共服务>供暖", std::nullopt, std::nullopt, "utility"},
                     {std::nullopt, std::nullopt, std::nullopt, "general"}};
  return all;
}

StreetDirectory street() {
  StreetDirectory directory;
  directory.code = "110102007";
  directory.name = "月坛街道";
  directory.district = "西城区";
  directory.communities = {{"110102007003", "月坛社区"}, {"110102007032", "真武庙社区"}};
  directory.units = {{"community", "属地社区居委会", "community"}, {"u", "某办公室", "office"}};
  directory.duties = {{"城市管理", {}}, {"政务服务", {}}};
  directory.community_duties = {{"政务服务>居民证明", {}}};
  NotOursRule telecom;
  telecom.id = "telecom";
  telecom.category = "城市管理>通信";
  telecom.reason = "ENTERPRISE";
  telecom.suggested_unit = "通信运营企业";
  directory.not_ours = {telecom};
  return directory;
}

struct Order {
  std::string category;
  std::string community{};
  std::vector<std::string> keywords{};
  std::vector<std::string> groups{};
  std::string street{};
  std::string urgency{};
  std::string type{};
  Timestamp at = kNow;

  RouteFacts facts() const {
    return {type, category, community, street, urgency, groups, keywords, at};
  }
};

struct Routed {
  RouteDecision decision;
  RouteTrace trace;

  std::string rule() const { return decision.rule == nullptr ? "" : decision.rule->id; }
  // "category" of a rule that the trace has; "" of one that was not tried.
  std::string why(std::string_view id) const {
    for (const TraceRow& row : trace.rows()) {
      if (row.rule == id) return std::string(to_string(row.verdict));
    }
    return "";
  }
};

Routed route(const RouterRules& rules, const Order& order, const RouteLinks& links = {}) {
  Routed routed;
  const RouteFacts facts = order.facts();
  const RouteDecision known = screen(rules, facts, links, routed.trace);
  routed.decision = choose(rules, facts, known, routed.trace);
  NoTrace nobody;
  const RouteDecision quick = choose(rules, facts, screen(rules, facts, links, nobody), nobody);
  EXPECT_EQ(quick.rule, routed.decision.rule) << "the trace changes nothing";
  EXPECT_EQ(quick.why, routed.decision.why);
  EXPECT_EQ(quick.order_class.rule, routed.decision.order_class.rule);
  EXPECT_EQ(quick.suggestion.has_value(), routed.decision.suggestion.has_value());
  return routed;
}

std::string winner(const RouterRules& rules, const Order& order) {
  return route(rules, order).rule();
}

TEST(RouteDecision, TheHighestPriorityWinsWhereverItStands) {
  auto low = rule_of("low", 1, "甲>乙>丙");
  auto high = rule_of("high", 2, "甲");
  EXPECT_EQ(winner(rules_of({low, high}), {"甲>乙>丙"}), "high");
  EXPECT_EQ(winner(rules_of({high, low}), {"甲>乙>丙"}), "high");
}

TEST(RouteDecision, AmongEqualsTheLongerCategoryWinsThenTheEarlierLine) {
  auto near = rule_of("near", 1, "甲>乙");
  auto far = rule_of("far", 1, "甲");
  EXPECT_EQ(winner(rules_of({far, near}), {"甲>乙"}), "near");
  auto twin = rule_of("twin", 1, "甲>乙");
  EXPECT_EQ(winner(rules_of({near, twin}), {"甲>乙"}), "near");
  EXPECT_EQ(winner(rules_of({twin, near}), {"甲>乙"}), "twin");
}

TEST(RouteDecision, EachConditionThatARuleHasMustHold) {
  auto rule = rule_of("r", 1, "甲");
  rule.community = "真武庙社区";
  rule.keywords = {"油烟", "烧烤"};
  const RouterRules rules = rules_of({rule});
  EXPECT_EQ(winner(rules, {"甲>乙", "真武庙社区", {"烧烤"}}), "r");
  EXPECT_EQ(winner(rules, {"甲>乙", "真武庙社区居委会", {"烧烤"}}), "r");
  EXPECT_EQ(route(rules, {"甲>乙", "真武庙社区", {"噪声"}}).why("r"), "keywords");
  EXPECT_EQ(route(rules, {"甲>乙", "三里河社区", {"烧烤"}}).why("r"), "community");
  EXPECT_EQ(route(rules, {"丙", "真武庙社区", {"烧烤"}}).why("r"), "category");
}

TEST(RouteDecision, WhatNothingMatchesFallsBackToTheQueue) {
  const Routed routed = route(rules_of({rule_of("r", 1, "甲")}), {""});
  EXPECT_EQ(routed.rule(), "");
  EXPECT_EQ(routed.decision.settled_by, RouteStage::fallback);
  EXPECT_EQ(routed.why("team_leader"), "no_rule");
  EXPECT_EQ(winner(rules_of({}), {"甲"}), "");
}

TEST(RouteDecision, ARuleHoldsOnItsFirstAndItsLastDayAndNotBesideThem) {
  auto rule = rule_of("season", 9, "甲");
  rule.validity =
      Validity{*parse_local("2026-11-15 00:00:00"), *parse_local("2027-03-16 00:00:00")};
  const RouterRules rules = rules_of({rule, rule_of("always", 1, "甲")});
  const auto on = [&](const std::string& at) {
    Order order{"甲"};
    order.at = *parse_local(at);
    return route(rules, order);
  };
  EXPECT_EQ(on("2026-11-14 23:59:59").rule(), "always");
  EXPECT_EQ(on("2026-11-14 23:59:59").why("season"), "not_yet_valid");
  EXPECT_EQ(on("2026-11-15 00:00:00").rule(), "season");
  EXPECT_EQ(on("2027-03-15 23:59:59").rule(), "season");
  EXPECT_EQ(on("2027-03-16 00:00:00").rule(), "always");
  EXPECT_EQ(on("2027-03-16 00:00:00").why("season"), "expired");
}

TEST(RouteDecision, EveryRuleThatWasTriedIsToldWithItsReason) {
  auto word = rule_of("word", 9, std::nullopt);
  word.keywords = {"油烟"};
  const Routed routed =
      route(rules_of({word, rule_of("near", 2, "甲>乙"), rule_of("far", 1, "甲")}), {"甲>乙"});
  EXPECT_EQ(routed.why("word"), "keywords");
  EXPECT_EQ(routed.why("near"), "chosen");
  EXPECT_EQ(routed.why("far"), "outranked");
  EXPECT_EQ(routed.why("class_rules[0]"), "category");
  EXPECT_EQ(routed.why("class_rules[1]"), "chosen");
  EXPECT_TRUE(std::ranges::is_sorted(routed.trace.rows(), {}, &TraceRow::stage));
}

TEST(RouteDecision, TheCitysOwnEmergencyComesBeforeAllClassRules) {
  Order order{"公共服务>供暖"};
  order.urgency = "emergency";
  RouteDecision decision = route(rules_of({}), order).decision;
  EXPECT_EQ(decision.order_class.order_class, "emergency");
  EXPECT_EQ(decision.order_class.rule, "imported");
  order.urgency = "urgent";
  EXPECT_EQ(route(rules_of({}), order).decision.order_class.order_class, "utility");
}

TEST(RouteDecision, TheFirstClassRuleWhoseConditionsHoldDecides) {
  RouterRules rules = rules_of({});
  rules.class_rules = {{std::nullopt, "emergency", std::nullopt, "emergency"},
                       {"政务", std::nullopt, "consult", "consult"},
                       {"政务", std::nullopt, std::nullopt, "complex"}};
  Order order{"政务>办事"};
  order.type = "consult";
  EXPECT_EQ(route(rules, order).decision.order_class.rule, "class_rules[1]");
  order.type = "complaint";
  EXPECT_EQ(route(rules, order).decision.order_class.order_class, "complex");
  order.groups = {"routing", "emergency"};
  EXPECT_EQ(route(rules, order).decision.order_class.rule, "class_rules[0]");
  EXPECT_EQ(route(rules, {""}).decision.order_class.order_class, "general");
  EXPECT_EQ(route(rules, {""}).decision.order_class.rule, "default");
}

struct NotOurs {
  const char* street;
  const char* community;
  const char* category;
  const char* reason;
  const char* by;
};

TEST(RouteDecision, WhatIsNotOursIsSuggestedForAReturnAndWaits) {
  RouterRules rules = rules_of({rule_of("any", 1, "")});
  rules.directory = street();
  const std::vector<NotOurs> cases = {
      {"展览路街道", "", "城市管理", "TERRITORY", "street"},
      {"", "百万庄社区", "城市管理", "TERRITORY", "community"},
      {"月坛街道", "百万庄社区", "城市管理", "TERRITORY", "community"},
      {"月坛街道", "月坛社区", "城市管理>通信>信号", "ENTERPRISE", "telecom"},
      {"月坛街道", "月坛社区", "交通运输", "DUTY", "duties"},
  };
  for (const NotOurs& each : cases) {
    Order order{each.category, each.community};
    order.street = each.street;
    const Routed routed = route(rules, order);
    ASSERT_TRUE(routed.decision.suggestion) << each.by;
    EXPECT_EQ(routed.decision.suggestion->reason, each.reason);
    EXPECT_EQ(routed.decision.suggestion->rule, each.by);
    EXPECT_EQ(routed.rule(), "") << each.by;
    EXPECT_EQ(routed.why("team_leader"), "held");
  }
  Order ours{"城市管理>市容环境", "月坛"};
  ours.street = "北京市西城区月坛街道办事处";
  EXPECT_FALSE(route(rules, ours).decision.suggestion);
  EXPECT_EQ(winner(rules, ours), "any");
  EXPECT_FALSE(route(rules, {""}).decision.suggestion) << "what is not said is not judged";
}

TEST(RouteDecision, AnEmergencyThatSeemsNotToBeOursDoesNotWait) {
  RouterRules rules = rules_of({rule_of("any", 1, "")});
  rules.directory = street();
  Order order{"交通运输"};
  order.urgency = "emergency";
  const Routed routed = route(rules, order);
  EXPECT_EQ(routed.decision.suggestion->reason, "DUTY");
  EXPECT_EQ(routed.rule(), "any");
}

TEST(RouteDecision, ThePolicyMayLetNothingWait) {
  RouterRules rules = rules_of({rule_of("any", 1, "")});
  rules.directory = street();
  rules.policy.emplace().not_ours_waits = false;
  const Routed routed = route(rules, {"交通运输"});
  EXPECT_TRUE(routed.decision.suggestion);
  EXPECT_EQ(routed.rule(), "any");
}

TEST(RouteDecision, ACommunityLeadsItsDutiesOnlyAndElseTheNextRuleIsTaken) {
  RouterRules rules = rules_of(
      {rule_of("by_community", 9, "政务服务", "community"), rule_of("by_office", 1, "政务服务")});
  rules.directory = street();
  EXPECT_EQ(winner(rules, {"政务服务>居民证明", "月坛社区"}), "by_community");
  const Routed other = route(rules, {"政务服务>窗口", "月坛社区"});
  EXPECT_EQ(other.rule(), "by_office");
  EXPECT_EQ(other.why("by_community"), "community_lead");
  const Routed nowhere = route(rules, {"政务服务>居民证明"});
  EXPECT_EQ(nowhere.rule(), "by_office");
  EXPECT_EQ(nowhere.why("by_community"), "community_unknown");
}

TEST(RouteDecision, ADutyOfACommunityHoldsInItsDaysOnly) {
  RouterRules rules = rules_of({});
  rules.directory = street();
  rules.directory->community_duties.front().validity =
      Validity{std::nullopt, *parse_local("2026-03-11 00:00:00")};
  const auto may = [&](const char* unit, const std::string& at) {
    return to_string(may_lead(rules, unit, "政务服务>居民证明", "月坛社区", *parse_local(at)));
  };
  EXPECT_EQ(may("community", "2026-03-10 23:59:59"), "on_duty_list");
  EXPECT_EQ(may("月坛社区居委会", "2026-03-10 23:59:59"), "on_duty_list");
  EXPECT_EQ(may("community", "2026-03-11 00:00:00"), "community_lead");
  EXPECT_EQ(may("110102007003", "2026-03-11 00:00:00"), "community_lead");
  EXPECT_EQ(may("u", "2026-03-11 00:00:00"), "matched");
  rules.directory.reset();
  EXPECT_EQ(may("community", "2026-03-10 23:59:59"), "community_lead");
}

TEST(RouteDecision, LinksAndMarkersAreTold) {
  Order order{"城市管理"};
  order.groups = {"repeat"};
  const Routed routed = route(rules_of({}), order, {"A-1", std::nullopt});
  EXPECT_TRUE(routed.decision.says_repeat);
  EXPECT_EQ(routed.why("repeat_of"), "repeat");
  EXPECT_EQ(routed.why("cluster_of"), "no_earlier_order");
  EXPECT_EQ(routed.why("text"), "says_repeat");
  EXPECT_FALSE(route(rules_of({}), {"城市管理"}).decision.says_repeat);
}

TEST(RouteDecision, TagsComeFromTheNearestCategory) {
  RouterRules rules = rules_of({});
  EXPECT_EQ(tags_of(rules, Order{"住房>物业>电梯"}.facts()), nullptr);
  rules.categories = CategoryTags{"1", {{"住房", {"housing"}, {}}, {"住房>物业", {"safety"}, {}}}};
  ASSERT_NE(tags_of(rules, Order{"住房>物业>电梯"}.facts()), nullptr);
  EXPECT_EQ(*tags_of(rules, Order{"住房>物业>电梯"}.facts()), std::vector<std::string>{"safety"});
  EXPECT_EQ(*tags_of(rules, Order{"住房>其他"}.facts()), std::vector<std::string>{"housing"});
  EXPECT_EQ(tags_of(rules, Order{"教育"}.facts()), nullptr);
}

}  // namespace
}  // namespace jieban
