// Escalation: who is told of an alert, by which means, when, and who next if nobody acknowledges.
//
// A policy is a ladder of steps. A step tells all who are on duty for its targets, then waits; each
// of them is told by the means of their own rules, now and later. Acknowledgement by enough people
// stops the ladder; resolution cancels all that is pending. The ladder may be climbed again, a
// number of times or for ever; one that ends unheard says so (`exhausted`). Who has acknowledged
// counts for each later step that would tell him; one whose people all have stops the ladder
// (`acknowledged`), any other tells those who have not.
// Where one has to acknowledge, anybody may, told or not: who knows of it has it (who is anybody is
// the caller's to say). Where several have to, only those who were told count, of this step or an
// earlier one, as long as anybody was told at all: heads are what is asked for there. Anybody
// else's acknowledgement is kept: he is told no more, and counts as soon as a step would tell him.
// No authority states this; a proposal.
// Promises: no step runs before its time, steps run in their order; a step with nobody on duty is
// passed at once and told as a gap; nothing is told after acknowledgement or resolution; nobody is
// told twice by one means in one turn. What fell due in a downtime runs in order, and each
// person gets one message of it, marked late.
// Time, the rota and working time come in as parameters: the same calls give the same actions.
// What fails and how: nothing here; check_escalation (escalation_rules.h) refuses bad rules. A
// policy that is gone after a change of rules ends the ladder with `policy_gone`.
// Thread rule: plain values, pure functions.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/alerting/escalation_rules.h"
#include "common/base/clock.h"
#include "common/domain/fields.h"

namespace jieban {

enum class EscalationPhase : uint8_t { climbing, acknowledged, exhausted, resolved };

std::string_view to_string(EscalationPhase phase);
bool from_string(std::string_view text, EscalationPhase& out);

// A later means of a person who has been told of the step.
struct PendingCall {
  std::string person;
  std::string method;
  Timestamp due_at;
  uint64_t step = 0;
  uint64_t cycle = 0;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("person", &PendingCall::person);
    visit("method", &PendingCall::method);
    visit("due_at", &PendingCall::due_at);
    visit("step", &PendingCall::step);
    visit("cycle", &PendingCall::cycle);
  }
  bool operator==(const PendingCall&) const = default;
};

struct EscalationState {
  std::string policy;
  std::string severity;
  EscalationPhase phase = EscalationPhase::climbing;
  uint64_t step = 0;            // the one that runs next; after the last one, the end of the ladder
  uint64_t cycle = 0;           // how often the ladder has been climbed
  Timestamp due_at;             // when it does
  bool heard_in_cycle = false;  // somebody was on duty for one of its steps
  std::optional<Timestamp> lapses_at;  // an acknowledgement that does not hold for ever
  std::vector<PendingCall> calls;
  std::vector<std::string> on_step;  // told by the last step that told anybody
  std::vector<std::string> acknowledged_by;
  std::vector<std::string> told;  // ever, each once: who hears that it is over
  std::optional<uint64_t> ran;    // the step that ran last
  uint64_t acks_on_step = 0;      // of its people before it ran, of anybody since
  Timestamp cycle_started_at;
  // Of on_step: one entry a call that was made and has not failed; in old rows, one each.
  std::optional<std::vector<std::string>> reaching{};
  // Which step, in which cycle, told on_step; none in old rows.
  std::optional<uint64_t> told_step{};
  std::optional<uint64_t> told_cycle{};

