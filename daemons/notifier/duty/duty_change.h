// DutyChange: a change of the rota that came by command, from asking to its end: the record of who
// asked, accepted and approved, and when (DOMAIN §13.2), and what it does to the rota.
//
// A swap does nothing before a leader approved it; all others are in force at once. What has
// passed stays as it was: a change never acts before the instant at which it came into force, and
// one that is withdrawn keeps what was served under it. Payload struct and row; also the payload of
// the topics rota.*. Thread rule: plain values, pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daemons/notifier/duty/duty_inputs.h"

namespace jieban {

enum class DutyChangeState { asked, accepted, in_force, refused, withdrawn };

std::string_view to_string(DutyChangeState state);
bool from_string(std::string_view text, DutyChangeState& out);

struct DutySignature {
  PersonId by;
  Timestamp at{};
  std::optional<std::string> reason{};

  template <class Visit>
  static void fields(Visit& visit) {
    visit("by", &DutySignature::by);
    visit("at", &DutySignature::at);
    visit("reason", &DutySignature::reason);
  }
};

struct DutyChange {
  DutyRequest request;  // as it was asked for
  DutyChangeState state = DutyChangeState::asked;
  Timestamp asked_at{};
  std::optional<DutySignature> accepted{};
  std::optional<DutySignature> decided{};  // approved or refused
  std::optional<DutySignature> withdrawn{};
  bool overruled = false;               // approved in spite of its warnings
  std::vector<std::string> warnings{};  // what its last step breaks of the limits, in Chinese
  RotaChanges effect{};                 // what the rota sees of it now: one change, or none
  uint64_t number = 0;                  // later ones act after earlier ones

  template <class Visit>
  static void fields(Visit& visit) {
    visit("request", &DutyChange::request);
    visit("state", &DutyChange::state);
    visit("asked_at", &DutyChange::asked_at);
    visit("accepted", &DutyChange::accepted);
    visit("decided", &DutyChange::decided);
    visit("withdrawn", &DutyChange::withdrawn);
    visit("overruled", &DutyChange::overruled);
    visit("warnings", &DutyChange::warnings);
    visit("effect", &DutyChange::effect);
    visit("number", &DutyChange::number);
  }
};

// Asked for now: of a swap, the open request; all others are in force.
DutyChange make_change(const DutyRequest& request, Timestamp now);
// As it would be once approved now, with this taker. REQUIRES: a swap.
ShiftSwap approved_swap(const DutyChange& change, const PersonId& taker, Timestamp now);
// Ends what it does.
void cut_effect(DutyChange& change, Timestamp now);

// The end of its last span, as it was asked for.
Timestamp end_of(const DutyRequest& request);
// All instants that it speaks of.
bool touches(const DutyChange& change, Timestamp from, Timestamp until);
// A swap that still waits for somebody.
inline bool is_waiting(const DutyChange& change) {
  return change.state == DutyChangeState::asked || change.state == DutyChangeState::accepted;
}

}  // namespace jieban
