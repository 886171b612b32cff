// AlertDraft: what an event means for people: something that somebody has to know of, in labels.
//
// A deadline that comes near or is missed is an alert of its clock until the clock stops; a later
// rung takes the place of the earlier one. Other alerts are of the state that the order is in, and
// end when it leaves it; or of the watch of the desk, while its hand-over waits. Labels and
// annotations name order, unit, community, category, clock and deadline, and nothing personal
// (ARCHITECTURE §6): community and category are as somebody typed them, and masked (safe_text.h).
// Fails: never. Thread rule: pure functions.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "common/alerting/labels.h"
#include "common/domain/events.h"
#include "daemons/notifier/notice_text.h"

namespace jieban {

struct AlertDraft {
  std::string what;  // of one order, only one alert of a `what` is open: "clock:due", "state"
  LabelSet labels;
  std::map<std::string, std::string> annotations;
};

// What is known of an order, for its alerts.
struct AlertOrder {
  std::string order_no;
  std::string category;
  std::string community;
  std::string order_class;
  std::string lead_unit;
};

// A hand-over that the outgoing person has signed.
struct WaitingHandover {
  uint64_t handover = 0;
  std::string shift_out;
  std::string shift_in;
  std::string signed_out_by;  // an id
};

AlertDraft draft_of(const DeadlineAlert& alert);
// An emergency that came in. The breach of its signature takes the place of this alert: it calls
// all whom the ladder of the first one would call again.
AlertDraft emergency_draft(const AlertOrder& order);
bool takes_the_place_of_the_first(const AlertDraft& draft);
// A move of the life cycle, as far as it may be an alert of the state that the order came into.
struct StateMove {
  std::string_view topic;
  OrderState to = OrderState::new_order;
  std::string_view satisfied{};  // order.visited: a code of CodeSet::satisfied
};
// Whether moves of that topic ever are one.
bool may_alert(std::string_view topic);
// A unit has not accepted, the upper level or the audit has not taken it, nobody is there to lead
// it, a caller is not satisfied (DOMAIN §15.9); empty for all else.
std::optional<AlertDraft> state_draft(const StateMove& move, const AlertOrder& order);

// Of the street: nobody has signed in (DOMAIN §13.3).
AlertDraft handover_draft(const WaitingHandover& waiting);
inline constexpr const char* kHandoverAlert = "handover";

std::string minute_of(Timestamp at);                // local, as people say it
std::string clock_alert(const std::string& clock);  // "clock:due"
inline constexpr const char* kStateAlert = "state";

// For the text of a call.
NoticeSubject subject_of(const LabelSet& labels,
                         const std::map<std::string, std::string>& annotations);

}  // namespace jieban
