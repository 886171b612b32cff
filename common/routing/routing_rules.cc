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

// DOMAIN §4.3; not official. Of rules without a class table.
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

// The policy's own figure first.
template <class Unit>
Unit own_or(const std::map<std::string, uint64_t>& own, const std::string& order_class,
            Unit usual) {
  const auto found = own.find(order_class);
  return found == own.end() ? usual : Unit(int64_t(found->second));
}

}  // namespace

const RouterPolicy& policy_of(const RouterRules& rules) {
  static const RouterPolicy kDefaults;
  return rules.policy ? *rules.policy : kDefaults;
}

const ClassRules* class_rules_of(const RouterRules& rules, const std::string& order_class) {
  if (!rules.classes) return nullptr;
  const auto found = rules.classes->find(order_class);
  return found == rules.classes->end() ? nullptr : &found->second;
}

ClassRules clock_rules_of(const RouterRules& rules, const std::string& order_class) {
  if (const ClassRules* known = class_rules_of(rules, order_class)) return *known;
  if (rules.classes) return {};
  const RouterPolicy& policy = policy_of(rules);
  const ClassTimes& times = times_of(order_class);
  ClassRules made;
  made.return_window = ClockLimit{
      .span =
          Duration(own_or(policy.return_window_minutes, order_class, times.return_window)).count()};
  made.extension.count = policy.extension_max;
  made.extension.length =
      Duration(own_or(policy.extension_hours, order_class, times.period)).count();
  made.pauses = {PauseReason::return_pending, PauseReason::awaiting_caller, PauseReason::court};
  return made;
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
