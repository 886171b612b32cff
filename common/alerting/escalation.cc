#include "common/alerting/escalation.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace jieban {
namespace {

constexpr std::array<std::string_view, 4> kPhases = {"climbing", "acknowledged", "exhausted",
                                                     "resolved"};
constexpr std::array<std::string_view, 5> kActionKinds = {"call", "gap", "exhausted", "policy_gone",
                                                          "acknowledged"};

bool holds(const std::vector<std::string>& list, const std::string& wanted) {
  return std::ranges::find(list, wanted) != list.end();
}

void add_once(std::vector<std::string>& list, const std::string& item) {
  if (!holds(list, item)) list.push_back(item);
}

const EscalationPolicy* policy_of(const EscalationState& state, const EscalationRules& rules) {
  const auto found = rules.policies.find(state.policy);
  return found == rules.policies.end() ? nullptr : &found->second;
}

Duration whole_wait(const EscalationPolicy& policy) {
  Duration whole{};
  for (const EscalationStep& step : policy.steps) whole += step.wait();
  return std::max(whole, kCycleMin);
}

bool has_later_call(const EscalationState& state) {
  return state.phase == EscalationPhase::climbing || state.phase == EscalationPhase::exhausted;
}

uint64_t acknowledged_among(const EscalationState& state, const std::vector<std::string>& people) {
  return uint64_t(std::ranges::count_if(
      people, [&](const std::string& person) { return holds(state.acknowledged_by, person); }));
}

void stop(EscalationState& state, EscalationPhase phase) {
  state.phase = phase;
  state.calls.clear();
  state.lapses_at.reset();
}

// It may lapse.
void stop_acknowledged(EscalationState& state, const EscalationPolicy* policy, Timestamp now) {
  stop(state, EscalationPhase::acknowledged);
  if (policy != nullptr && policy->lapse_micros) {
    state.lapses_at = now + Duration(int64_t(*policy->lapse_micros));
  }
}

bool holds_call(const std::vector<PendingCall>& calls, const std::string& person) {
  return std::ranges::find(calls, person, &PendingCall::person) != calls.end();
}

std::vector<PendingCall>::iterator first_call(std::vector<PendingCall>& calls) {
  return std::ranges::min_element(calls, {}, &PendingCall::due_at);
}

// One advance(): what it is given, and the actions that come of it.
struct Turn {
  EscalationState& state;
  const EscalationRules& rules;
  const EscalationPolicy& policy;
  const EscalationWorld& world;
  Timestamp now;
  uint64_t first_cycle;
  std::vector<EscalationAction> actions{};

  bool is_late(Timestamp due) const {
    return due < now && uint64_t((now - due).count()) > policy.late_micros;
  }
  void act(EscalationAction action) {
    action.late = is_late(action.due_at);
    actions.push_back(std::move(action));
  }

