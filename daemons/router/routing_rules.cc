#include "daemons/router/routing_rules.h"

#include <algorithm>

namespace jieban {
namespace {

bool contains(const std::vector<std::string>& words, const std::string& word) {
  return std::ranges::find(words, word) != words.end();
}

bool matches(const ClassRule& rule, const RoutedFacts& facts) {
  if (rule.category && !is_category_prefix(*rule.category, facts.category)) return false;
  if (rule.lexicon && !contains(facts.keyword_groups, *rule.lexicon)) return false;
  return !rule.order_type || *rule.order_type == facts.order_type;
}

bool matches(const RoutingRule& rule, const std::string& category, const std::string& community,
             const std::vector<std::string>& keywords) {
  if (rule.category && !is_category_prefix(*rule.category, category)) return false;
  if (rule.community && *rule.community != community) return false;
  if (rule.keywords.empty()) return true;
  return std::ranges::any_of(rule.keywords,
                             [&](const std::string& word) { return contains(keywords, word); });
}

size_t depth(const RoutingRule& rule) { return rule.category ? rule.category->size() : 0; }

}  // namespace

bool is_category_prefix(std::string_view prefix, std::string_view path) {
  if (!path.starts_with(prefix)) return false;
  return prefix.empty() || path.size() == prefix.size() || path[prefix.size()] == '>';
}

ClassDecision classify(const RouterRules& rules, const RoutedFacts& facts) {
  // The city's own word comes first.
  if (facts.urgency == "emergency") return {"emergency", "imported"};
  for (size_t i = 0; i < rules.class_rules.size(); ++i) {
    if (!matches(rules.class_rules[i], facts)) continue;
    return {rules.class_rules[i].order_class, "class_rules[" + std::to_string(i) + "]"};
  }
  return {"general", "default"};
}

const RoutingRule* route(const RouterRules& rules, const std::string& category,
                         const std::string& community, const std::vector<std::string>& keywords) {
  const RoutingRule* best = nullptr;
  for (const RoutingRule& rule : rules.rules) {
    if (best != nullptr && rule.priority < best->priority) continue;
    if (!matches(rule, category, community, keywords)) continue;
    bool better = best == nullptr || rule.priority > best->priority || depth(rule) > depth(*best);
    if (better) best = &rule;
  }
  return best;
}

}  // namespace jieban
