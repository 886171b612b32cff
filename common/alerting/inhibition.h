// Inhibition: an alert that explains another keeps it quiet: a unit that is down, its reminders.
//
// An alert is inhibited while another is active that matches `source`, it matches `target` itself,
// and both have the same values of all labels in `equal` (a missing label is empty). What matches
// both sides of a rule is never kept quiet by its like, and so not by itself.
// What fails and how: check_inhibit_rule returns `invalid` or `limit`. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common/alerting/labels.h"
#include "common/alerting/matcher.h"
#include "common/base/result.h"
#include "common/domain/fields.h"

namespace jieban {

struct InhibitRule {
  std::vector<Matcher> source;
  std::vector<Matcher> target;
  std::vector<std::string> equal;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("source", &InhibitRule::source);
    visit("target", &InhibitRule::target);
    visit("equal", &InhibitRule::equal);
  }
  bool operator==(const InhibitRule&) const = default;
};

constexpr size_t kInhibitRulesMax = 64;

// A side without conditions would keep everything quiet: refused.
Result<void> check_inhibit_rule(const InhibitRule& rule);

bool inhibits(const InhibitRule& rule, const LabelSet& active, const LabelSet& alert);

// The place in `active` of what keeps the alert quiet. REQUIRES: `active` are those that fire.
std::optional<size_t> inhibited_by(const std::vector<InhibitRule>& rules,
                                   const std::vector<LabelSet>& active, const LabelSet& alert);

}  // namespace jieban
