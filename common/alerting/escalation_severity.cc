// A ladder that is climbed for something that becomes worse, or better.
#include <algorithm>
#include <utility>

#include "common/alerting/escalation.h"

namespace jieban {
namespace {

PendingCall* find_call(EscalationState& state, const std::string& person,
                       const std::string& method) {
  const auto found = std::ranges::find_if(state.calls, [&](const PendingCall& call) {
    return call.person == person && call.method == method;
  });
  return found == state.calls.end() ? nullptr : &*found;
}

// Those that the severity has now and had not before; one that still waits comes sooner.
void more_means(EscalationState& state, const EscalationRules& rules, const std::string& person,
                const std::string& before, Timestamp now) {
  const std::vector<CallRule>& old = calls_of(rules, person, before);
  for (const CallRule& rule : calls_of(rules, person, state.severity)) {
    const Timestamp due = now + Duration(int64_t(rule.after_micros));
    const bool was_there = std::ranges::find(old, rule.method, &CallRule::method) != old.end();
    if (PendingCall* waiting = find_call(state, person, rule.method); waiting != nullptr) {
      waiting->due_at = std::min(waiting->due_at, due);
    } else if (!was_there && state.calls.size() < kPendingCallsMax) {
      state.calls.push_back({person, rule.method, due, *state.told_step, *state.told_cycle});
    }
  }
}

}  // namespace

void change_severity(EscalationState& state, const EscalationRules& rules,
                     const std::string& severity, Timestamp now) {
  if (state.severity == severity) return;
  const std::string before = std::exchange(state.severity, severity);
  const auto policy = rules.policies.find(state.policy);
  const bool told = state.told_step && state.told_cycle;
  if (state.phase != EscalationPhase::climbing || policy == rules.policies.end() || !told) return;
  const bool has_step = *state.told_step < policy->second.steps.size();
  if (!has_step || policy->second.steps[*state.told_step].means_of) return;
  for (const std::string& person : state.on_step) {
    const auto& heard = state.acknowledged_by;
    if (std::ranges::find(heard, person) == heard.end())
      more_means(state, rules, person, before, now);
  }
}

}  // namespace jieban
