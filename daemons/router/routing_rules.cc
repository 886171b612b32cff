#include "daemons/router/routing_rules.h"

#include <algorithm>
#include <array>

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

struct ClassTimes {
  std::string_view order_class;
  std::chrono::minutes return_window;
  std::chrono::hours period;
};

// DOMAIN §4.3; not official.
constexpr std::array<ClassTimes, 5> kClassTimes = {
    {{"emergency", std::chrono::minutes(30), std::chrono::hours(2)},
     {"utility", std::chrono::hours(2), std::chrono::hours(24)},
     {"general", std::chrono::hours(24), std::chrono::hours(7 * 24)},
     {"complex", std::chrono::hours(24), std::chrono::hours(15 * 24)},
     {"consult", std::chrono::hours(24), std::chrono::hours(24)}}};

// A class of a street's own counts as a general one.
const ClassTimes& times_of(const std::string& order_class) {
  auto found = std::ranges::find(kClassTimes, order_class, &ClassTimes::order_class);
  return found == kClassTimes.end() ? kClassTimes.at(2) : *found;
}

size_t depth(const RoutingRule& rule) { return rule.category ? rule.category->size() : 0; }

}  // namespace

bool is_category_prefix(std::string_view prefix, std::string_view path) {
  if (!path.starts_with(prefix)) return false;
  return prefix.empty() || path.size() == prefix.size() || path[prefix.size()] == '>';
}

const RouterPolicy& policy_of(const RouterRules& rules) {
  static const RouterPolicy kDefaults;
  return rules.policy ? *rules.policy : kDefaults;
}

Duration return_window(const RouterPolicy& policy, const std::string& order_class) {
  auto own = policy.return_window_minutes.find(order_class);
  if (own == policy.return_window_minutes.end()) return times_of(order_class).return_window;
  return std::chrono::minutes(own->second);
}

Duration extension_length(const RouterPolicy& policy, const std::string& order_class) {
  auto own = policy.extension_hours.find(order_class);
  if (own == policy.extension_hours.end()) return times_of(order_class).period;
  return std::chrono::hours(own->second);
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
