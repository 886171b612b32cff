// OrderSummary: what is asked of an order most, kept beside the archive as events come in.
//
// The four streams reach the archiver in any interleaving, even effect before cause. Each member
// therefore follows one stream, or prefers one of them, so that the row ends up the same whatever
// came first. A row that only effects have touched is not known yet (`received_at` is empty), and
// stays out of lists and counts until its order.received comes.
// Fails: `corrupt` for a payload that cannot be read. Thread rule: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.h"
#include "common/domain/event.h"
#include "common/domain/fields.h"
#include "common/domain/lifecycle.h"

namespace jieban {

// When the order came into a state, on a way that is not the straight one.
struct StateTurn {
  Timestamp at;
  OrderState state = OrderState::new_order;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("at", &StateTurn::at);
    visit("state", &StateTurn::state);
  }
  bool operator==(const StateTurn&) const = default;
};

// What the router told of one round of an order: the first time that it came so far in it.
struct RoundMoments {
  uint64_t round = 1;
  Timestamp began_at;  // of the first one: when the order was received
  std::string lead_unit;
  std::optional<Timestamp> signed_at;
  std::optional<Timestamp> dispatched_at;
  std::optional<Timestamp> accepted_at;
  std::optional<Timestamp> handed_in_at;
  std::optional<Timestamp> submitted_at;
  std::optional<Timestamp> completed_at;
  std::optional<Timestamp> caller_told_at;   // of the first feedback
  std::optional<Timestamp> hotline_told_at;  // the same
  std::optional<Timestamp> due_at{};         // not stored: RoundMoments of rounds_of() have it

  template <class Visit>
  static void fields(Visit& visit) {
    visit("round", &RoundMoments::round);
    visit("began_at", &RoundMoments::began_at);
    visit("lead_unit", &RoundMoments::lead_unit);
    visit("signed_at", &RoundMoments::signed_at);
    visit("dispatched_at", &RoundMoments::dispatched_at);
    visit("accepted_at", &RoundMoments::accepted_at);
    visit("handed_in_at", &RoundMoments::handed_in_at);
    visit("submitted_at", &RoundMoments::submitted_at);
    visit("completed_at", &RoundMoments::completed_at);
    visit("caller_told_at", &RoundMoments::caller_told_at);
    visit("hotline_told_at", &RoundMoments::hotline_told_at);
  }
  bool operator==(const RoundMoments&) const = default;
};

struct OrderSummary {
  // By the receiver.
  std::string order_no;
  uint64_t round = 0;
  std::string order_type;
  std::optional<Timestamp> received_at;
  std::optional<Timestamp> created_at;  // the city's own time of creation: reports go by it
  uint64_t updates = 0;
  // By the receiver until the router has opened the order.
  std::string category;
  std::string community;
  std::optional<Timestamp> printed_due_at;
  // By the router.
  OrderState state = OrderState::new_order;
  std::string order_class;
  std::string lead_unit;
  std::optional<Timestamp> signed_at;
  std::optional<Timestamp> dispatched_at;
  std::optional<Timestamp> accepted_at;
  std::optional<Timestamp> handed_in_at;
  std::optional<Timestamp> submitted_at;
  std::optional<Timestamp> completed_at;
  // From the first turn off the straight way on, every change of the state. The moments above are
  // those of the first time in the round that runs.
  std::optional<std::vector<StateTurn>> turns;
  std::optional<uint64_t> reopened_round;  // above `round`: the city dispatched it again
  // By the SLA watcher.
  std::optional<Timestamp> due_at;
  uint64_t warnings = 0;
  uint64_t breaches = 0;
  // By the receiver: what an export said of the order.
  std::optional<Timestamp> city_dispatched_at;  // to this street
  std::optional<Timestamp> city_completed_at;   // 办结时间
  // By the router.
  std::optional<Timestamp> caller_told_at;
  std::optional<Timestamp> hotline_told_at;
  std::optional<uint64_t> rejections;
  std::optional<bool> self_answered;
  std::optional<Timestamp> round_began_at;               // above the first
  std::optional<std::vector<RoundMoments>> past_rounds;  // the first always, else the latest
  // By the SLA watcher: the due times of the rounds before, and whether the latest has ended.
  std::optional<std::vector<Timestamp>> past_dues;
  std::optional<bool> due_ended;
  // By the router.
  std::optional<std::vector<std::string>> tags;  // 七有五性
  std::optional<std::string> suggestion;         // a return reason: it seems not to be ours
  std::optional<std::string> repeat_of;          // order numbers (DOMAIN §5.4)
  std::optional<std::string> cluster_of;
  // By the archiver: the latest entries of its timeline (timeline.h).
  std::optional<Bytes> timeline;

