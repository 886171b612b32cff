#include "daemons/archiver/order_summary.h"

#include <array>
#include <map>
#include <vector>

#include "common/domain/lifecycle.h"
#include "common/domain/record_kind.h"
#include "common/domain/topics.h"
#include "common/wire/payload.h"

namespace jieban {
namespace {

// The parts of the payloads (common/domain/events.h) that a summary needs: this is the hottest
// path of the house, and what is not named here is not copied.
struct OthersPart {
  std::optional<std::string> created_at_city;
  template <class Visit>
  static void fields(Visit& visit) {
    visit("created_at_city", &OthersPart::created_at_city);
  }
};

struct FactsPart {
  std::string order_no;
  uint64_t round = 1;
  std::string order_type;
  std::string category;
  std::string community;
  std::optional<Timestamp> called_at;
  std::optional<Timestamp> dispatched_at;
  std::optional<Timestamp> due_at;
  OthersPart others;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("order_no", &FactsPart::order_no);
    visit("round", &FactsPart::round);
    visit("order_type", &FactsPart::order_type);
    visit("category", &FactsPart::category);
    visit("community", &FactsPart::community);
    visit("called_at", &FactsPart::called_at);
    visit("dispatched_at", &FactsPart::dispatched_at);
    visit("due_at", &FactsPart::due_at);
    visit("others", &FactsPart::others);
  }
};

struct IntakePart {
  FactsPart facts;
  template <class Visit>
  static void fields(Visit& visit) {
    visit("facts", &IntakePart::facts);
  }
};

struct RoutePart {
  std::optional<std::string> suggestion;
  std::optional<std::string> repeat_of;
  std::optional<std::string> cluster_of;
  std::optional<std::vector<std::string>> tags;
  template <class Visit>
  static void fields(Visit& visit) {
    visit("suggestion", &RoutePart::suggestion);
    visit("repeat_of", &RoutePart::repeat_of);
    visit("cluster_of", &RoutePart::cluster_of);
    visit("tags", &RoutePart::tags);
  }
};

struct OpeningPart {
  std::string order_class;
  std::string category;
  std::string community;
  std::optional<Timestamp> due_at;
  std::optional<RoutePart> route;
  template <class Visit>
  static void fields(Visit& visit) {
    visit("order_class", &OpeningPart::order_class);
    visit("category", &OpeningPart::category);
    visit("community", &OpeningPart::community);
    visit("due_at", &OpeningPart::due_at);
    visit("route", &OpeningPart::route);
  }
};

struct MovePart {
  OrderState to = OrderState::new_order;
  std::optional<std::string> lead_unit;
  template <class Visit>
  static void fields(Visit& visit) {
    visit("to", &MovePart::to);
    visit("lead_unit", &MovePart::lead_unit);
  }
};

struct TurnPart {
  OrderState from = OrderState::new_order;
  OrderState to = OrderState::new_order;
  std::optional<std::string> lead_unit;
  std::optional<std::string> order_class;
  std::optional<uint64_t> round;
  template <class Visit>
  static void fields(Visit& visit) {
    visit("from", &TurnPart::from);
    visit("to", &TurnPart::to);
    visit("lead_unit", &TurnPart::lead_unit);
    visit("order_class", &TurnPart::order_class);
    visit("round", &TurnPart::round);
  }
};

struct ClockPart {
  std::string clock;
  Timestamp deadline;
  template <class Visit>
  static void fields(Visit& visit) {
    visit("clock", &ClockPart::clock);
    visit("deadline", &ClockPart::deadline);
  }
};

struct ClocksPart {
  std::vector<ClockPart> changes;
  template <class Visit>
  static void fields(Visit& visit) {
    visit("changes", &ClocksPart::changes);
  }
};

// DOMAIN §11.1 counts by 创建时间; an order that came without one has the next best.
Timestamp creation_time(const FactsPart& facts, Timestamp arrived_at) {
  if (facts.others.created_at_city) {
    if (auto parsed = parse_local(*facts.others.created_at_city)) return *parsed;
  }
  if (facts.dispatched_at) return *facts.dispatched_at;
  return facts.called_at.value_or(arrived_at);
}

void take_facts(FactsPart& facts, OrderSummary& summary) {
  summary.order_no = std::move(facts.order_no);
  summary.round = facts.round;
  summary.order_type = std::move(facts.order_type);
  if (!summary.order_class.empty()) return;  // the router knows the rest better
  summary.category = std::move(facts.category);
  summary.community = std::move(facts.community);
  summary.printed_due_at = facts.due_at;
}

Result<void> receive(const Event& event, OrderSummary& summary) {
  auto intake = decode_payload<IntakePart>(event.payload);
  if (!intake.ok()) return intake.error();
  summary.received_at = event.occurred_at;
  summary.created_at = creation_time(intake->facts, event.occurred_at);
  take_facts(intake->facts, summary);
  return {};
}

Result<void> update(const Event& event, OrderSummary& summary) {
  auto intake = decode_payload<IntakePart>(event.payload);
  if (!intake.ok()) return intake.error();
  take_facts(intake->facts, summary);
  ++summary.updates;
  return {};
}

// Links are told once, as the order is opened; the rest anew with new facts.
void take_route(RoutePart& route, OrderSummary& summary) {
  summary.tags = std::move(route.tags);
  summary.suggestion = std::move(route.suggestion);
  if (route.repeat_of) summary.repeat_of = std::move(route.repeat_of);
  if (route.cluster_of) summary.cluster_of = std::move(route.cluster_of);
}

Result<void> open_or_amend(const Event& event, OrderSummary& summary) {
  auto opening = decode_payload<OpeningPart>(event.payload);
  if (!opening.ok()) return opening.error();
  summary.order_class = std::move(opening->order_class);
  summary.category = std::move(opening->category);
  summary.community = std::move(opening->community);
  summary.printed_due_at = opening->due_at;
  RoutePart nothing;
  take_route(opening->route ? *opening->route : nothing, summary);
  return {};
}

using Moment = std::optional<Timestamp> OrderSummary::*;

struct StateMoment {
  OrderState state;
  std::string_view topic;
  Moment moment;
};

// The straight way, in its order.
constexpr std::array<StateMoment, 6> kMoments = {{
    {OrderState::signed_in, "order.signed", &OrderSummary::signed_at},
    {OrderState::dispatched, "order.dispatched", &OrderSummary::dispatched_at},
    {OrderState::handling, "order.accepted", &OrderSummary::accepted_at},
    {OrderState::auditing, "order.handed_in", &OrderSummary::handed_in_at},
    {OrderState::submitted, "order.submitted", &OrderSummary::submitted_at},
    {OrderState::completed, "order.completed", &OrderSummary::completed_at},
}};

const StateMoment* moment_of(std::string_view topic) {
  for (const StateMoment& row : kMoments) {
    if (row.topic == topic) return &row;
  }
  return nullptr;
}

// The states that the straight way has brought so far, so that no turn is without its past.
void begin_turns(OrderSummary& summary) {
  summary.turns.emplace();
  for (const StateMoment& row : kMoments) {
    const auto& moment = summary.*row.moment;
    if (moment) summary.turns->push_back({*moment, row.state});
  }
}

void note_turn(OrderSummary& summary, OrderState state, Timestamp at) {
  summary.turns->push_back({at, state});
  if (summary.turns->size() > kTurnsMax) summary.turns->erase(summary.turns->begin());
}

// `row`: null for what is not of the straight way.
void follow(OrderSummary& summary, const StateMoment* row, OrderState to, Timestamp at) {
  const bool straight = row != nullptr && !(summary.*row->moment).has_value();
  if (!straight && !summary.turns) begin_turns(summary);
  if (summary.turns) note_turn(summary, to, at);
  if (straight) summary.*row->moment = at;
  summary.state = to;
}

Result<void> move_on(const Event& event, OrderSummary& summary) {
  auto move = decode_payload<MovePart>(event.payload);
  if (!move.ok()) return move.error();
  follow(summary, moment_of(event.topic), move->to, event.occurred_at);
  if (move->lead_unit) summary.lead_unit = std::move(*move->lead_unit);
  return {};
}

Result<void> turn(const Event& event, OrderSummary& summary) {
  auto move = decode_payload<TurnPart>(event.payload);
  if (!move.ok()) return move.error();
  if (move->from != move->to) follow(summary, nullptr, move->to, event.occurred_at);
  summary.state = move->to;
  if (move->lead_unit) summary.lead_unit = std::move(*move->lead_unit);
  if (move->order_class) summary.order_class = std::move(*move->order_class);
  if (move->round) summary.reopened_round = move->round;
  return {};
}

// A look for the word instead of a parse: of the clocks that start, move and stop, one in three is
// the one that matters here. A match by chance only costs the parse.
bool names_due_clock(std::string_view payload) {
  return payload.find(
             "\xa3"
             "due") != std::string_view::npos;
}

Result<void> set_due(const Event& event, OrderSummary& summary) {
  auto clocks = decode_payload<ClocksPart>(event.payload);
  if (!clocks.ok()) return clocks.error();
  for (const ClockPart& change : clocks->changes) {
    if (change.clock == "due") summary.due_at = change.deadline;
  }
  return {};
}

Result<void> count_warning(const Event&, OrderSummary& summary) {
  ++summary.warnings;
  return {};
}

Result<void> count_breach(const Event&, OrderSummary& summary) {
  ++summary.breaches;
  return {};
}

// The hottest first.
constexpr std::array<SummaryRule, 13> kRules = {{
    {topics::kOrderReceived, receive, nullptr, false, {}},
    {topics::kOrderUpdated, update, nullptr, true, {}},
    {topics::kOrderOpened, open_or_amend, nullptr, false, {}},
    {topics::kOrderAmended, open_or_amend, nullptr, false, {}},
    {"order.signed", move_on, nullptr, false, {}},
    {"order.dispatched", move_on, nullptr, false, {}},
    {"order.accepted", move_on, nullptr, false, {}},
    {"order.handed_in", move_on, nullptr, false, {}},
    {"order.submitted", move_on, nullptr, false, {}},
    {"order.completed", move_on, nullptr, false, {}},
    {topics::kClockChanged, set_due, names_due_clock, false, {}},
    {topics::kDeadlineWarned, count_warning, nullptr, true, {}},
    {topics::kDeadlineBreached, count_breach, nullptr, true, {}},
}};

// All other topics of the life cycle: one rule each, made from its table.
using TurnRules = std::map<std::string_view, SummaryRule>;

TurnRules make_turn_rules() {
  TurnRules rules;
  for (const CommandRule& rule : command_rules()) {
    if (moment_of(rule.topic) != nullptr) continue;
    rules[rule.topic] = {rule.topic, turn, nullptr, false, record_kind_of(rule.topic)};
  }
  return rules;
}

}  // namespace

const SummaryRule* summary_rule(std::string_view topic) {
  for (const SummaryRule& rule : kRules) {
    if (rule.topic == topic) return &rule;
  }
  if (!topic.starts_with("order.")) return nullptr;
  static const TurnRules kTurns = make_turn_rules();
  auto found = kTurns.find(topic);
  return found == kTurns.end() ? nullptr : &found->second;
}

OrderState state_at(const OrderSummary& summary, Timestamp at) {
  OrderState state = OrderState::new_order;
  if (summary.turns) {
    for (const StateTurn& each : *summary.turns) {
      if (each.at <= at) state = each.state;
    }
    return state;
  }
  for (const StateMoment& row : kMoments) {
    const std::optional<Timestamp>& moment = summary.*row.moment;
    if (moment && *moment <= at) state = row.state;
  }
  return state;
}

}  // namespace jieban
