// Changes of the rota that people ask for, as inputs of the notifier's fold: beside those that
// stand in rota.yaml (common/duty/rota_changes.h) they need no reload and no file.
//
// The one who asks makes up the id: the same request again answers "repeated". Answers and Errors
// are those of inputs.h. No request holds an address; a reason, masked by the edge (safe_text.h),
// names no person and no illness. Thread rule: plain values.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/duty/rota_changes.h"

namespace jieban {

enum class DutyKind { override_of_rule, leave, swap, temporary };

std::string_view to_string(DutyKind kind);  // "override", "leave", "swap", "temporary"
bool from_string(std::string_view text, DutyKind& out);

// duty.request
struct DutyRequest {
  std::string id;
  DutyKind kind = DutyKind::override_of_rule;
  PersonId by;  // of a swap: whose shift it is
  std::string reason;
  std::string rota;                  // "" of a leave, which holds for all of them
  std::optional<Timestamp> from{};   // default: now
  Timestamp until{};                 //
  std::optional<PersonId> person{};  // of a leave
  std::optional<PersonId> add{};     // of an override, as in DutyOverride
  std::optional<PersonId> remove{};
  bool alone = false;
  uint64_t priority = 0;
  std::optional<PersonId> taker{};  // of a swap; without one it is open to all of the rota
  std::optional<Timestamp> back_from{};
  std::optional<Timestamp> back_until{};
  std::vector<DatedShift> shifts{};  // of a temporary schedule

  template <class Visit>
  static void fields(Visit& visit) {
    visit("id", &DutyRequest::id);
    visit("kind", &DutyRequest::kind);
    visit("by", &DutyRequest::by);
    visit("reason", &DutyRequest::reason);
    visit("rota", &DutyRequest::rota);
    visit("from", &DutyRequest::from);
    visit("until", &DutyRequest::until);
    visit("person", &DutyRequest::person);
    visit("add", &DutyRequest::add);
    visit("remove", &DutyRequest::remove);
    visit("alone", &DutyRequest::alone);
    visit("priority", &DutyRequest::priority);
    visit("taker", &DutyRequest::taker);
    visit("back_from", &DutyRequest::back_from);
    visit("back_until", &DutyRequest::back_until);
    visit("shifts", &DutyRequest::shifts);
  }
};

enum class DutyVerb { accept, approve, refuse, withdraw };

std::string_view to_string(DutyVerb verb);
bool from_string(std::string_view text, DutyVerb& out);

// duty.decision: the first three are of swaps.
struct DutyDecision {
  std::string id;
  DutyVerb verb = DutyVerb::accept;
  PersonId by;
  std::string reason;            // needed to refuse, to withdraw, and to overrule
  bool overrule_limits = false;  // approve in spite of short rest, long shifts, nights in a row

  template <class Visit>
  static void fields(Visit& visit) {
    visit("id", &DutyDecision::id);
    visit("verb", &DutyDecision::verb);
    visit("by", &DutyDecision::by);
    visit("reason", &DutyDecision::reason);
    visit("overrule_limits", &DutyDecision::overrule_limits);
  }
};

namespace topics {
constexpr std::string_view kDutyRequest = "duty.request";
constexpr std::string_view kDutyDecision = "duty.decision";
}  // namespace topics

}  // namespace jieban
