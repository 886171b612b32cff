#include "common/alerting/inhibition.h"

#include <algorithm>

namespace jieban {

Result<void> check_inhibit_rule(const InhibitRule& rule) {
  if (rule.source.empty() || rule.target.empty()) {
    return invalid("an inhibition has conditions for both source and target");
  }
  RETURN_IF_ERROR(check_matchers(rule.source));
  RETURN_IF_ERROR(check_matchers(rule.target));
  for (const std::string& name : rule.equal) {
    if (!is_label_name(name)) return invalid("'" + name + "' is no name of a label");
  }
  return {};
}

bool inhibits(const InhibitRule& rule, const LabelSet& active, const LabelSet& alert) {
  if (!matches_all(rule.target, alert) || !matches_all(rule.source, active)) return false;
  const bool both_on_both_sides =
      matches_all(rule.source, alert) && matches_all(rule.target, active);
  if (both_on_both_sides) return false;
  return std::ranges::all_of(rule.equal, [&](const std::string& name) {
    return label_of(active, name) == label_of(alert, name);
  });
}

std::optional<size_t> inhibited_by(const std::vector<InhibitRule>& rules,
                                   const std::vector<LabelSet>& active, const LabelSet& alert) {
  for (const InhibitRule& rule : rules) {
    for (size_t at = 0; at < active.size(); ++at) {
      if (inhibits(rule, active[at], alert)) return at;
    }
  }
  return std::nullopt;
}

}  // namespace jieban
