#include "common/alerting/inhibition.h"

#include "tests/unit/common/alerting/payloads.h"

namespace jieban {
namespace {

InhibitRule unit_down() {
  return {{*parse_matcher("topic=unit.down")}, {*parse_matcher("topic=deadline")}, {"unit"}};
}

LabelSet about(const char* topic, const char* unit) { return {{"topic", topic}, {"unit", unit}}; }

TEST(Inhibition, AUnitThatIsDownHidesItsOwnReminders) {
  const std::vector<LabelSet> active = {about("x", "a"), about("unit.down", "a")};
  EXPECT_EQ(inhibited_by({unit_down()}, active, about("deadline", "a")), 1U);
  EXPECT_FALSE(inhibited_by({unit_down()}, active, about("deadline", "b")).has_value());
  EXPECT_FALSE(inhibited_by({unit_down()}, active, about("order.rejected", "a")).has_value());
  EXPECT_FALSE(inhibited_by({unit_down()}, {}, about("deadline", "a")).has_value());
}

TEST(Inhibition, MissingLabelsAreEqual) {
  const LabelSet down = {{"topic", "unit.down"}};
  EXPECT_TRUE(inhibits(unit_down(), down, {{"topic", "deadline"}}));
  EXPECT_FALSE(inhibits(unit_down(), down, about("deadline", "a")));
}

TEST(Inhibition, NothingInhibitsItselfOrItsLike) {
  InhibitRule rule = unit_down();
  rule.target = {*parse_matcher("topic=~.*")};
  EXPECT_FALSE(inhibits(rule, about("unit.down", "a"), about("unit.down", "a")));
  EXPECT_TRUE(inhibits(rule, about("unit.down", "a"), about("deadline", "a")));
}

TEST(Inhibition, ARuleWithoutConditionsIsRefused) {
  EXPECT_TRUE(check_inhibit_rule(unit_down()).ok());
  InhibitRule rule = unit_down();
  rule.source.clear();
  EXPECT_FALSE(check_inhibit_rule(rule).ok());
  rule = unit_down();
  rule.target.clear();
  EXPECT_FALSE(check_inhibit_rule(rule).ok());
  rule = unit_down();
  rule.equal = {"a b"};
  EXPECT_FALSE(check_inhibit_rule(rule).ok());
}

TEST(Inhibition, IsAPayload) { expect_payload(unit_down()); }

}  // namespace
}  // namespace jieban
