#include "common/alerting/escalation_rules.h"

#include "tests/unit/common/alerting/payloads.h"

namespace jieban {
namespace {

EscalationRules good() {
  EscalationRules rules;
  rules.everybody.by_severity = {{"default", {{"robot", 0}}}, {"red", {{"sms", 0}, {"voice", 5}}}};
  rules.people["p-1"].by_severity = {{"red", {{"voice", 0}}}};
  rules.policies["it"].steps = {{{{TargetKind::role, "team_leader"}}, 60'000'000, false, 1, {}}};
  return rules;
}

template <class Change>
bool is_refused(Change change) {
  EscalationRules rules = good();
  change(rules, rules.policies["it"]);
  return !check_escalation(rules).ok();
}

TEST(EscalationRules, APersonsOwnMeansGoBeforeThoseOfEverybody) {
  const EscalationRules rules = good();
  EXPECT_EQ(calls_of(rules, "p-1", "red")[0].method, "voice");
  EXPECT_EQ(calls_of(rules, "p-1", "blue")[0].method, "robot");
  EXPECT_EQ(calls_of(rules, "p-2", "red").size(), 2U);
  EXPECT_EQ(calls_of(rules, "p-2", "blue")[0].method, "robot");
}

TEST(EscalationRules, APolicyHasStepsThatTellOrWait) {
  EXPECT_FALSE(is_refused([](auto&, auto&) {}));
  EXPECT_TRUE(is_refused([](auto&, auto& policy) { policy.steps.clear(); }));
  EXPECT_TRUE(is_refused([](auto&, auto& policy) { policy.steps[0] = {{}, 0, false, 1, {}}; }));
  EXPECT_FALSE(is_refused([](auto&, auto& policy) { policy.steps[0].targets.clear(); }));
  EXPECT_TRUE(is_refused([](auto&, auto& policy) { policy.steps[0].targets[0].name.clear(); }));
  EXPECT_TRUE(is_refused([](auto&, auto& policy) { policy.steps[0].acknowledgers = 0; }));
  EXPECT_TRUE(is_refused([](auto&, auto& policy) { policy.steps[0].wait_micros = UINT64_MAX; }));
  EXPECT_TRUE(
      is_refused([](auto&, auto& policy) { policy.steps.resize(kStepsMax + 1, policy.steps[0]); }));
  EXPECT_TRUE(is_refused([](auto&, auto& policy) { policy.lapse_micros = 0; }));
}

TEST(EscalationRules, ALadderThatRepeatsDoesNotSpin) {
  EXPECT_FALSE(is_refused([](auto&, auto& policy) { policy.repeats_for_ever = true; }));
  EXPECT_TRUE(is_refused([](auto&, auto& policy) {
    policy.repeats_for_ever = true;
    policy.steps[0].wait_micros = 59'999'999;
  }));
  EXPECT_FALSE(is_refused([](auto&, auto& policy) { policy.steps[0].wait_micros = 0; }));
}

TEST(EscalationRules, EverybodyCanBeReachedAtOnce) {
  EXPECT_TRUE(is_refused([](auto& rules, auto&) { rules.everybody.by_severity.erase("default"); }));
  EXPECT_TRUE(is_refused([](auto& rules, auto&) { rules.everybody.by_severity["red"].clear(); }));
  EXPECT_TRUE(is_refused([](auto& rules, auto&) {
    rules.people["p-1"].by_severity["red"] = {{"sms", 1}};
  }));
  EXPECT_TRUE(is_refused([](auto& rules, auto&) {
    rules.people["p-1"].by_severity["red"] = {{"", 0}};
  }));
}

TEST(EscalationRules, AStepHasTheMeansOfASeverityThatEverybodyHas) {
  EXPECT_TRUE(is_refused([](auto&, auto& policy) { policy.steps[0].means_of = "urgent"; }));
  EXPECT_FALSE(is_refused([](auto& rules, auto& policy) {
    rules.everybody.by_severity["urgent"] = {{"sms", 0}};
    policy.steps[0].means_of = "urgent";
  }));
}

TEST(EscalationRules, ErrorsNamePolicyAndStep) {
  EscalationRules rules = good();
  rules.policies["it"].steps[0].acknowledgers = 0;
  EXPECT_EQ(check_escalation(rules).error().message.find("policy it: step 1: "), 0U);
}

TEST(EscalationRules, KindsOfTargetsTravelAsTheirNames) {
  for (const char* name : {"person", "rota", "unit", "role"}) {
    TargetKind kind = TargetKind::person;
    ASSERT_TRUE(from_string(name, kind));
    EXPECT_EQ(to_string(kind), name);
  }
  TargetKind kind = TargetKind::person;
  EXPECT_FALSE(from_string("robot", kind));
}

TEST(EscalationRules, IsAPayload) {
  EscalationRules rules = good();
  rules.policies["it"].lapse_micros = 5;
  rules.policies["it"].steps[0].within = "day";
  rules.policies["it"].steps[0].means_of = "red";
  expect_payload(rules);
  expect_payload(rules.policies["it"]);
  expect_payload(rules.policies["it"].steps[0]);
}

}  // namespace
}  // namespace jieban