  std::vector<std::string> people_of(const EscalationStep& step);
  void tell(const std::string& person, Timestamp at);
  Timestamp after_wait(const EscalationStep& step, Timestamp at) const;
  bool is_open_for(const EscalationStep& step);
  void run_step();
  void stop_here();
  void end_ladder();
  void lapse();
  void run_call();
  void run_next();
};

std::vector<std::string> Turn::people_of(const EscalationStep& step) {
  std::vector<std::string> people;
  for (const EscalationTarget& target : step.targets) {
    const std::vector<std::string> on = world.who_is_on(target, now);
    if (on.empty()) {
      act({EscalationKind::gap, "", "", target, state.step, state.cycle, state.due_at});
    }
    for (const std::string& person : on) add_once(people, person);
  }
  return people;
}

void Turn::tell(const std::string& person, Timestamp at) {
  if (holds(state.acknowledged_by, person)) return;
  add_once(state.told, person);
  const std::string severity = policy.steps[state.step].means_of.value_or(state.severity);
  for (const CallRule& rule : calls_of(rules, person, severity)) {
    const Timestamp due = at + Duration(int64_t(rule.after_micros));
    if (rule.after_micros == 0) {
      act({EscalationKind::call, person, rule.method, {}, state.step, state.cycle, due});
    } else if (state.calls.size() < kPendingCallsMax) {
      state.calls.push_back({person, rule.method, due, state.step, state.cycle});
    }
  }
}

Timestamp Turn::after_wait(const EscalationStep& step, Timestamp at) const {
  const bool working = step.working_time && world.add_work;
  // No calendar turns a wait into a step before its time.
  return working ? std::max(at, world.add_work(at, step.wait())) : at + step.wait();
}

// Asked of when it was due, so that a downtime brings nothing forward; and of now, which may be
// another night. One that is put off has its turn again: later means may fall due before it.
bool Turn::is_open_for(const EscalationStep& step) {
  if (!step.within || !world.opening) return true;
  const Timestamp due = state.due_at;
  state.due_at = std::max(due, world.opening(*step.within, due));
  const Timestamp open = world.opening(*step.within, now);
  if (open > now) state.due_at = open;
  return state.due_at == due;
}

void Turn::run_step() {
  const EscalationStep& step = policy.steps[state.step];
  if (!is_open_for(step)) return;
  const Timestamp at = state.due_at;
  const std::vector<std::string> people = people_of(step);
  if (!people.empty()) {
    state.on_step = people;
    state.reaching.emplace();
    state.told_step = state.step;
    state.told_cycle = state.cycle;
    state.heard_in_cycle = true;
  }
  for (const std::string& person : people) tell(person, at);
  // One that calls nobody asks nobody: what the step before it asked for is asked for still.
  if (!people.empty()) state.acks_on_step = acknowledged_among(state, people);
  state.ran = state.step++;
  const bool nobody = people.empty() && !step.targets.empty();
  state.due_at = nobody ? at : after_wait(step, at);
  // Nobody is left who could be told, nor who could acknowledge.
  if (!people.empty() && state.acks_on_step == people.size()) stop_here();
}

void Turn::stop_here() {
  const std::string& last = state.acknowledged_by.back();
  act({EscalationKind::acknowledged, last, "", {}, *state.ran, state.cycle, now});
  stop_acknowledged(state, &policy, now);
}

void Turn::end_ladder() {
  const Timestamp at = state.due_at;
  if (!policy.repeats_for_ever && state.cycle >= policy.repeats) {
    state.phase = EscalationPhase::exhausted;
    act({EscalationKind::exhausted, "", "", {}, state.ran.value_or(0), state.cycle, at});
    return;
  }
  // Without a pause, a ladder with nobody on it would turn without end.
  const Duration pause = state.heard_in_cycle ? kCycleMin : whole_wait(policy);
  Timestamp due = std::max(at, state.cycle_started_at + pause);
  // The climbs of a long downtime are one.
  if (state.cycle > first_cycle && is_late(due)) due = now;
  state.step = 0;
  ++state.cycle;
  state.heard_in_cycle = false;
  state.cycle_started_at = due;
  state.due_at = due;
}

void Turn::lapse() {
  const Timestamp at = *state.lapses_at;
  state.lapses_at.reset();
  state.phase = EscalationPhase::climbing;
  state.acknowledged_by.clear();
  state.acks_on_step = 0;
  state.step = state.ran.value_or(0);
  state.due_at = at;
  state.cycle_started_at = at;
}

void Turn::run_call() {
  const auto next = first_call(state.calls);
  const PendingCall call = *next;
  state.calls.erase(next);
  act({EscalationKind::call, call.person, call.method, {}, call.step, call.cycle, call.due_at});
}

// Later means of earlier steps go before a step of the same instant.
void Turn::run_next() {
  if (state.phase == EscalationPhase::acknowledged) return lapse();
  const auto call = first_call(state.calls);
  const bool step_first = state.phase == EscalationPhase::climbing &&
                          (call == state.calls.end() || state.due_at < call->due_at);
  if (!step_first) return run_call();
  state.step < policy.steps.size() ? run_step() : end_ladder();
}

// One message a means and person; of what is late one a person, the first; a gap once.
std::vector<EscalationAction> without_storm(std::vector<EscalationAction> actions) {
  std::set<std::pair<std::string, std::string>> said;
  std::set<std::string> late;
  std::erase_if(actions, [&](const EscalationAction& each) {
    if (each.kind == EscalationKind::gap) {
      const std::string kind(to_string(each.target.kind));
      return !said.insert({"gap:" + kind, each.target.name}).second;
    }
    if (each.kind != EscalationKind::call) return false;
    if (each.late && !late.insert(each.person).second) return true;
    return !said.insert({"call:" + each.method, each.person}).second;
  });
  return actions;
}

std::vector<EscalationAction> end_without_policy(EscalationState& state, Timestamp now) {
  state.phase = EscalationPhase::exhausted;
  state.calls.clear();
  return {{EscalationKind::policy_gone, "", "", {}, state.step, state.cycle, now}};
}

// Whose people are asked: the last that told anybody. Of old rows only the one that ran is known.
const EscalationStep* asking_step(const EscalationState& state, const EscalationPolicy* policy) {
  const uint64_t step = state.told_step.value_or(state.ran.value_or(0));
  return policy == nullptr || step >= policy->steps.size() ? nullptr : &policy->steps[step];
}

uint64_t acknowledgers_needed(const EscalationState& state, const EscalationPolicy* policy) {
  const EscalationStep* asking = asking_step(state, policy);
  if (asking == nullptr) return 1;
  // No more than there were people to do it.
  const uint64_t people = std::max<uint64_t>(1, state.on_step.size());
  return std::min(asking->acknowledgers, people);
}

bool counts(const EscalationState& state, const EscalationPolicy* policy, const std::string& who) {
  const EscalationStep* asking = asking_step(state, policy);
  const bool several = asking != nullptr && asking->acknowledgers > 1;
  return !several || state.told.empty() || holds(state.told, who);
}

std::vector<std::string>& reaching_of(EscalationState& state) {
  if (!state.reaching) state.reaching = state.on_step;
  return *state.reaching;
}

// Only what is told is on its way: of what fell due in a downtime much is not.
void note_calls(EscalationState& state, const std::vector<EscalationAction>& actions) {
  for (const EscalationAction& each : actions) {
    const bool ours = each.kind == EscalationKind::call && holds(state.on_step, each.person);
    if (ours) reaching_of(state).push_back(each.person);
  }
}

}  // namespace