  bool known() const { return received_at.has_value(); }
  // The clock's deadline, before that the one printed on the order.
  std::optional<Timestamp> due() const { return due_at ? due_at : printed_due_at; }

  template <class Visit>
  static void fields(Visit& visit) {
    visit("order_no", &OrderSummary::order_no);
    visit("round", &OrderSummary::round);
    visit("order_type", &OrderSummary::order_type);
    visit("received_at", &OrderSummary::received_at);
    visit("created_at", &OrderSummary::created_at);
    visit("updates", &OrderSummary::updates);
    visit("category", &OrderSummary::category);
    visit("community", &OrderSummary::community);
    visit("printed_due_at", &OrderSummary::printed_due_at);
    visit("state", &OrderSummary::state);
    visit("order_class", &OrderSummary::order_class);
    visit("lead_unit", &OrderSummary::lead_unit);
    visit("signed_at", &OrderSummary::signed_at);
    visit("dispatched_at", &OrderSummary::dispatched_at);
    visit("accepted_at", &OrderSummary::accepted_at);
    visit("handed_in_at", &OrderSummary::handed_in_at);
    visit("submitted_at", &OrderSummary::submitted_at);
    visit("completed_at", &OrderSummary::completed_at);
    visit("turns", &OrderSummary::turns);
    visit("reopened_round", &OrderSummary::reopened_round);
    visit("due_at", &OrderSummary::due_at);
    visit("warnings", &OrderSummary::warnings);
    visit("breaches", &OrderSummary::breaches);
    visit("city_dispatched_at", &OrderSummary::city_dispatched_at);
    visit("city_completed_at", &OrderSummary::city_completed_at);
    visit("caller_told_at", &OrderSummary::caller_told_at);
    visit("hotline_told_at", &OrderSummary::hotline_told_at);
    visit("rejections", &OrderSummary::rejections);
    visit("self_answered", &OrderSummary::self_answered);
    visit("round_began_at", &OrderSummary::round_began_at);
    visit("past_rounds", &OrderSummary::past_rounds);
    visit("past_dues", &OrderSummary::past_dues);
    visit("due_ended", &OrderSummary::due_ended);
    visit("tags", &OrderSummary::tags);
    visit("suggestion", &OrderSummary::suggestion);
    visit("repeat_of", &OrderSummary::repeat_of);
    visit("cluster_of", &OrderSummary::cluster_of);
    visit("timeline", &OrderSummary::timeline);
  }
  bool operator==(const OrderSummary&) const = default;
};

// How the events of one topic change a summary.
struct SummaryRule {
  std::string_view topic;
  // Null for what is told of the street and not of an order.
  Result<void> (*change)(const Event& event, OrderSummary& summary) = nullptr;
  // Null, or a cheap look at the payload: false when it cannot change anything.
  bool (*concerns)(std::string_view payload) = nullptr;
  // Reports count these events by their time.
  bool counted = false;
  // The first-class record that such an event is (common/domain/record_kind.h); empty: none.
  std::string_view record_kind;
};

constexpr size_t kTurnsMax = 256;  // of a longer way the oldest turns go
constexpr size_t kRoundsMax = 32;  // kept beside the one that runs

// Null for the topics that change nothing.
const SummaryRule* summary_rule(std::string_view topic);

// Every round that is kept, in their order, each with the due time that it had; the last one runs.
std::vector<RoundMoments> rounds_of(const OrderSummary& summary);
// The one that ran at that instant.
RoundMoments round_at(const OrderSummary& summary, Timestamp at);
// Whether a round was answered in time: by what was submitted; of an order that was imported as
// done already, by what the import says. Empty: no due time, or not answered yet.
std::optional<bool> on_time(const OrderSummary& summary, const RoundMoments& round);

// The state that the order had at that instant.
OrderState state_at(const OrderSummary& summary, Timestamp at);

}  // namespace jieban
