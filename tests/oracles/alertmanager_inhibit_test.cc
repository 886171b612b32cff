// Alertmanager's inhibition rules: every row.
#include "common/alerting/inhibition.h"
#include "common/json/json.h"
#include "tests/oracles/alertmanager.h"

namespace jieban::oracles {
namespace {

std::vector<InhibitRule> rules_of(const Value& row) {
  std::vector<InhibitRule> rules;
  for (const Value& said : *member(row, "rules").array()) {
    InhibitRule rule{matchers_of(member(said, "source")), matchers_of(member(said, "target")), {}};
    for (const Value& name : *member(said, "equal").array()) rule.equal.push_back(*name.string());
    EXPECT_TRUE(check_inhibit_rule(rule).ok());
    rules.push_back(std::move(rule));
  }
  return rules;
}

std::vector<LabelSet> active_of(const Value& row) {
  std::vector<LabelSet> active;
  for (const Value& each : *member(row, "active").array()) {
    Value holder;
    holder.set("labels", each);
    active.push_back(labels_at(holder, "labels"));
  }
  return active;
}

TEST(AlertmanagerInhibit, EveryRowAgrees) {
  TABLE_OR_SKIP(rows) = rows_of("alertmanager_inhibit.json");
  for (const Value& row : rows) {
    SCOPED_TRACE(to_json(row));
    const auto by = inhibited_by(rules_of(row), active_of(row), labels_at(row, "alert"));
    EXPECT_EQ(by.has_value(), *member(row, "expected_muted").boolean());
  }
  EXPECT_EQ(rows.size(), 20U);
}

}  // namespace
}  // namespace jieban::oracles