std::string_view to_string(EscalationPhase phase) { return kPhases.at(size_t(phase)); }

bool from_string(std::string_view text, EscalationPhase& out) {
  const auto found = std::ranges::find(kPhases, text);
  if (found == kPhases.end()) return false;
  out = EscalationPhase(found - kPhases.begin());
  return true;
}

std::string_view to_string(EscalationKind kind) { return kActionKinds.at(size_t(kind)); }

EscalationState start_escalation(std::string policy, std::string severity, Timestamp now) {
  EscalationState state;
  state.policy = std::move(policy);
  state.severity = std::move(severity);
  state.due_at = now;
  state.cycle_started_at = now;
  return state;
}

std::vector<EscalationAction> advance(EscalationState& state, const EscalationRules& rules,
                                      Timestamp now, const EscalationWorld& world) {
  if (next_due(state) > now) return {};
  const EscalationPolicy* policy = policy_of(state, rules);
  if (policy == nullptr) return end_without_policy(state, now);
  Turn turn{state, rules, *policy, world, now, state.cycle};
  while (next_due(state) <= now) turn.run_next();
  auto actions = without_storm(std::move(turn.actions));
  note_calls(state, actions);
  return actions;
}

Timestamp next_due(const EscalationState& state) {
  if (state.phase == EscalationPhase::acknowledged) return state.lapses_at.value_or(kTimestampMax);
  Timestamp due = state.phase == EscalationPhase::climbing ? state.due_at : kTimestampMax;
  if (!has_later_call(state)) return due;
  for (const PendingCall& call : state.calls) due = std::min(due, call.due_at);
  return due;
}

