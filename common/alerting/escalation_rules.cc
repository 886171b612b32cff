#include "common/alerting/escalation_rules.h"

#include <array>
#include <utility>

namespace jieban {
namespace {

constexpr std::array<std::pair<TargetKind, std::string_view>, 4> kKinds = {{
    {TargetKind::person, "person"},
    {TargetKind::rota, "rota"},
    {TargetKind::unit, "unit"},
    {TargetKind::role, "role"},
}};

bool is_too_long(uint64_t micros) { return micros > uint64_t(kWaitMax.count()); }

Result<void> check_step(const EscalationStep& step) {
  if (step.targets.size() > kTargetsMax) {
    return Error{ErrorCode::limit, "more than " + std::to_string(kTargetsMax) + " targets"};
  }
  for (const EscalationTarget& target : step.targets) {
    if (target.name.empty()) return invalid("a target has no name");
  }
  if (is_too_long(step.wait_micros)) return invalid("a step waits at most 30 days");
  if (step.targets.empty() && step.wait_micros == 0) {
    return invalid("a step tells somebody, or waits");
  }
  if (step.acknowledgers < 1 || step.acknowledgers > kAcknowledgersMax) {
    return invalid("from 1 to " + std::to_string(kAcknowledgersMax) + " people acknowledge a step");
  }
  return {};
}

Result<void> check_policy(const EscalationPolicy& policy) {
  if (policy.steps.empty()) return invalid("a policy has steps");
  if (policy.steps.size() > kStepsMax) {
    return Error{ErrorCode::limit, "more than " + std::to_string(kStepsMax) + " steps"};
  }
  uint64_t whole = 0;
  for (size_t at = 0; at < policy.steps.size(); ++at) {
    auto checked = check_step(policy.steps[at]);
    if (!checked.ok()) return checked.error().context("step " + std::to_string(at + 1));
    whole += policy.steps[at].wait_micros;
  }
  const bool comes_again = policy.repeats > 0 || policy.repeats_for_ever;
  if (comes_again && whole < uint64_t(kCycleMin.count())) {
    return invalid("a policy that repeats waits at least a minute in all");
  }
  if (policy.lapse_micros && (*policy.lapse_micros == 0 || is_too_long(*policy.lapse_micros))) {
    return invalid("an acknowledgement lapses after more than nothing and at most 30 days");
  }
  return {};
}

// A list that is none would be `default`, which nobody meant.
Result<void> check_means(const EscalationPolicy& policy, const SeverityCalls& lists) {
  for (const EscalationStep& step : policy.steps) {
    if (!step.means_of || lists.contains(*step.means_of)) continue;
    return invalid("means_of: everybody has no list '" + *step.means_of + "'");
  }
  return {};
}

Result<void> check_calls(const PersonCalls& calls) {
  for (const auto& [severity, list] : calls.by_severity) {
    if (list.empty() || list.size() > kCallRulesMax) {
      return invalid(severity + ": from 1 to " + std::to_string(kCallRulesMax) + " means");
    }
    for (const CallRule& rule : list) {
      if (rule.method.empty()) return invalid(severity + ": a means has no name");
      if (is_too_long(rule.after_micros)) return invalid(severity + ": at most 30 days later");
    }
    // The first goes at once: a ladder that climbs must not pass people unheard.
    if (list.front().after_micros != 0) return invalid(severity + ": the first means is at once");
  }
  return {};
}

const std::vector<CallRule>* find_calls(const PersonCalls& calls, const std::string& severity) {
  auto found = calls.by_severity.find(severity);
  if (found == calls.by_severity.end()) found = calls.by_severity.find(std::string(kAnySeverity));
  return found == calls.by_severity.end() ? nullptr : &found->second;
}

}  // namespace

std::string_view to_string(TargetKind kind) { return kKinds.at(size_t(kind)).second; }

bool from_string(std::string_view text, TargetKind& out) {
  for (const auto& [kind, name] : kKinds) {
    if (name != text) continue;
    out = kind;
    return true;
  }
  return false;
}

Result<void> check_escalation(const EscalationRules& rules) {
  if (rules.policies.size() > kPoliciesMax) {
    return Error{ErrorCode::limit, "more than " + std::to_string(kPoliciesMax) + " policies"};
  }
  for (const auto& [name, policy] : rules.policies) {
    auto checked = check_policy(policy);
    if (checked.ok()) checked = check_means(policy, rules.everybody.by_severity);
    if (!checked.ok()) return checked.error().context("policy " + name);
  }
  if (!rules.everybody.by_severity.contains(std::string(kAnySeverity))) {
    return invalid("there are no means for everybody and every severity: add `default`");
  }
  auto checked = check_calls(rules.everybody);
  if (!checked.ok()) return checked.error().context("everybody");
  for (const auto& [person, calls] : rules.people) {
    checked = check_calls(calls);
    if (!checked.ok()) return checked.error().context(person);
  }
  return {};
}

const std::vector<CallRule>& calls_of(const EscalationRules& rules, const std::string& person,
                                      const std::string& severity) {
  static const std::vector<CallRule> kNone;
  const auto own = rules.people.find(person);
  const std::vector<CallRule>* found = nullptr;
  if (own != rules.people.end()) found = find_calls(own->second, severity);
  if (found == nullptr) found = find_calls(rules.everybody, severity);
  return found == nullptr ? kNone : *found;
}

}  // namespace jieban
