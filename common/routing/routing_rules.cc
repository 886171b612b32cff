#include "common/routing/routing_rules.h"

#include <algorithm>
#include <array>

namespace jieban {
namespace {

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

}  // namespace

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

const RepeatPolicy& repeat_policy_of(const RouterRules& rules) {
  static const RepeatPolicy kDefaults;
  const RouterPolicy& policy = policy_of(rules);
  return policy.repeats ? *policy.repeats : kDefaults;
}

bool not_ours_waits(const RouterRules& rules) {
  return policy_of(rules).not_ours_waits.value_or(true);
}

const std::string* contact_of(const RouterRules& rules, const RoutingRule* rule,
                              std::string_view unit) {
  if (rule != nullptr && rule->contact) return &*rule->contact;
  if (!rules.directory) return nullptr;
  const StreetUnit* found = find_unit(*rules.directory, unit);
  return found != nullptr && found->contact ? &*found->contact : nullptr;
}

}  // namespace jieban