AcknowledgeResult acknowledge(EscalationState& state, const EscalationRules& rules,
                              const std::string& who, Timestamp now) {
  if (state.phase == EscalationPhase::resolved) return AcknowledgeResult::refused;
  const bool again = holds(state.acknowledged_by, who);
  if (again || state.phase == EscalationPhase::acknowledged) return AcknowledgeResult::repeated;
  const EscalationPolicy* policy = policy_of(state, rules);
  state.acknowledged_by.push_back(who);
  std::erase_if(state.calls, [&](const PendingCall& call) { return call.person == who; });
  if (!counts(state, policy, who)) return AcknowledgeResult::noted;
  if (++state.acks_on_step < acknowledgers_needed(state, policy)) return AcknowledgeResult::counted;
  stop_acknowledged(state, policy, now);
  return AcknowledgeResult::stopped;
}

bool asks(const EscalationState& state, const std::string& who) {
  return has_later_call(state) && !holds(state.acknowledged_by, who);
}

bool escalate_now(EscalationState& state, const EscalationRules& rules, Timestamp now) {
  const EscalationPolicy* policy = policy_of(state, rules);
  if (state.phase == EscalationPhase::resolved || policy == nullptr) return false;
  // A first step that still waits for its hours is the next one. Who acknowledged before it ran has
  // heard what it says.
  const bool first_waits = !state.ran && state.phase == EscalationPhase::climbing;
  state.step = first_waits ? 0 : state.ran.value_or(0) + 1;
  if (state.step >= policy->steps.size()) {
    state.step = 0;
    ++state.cycle;
    state.heard_in_cycle = false;
    state.cycle_started_at = now;
  }
  state.phase = EscalationPhase::climbing;
  state.lapses_at.reset();
  state.acknowledged_by.clear();
  state.acks_on_step = 0;
  state.due_at = now;
  return true;
}

bool resolve(EscalationState& state) {
  if (state.phase == EscalationPhase::resolved) return false;
  stop(state, EscalationPhase::resolved);
  return true;
}

void call_again(EscalationState& state, PendingCall call) {
  // It is on its way no more; what is to be made stands in the calls.
  std::vector<std::string>& reaching = reaching_of(state);
  const auto taken_back = std::ranges::find(reaching, call.person);
  if (taken_back != reaching.end()) reaching.erase(taken_back);
  if (state.calls.size() < kPendingCallsMax) state.calls.push_back(std::move(call));
}

void postpone(EscalationState& state, Timestamp now) {
  const Timestamp due = next_due(state);
  if (due >= now) return;
  const Duration by = now - due;
  for (PendingCall& call : state.calls) call.due_at += by;
  if (state.lapses_at) *state.lapses_at += by;
  state.due_at += by;
  state.cycle_started_at += by;
}

void call_failed(EscalationState& state, const std::string& person, bool of_on_step,
                 Timestamp now) {
  std::vector<std::string>& reaching = reaching_of(state);
  const auto failed = std::ranges::find(reaching, person);
  if (of_on_step && failed != reaching.end()) reaching.erase(failed);
  PendingCall* next = nullptr;
  for (PendingCall& call : state.calls) {
    const bool sooner = next == nullptr || call.due_at < next->due_at;
    if (call.person == person && sooner) next = &call;
  }
  if (next != nullptr) {
    next->due_at = std::min(next->due_at, now);
    return;
  }
  const bool reached = std::ranges::any_of(state.on_step, [&](const std::string& each) {
    return !holds(state.acknowledged_by, each) &&
           (holds(reaching, each) || holds_call(state.calls, each));
  });
  const bool ours = holds(state.on_step, person);
  if (of_on_step && ours && !reached && state.phase == EscalationPhase::climbing) {
    state.due_at = std::min(state.due_at, now);
  }
}

}  // namespace jieban