  template <class Visit>
  static void fields(Visit& visit) {
    visit("policy", &EscalationState::policy);
    visit("severity", &EscalationState::severity);
    visit("phase", &EscalationState::phase);
    visit("step", &EscalationState::step);
    visit("cycle", &EscalationState::cycle);
    visit("due_at", &EscalationState::due_at);
    visit("heard_in_cycle", &EscalationState::heard_in_cycle);
    visit("lapses_at", &EscalationState::lapses_at);
    visit("calls", &EscalationState::calls);
    visit("on_step", &EscalationState::on_step);
    visit("acknowledged_by", &EscalationState::acknowledged_by);
    visit("told", &EscalationState::told);
    visit("ran", &EscalationState::ran);
    visit("acks_on_step", &EscalationState::acks_on_step);
    visit("cycle_started_at", &EscalationState::cycle_started_at);
    visit("reaching", &EscalationState::reaching);
    visit("told_step", &EscalationState::told_step);
    visit("told_cycle", &EscalationState::told_cycle);
  }
  bool operator==(const EscalationState&) const = default;
};

enum class EscalationKind : uint8_t { call, gap, exhausted, policy_gone, acknowledged };

std::string_view to_string(EscalationKind kind);

struct EscalationAction {
  EscalationKind kind = EscalationKind::call;
  std::string person;       // call; acknowledged: who did last
  std::string method;       // call
  EscalationTarget target;  // gap: for which nobody was on duty
  uint64_t step = 0;
  uint64_t cycle = 0;
  Timestamp due_at;
  bool late = false;  // fell due in a downtime

  bool operator==(const EscalationAction&) const = default;
};

using WhoIsOn = std::function<std::vector<std::string>(const EscalationTarget&, Timestamp)>;

// What the ladder asks the world. Each must give the same answer to the same question.
struct EscalationWorld {
  WhoIsOn who_is_on;
  // When that much working time has passed; natural time where there is none.
  std::function<Timestamp(Timestamp, Duration)> add_work{};
  // TimeIntervals::opening.
  std::function<Timestamp(const std::string&, Timestamp)> opening{};
};

EscalationState start_escalation(std::string policy, std::string severity, Timestamp now);

// Later means that wait; further ones are left out, the first of each person never.
constexpr size_t kPendingCallsMax = 512;

// All that is due at `now`, in the order in which it fell due.
std::vector<EscalationAction> advance(EscalationState& state, const EscalationRules& rules,
                                      Timestamp now, const EscalationWorld& world);

// kTimestampMax when nothing is.
Timestamp next_due(const EscalationState& state);

enum class AcknowledgeResult : uint8_t {
  stopped,  // that was enough
  counted,  // further people have to; this one is told no more
  noted,    // the same, but several have to, and he is none of those who were told
  repeated,
  refused,  // it is over
};

AcknowledgeResult acknowledge(EscalationState& state, const EscalationRules& rules,
                              const std::string& who, Timestamp now);
// Whether an acknowledgement of this person would say anything new.
bool asks(const EscalationState& state, const std::string& who);
// To the next step at once, by hand; also of a ladder that was acknowledged or is exhausted. After
// the last step comes the first, of another climb. A step outside of its `within` waits for it all
// the same. False when it is resolved, or its policy is gone.
bool escalate_now(EscalationState& state, const EscalationRules& rules, Timestamp now);
// False when it was already.
bool resolve(EscalationState& state);

// A call that was taken back before it went out is to be made all the same, when it was due.
void call_again(EscalationState& state, PendingCall call);
// What it is about has become more severe, or less: later steps go by the means for that. Those
// whom the last step told, and who have not acknowledged, are told now by the means that they have
// for it and had not before; the steps keep their times. Of a step with means of its own nothing
// changes, nor does anything where the severity is the same.
void change_severity(EscalationState& state, const EscalationRules& rules,
                     const std::string& severity, Timestamp now);
// After a time in which the ladder was not advanced: what should have come first is due at `now`,
// and all that follows keeps its distance to it. Changes nothing when nothing was due.
void postpone(EscalationState& state, Timestamp now);

// A means failed for good: the person's next one is due at once. When no means is left, sent or
// still to come, to anybody whom the step told and who has not acknowledged, the next step is.
// `of_on_step`: it was a call of the step that told on_step. A later means, or a late receipt, of
// an earlier one says nothing about this one's calls.
void call_failed(EscalationState& state, const std::string& person, bool of_on_step, Timestamp now);

}  // namespace jieban
