#include "daemons/archiver/order_summary.h"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include "common/domain/command_argument.h"
#include "common/domain/handover.h"
#include "common/domain/lifecycle.h"
#include "common/domain/record_kind.h"
#include "common/domain/street_command.h"
#include "common/domain/topics.h"
#include "common/wire/payload.h"
#include "daemons/archiver/summary_parts.h"

namespace jieban {
namespace {

using namespace summary_parts;

// DOMAIN §11.1 counts by 创建时间; an order that came without one has the next best.
Timestamp creation_time(const FactsPart& facts, Timestamp arrived_at) {
  if (facts.others && facts.others->created_at_city) {
    if (auto parsed = parse_local(*facts.others->created_at_city)) return *parsed;
  }
  if (facts.dispatched_at) return *facts.dispatched_at;
  return facts.called_at.value_or(arrived_at);
}

void take_facts(FactsPart& facts, OrderSummary& summary) {
  summary.order_no = std::move(facts.order_no);
  summary.round = facts.round;
  summary.order_type = std::move(facts.order_type);
  summary.city_dispatched_at = facts.dispatched_at;
  if (facts.others && facts.others->completed_at) {
    summary.city_completed_at = parse_local(*facts.others->completed_at);
  }
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
  std::optional<Timestamp> RoundMoments::*of_round;
};

// The straight way, in its order.
constexpr std::array<StateMoment, 6> kMoments = {{
    {OrderState::signed_in, "order.signed", &OrderSummary::signed_at, &RoundMoments::signed_at},
    {OrderState::dispatched, "order.dispatched", &OrderSummary::dispatched_at,
     &RoundMoments::dispatched_at},
    {OrderState::handling, "order.accepted", &OrderSummary::accepted_at,
     &RoundMoments::accepted_at},
    {OrderState::auditing, "order.handed_in", &OrderSummary::handed_in_at,
     &RoundMoments::handed_in_at},
    {OrderState::submitted, "order.submitted", &OrderSummary::submitted_at,
     &RoundMoments::submitted_at},
    {OrderState::completed, "order.completed", &OrderSummary::completed_at,
     &RoundMoments::completed_at},
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
  return {};
}

// The part of it that the router told; whichever stream came first, it is the same.
RoundMoments running_round(const OrderSummary& summary) {
  RoundMoments round;
  round.round = summary.reopened_round.value_or(1);
  round.began_at = summary.round_began_at.value_or(Timestamp());
  round.lead_unit = summary.lead_unit;
  round.caller_told_at = summary.caller_told_at;
  round.hotline_told_at = summary.hotline_told_at;
  for (const StateMoment& row : kMoments) round.*row.of_round = summary.*row.moment;
  return round;
}

// A new round has moments of its own; those of the one before are put by.
Result<void> reopen(const Event& event, OrderSummary& summary) {
  auto move = decode_payload<TurnPart>(event.payload);
  if (!move.ok()) return move.error();
  if (!summary.past_rounds) summary.past_rounds.emplace();
  std::vector<RoundMoments>& past = *summary.past_rounds;
  past.push_back(running_round(summary));
  past.back().round = move->round.value_or(2) - 1;
  if (past.size() > kRoundsMax) past.erase(past.begin() + 1);
  RETURN_IF_ERROR(turn(event, summary));
  for (const StateMoment& row : kMoments) (summary.*row.moment).reset();
  summary.caller_told_at.reset();
  summary.hotline_told_at.reset();
  summary.self_answered.reset();
  summary.lead_unit.clear();
  summary.round_began_at = event.occurred_at;
  summary.reopened_round = move->round;
  return {};
}

// What was told first counts: a later feedback makes nobody late.
Result<void> feed_back(const Event& event, OrderSummary& summary) {
  auto move = decode_payload<TurnPart>(event.payload);
  if (!move.ok()) return move.error();
  const ToldPart told = move->arguments.value_or(ToldPart());
  const auto note = [](std::optional<Timestamp>& at, const std::optional<std::string>& text) {
    if (!at && text) at = parse_command_time(*text);
  };
  note(summary.caller_told_at, told.caller_told_at);
  note(summary.hotline_told_at, told.hotline_told_at);
  return turn(event, summary);
}

Result<void> reject(const Event& event, OrderSummary& summary) {
  summary.rejections = summary.rejections.value_or(0) + 1;
  return turn(event, summary);
}

Result<void> self_answer(const Event& event, OrderSummary& summary) {
  summary.self_answered = true;
  return turn(event, summary);
}

Result<void> bounce(const Event& event, OrderSummary& summary) {
  summary.lead_unit.clear();
  return turn(event, summary);
}

// A look for the word instead of a parse: of the clocks that start, move and stop, one in three is
// the one that matters here. A match by chance only costs the parse.
bool names_due_clock(std::string_view payload) {
  return payload.find(
             "\xa3"
             "due") != std::string_view::npos;
}

// A due clock that starts after the last one has ended is that of a new round.
void note_due(const ClockPart& change, OrderSummary& summary) {
  static constexpr std::array<std::string_view, 3> kEnds = {"met", "stopped_late", "cancelled"};
  const bool fresh = change.change == "started" && summary.due_ended.value_or(false);
  if (fresh && summary.due_at) {
    if (!summary.past_dues) summary.past_dues.emplace();
    summary.past_dues->push_back(*summary.due_at);
    if (summary.past_dues->size() > kRoundsMax) {
      summary.past_dues->erase(summary.past_dues->begin() + 1);
    }
  }
  if (fresh) summary.due_ended.reset();
  if (std::ranges::find(kEnds, change.change) != kEnds.end()) summary.due_ended = true;
  summary.due_at = change.deadline;
}

Result<void> set_due(const Event& event, OrderSummary& summary) {
  auto clocks = decode_payload<ClocksPart>(event.payload);
  if (!clocks.ok()) return clocks.error();
  for (const ClockPart& change : clocks->changes) {
    if (change.clock == "due") note_due(change, summary);
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
    {"order.handed_in", move_on, nullptr, false, "hand_in"},
    {"order.submitted", move_on, nullptr, false, {}},
    {"order.completed", move_on, nullptr, false, {}},
    {topics::kClockChanged, set_due, names_due_clock, false, {}},
    {topics::kDeadlineWarned, count_warning, nullptr, true, {}},
    {topics::kDeadlineBreached, count_breach, nullptr, true, {}},
}};

// All other topics of the life cycle, and those of the street: one rule each, made from the tables.
using TurnRules = std::map<std::string_view, SummaryRule>;

using Change = Result<void> (*)(const Event& event, OrderSummary& summary);

struct TurnChange {
  std::string_view topic;
  Change change;
};
constexpr std::array<TurnChange, 5> kTurnChanges = {{
    {"order.reopened", reopen},
    {"order.fed_back", feed_back},
    {"order.rejected", reject},
    {"order.self_answered", self_answer},
    {"order.bounced", bounce},
}};

Change change_of(std::string_view topic) {
  for (const TurnChange& row : kTurnChanges) {
    if (row.topic == topic) return row.change;
  }
  return turn;
}

TurnRules make_turn_rules() {
  TurnRules rules;
  for (const CommandRule& rule : command_rules()) {
    if (moment_of(rule.topic) != nullptr) continue;
    rules[rule.topic] = {rule.topic, change_of(rule.topic), nullptr, false,
                         record_kind_of(rule.topic)};
  }
  for (const StreetCommand& rule : street_commands()) {
    rules[rule.topic] = {rule.topic, nullptr, nullptr, false, record_kind_of(rule.topic)};
  }
  rules[kHandoverReadTopic] = {kHandoverReadTopic, nullptr, nullptr, false,
                               record_kind_of(kHandoverReadTopic)};
  return rules;
}

}  // namespace

const SummaryRule* summary_rule(std::string_view topic) {
  for (const SummaryRule& rule : kRules) {
    if (rule.topic == topic) return &rule;
  }
  if (!topic.starts_with("order.") && !topic.starts_with("handover.")) return nullptr;
  static const TurnRules kTurns = make_turn_rules();
  auto found = kTurns.find(topic);
  return found == kTurns.end() ? nullptr : &found->second;
}

std::vector<RoundMoments> rounds_of(const OrderSummary& summary) {
  std::vector<RoundMoments> rounds = summary.past_rounds.value_or(std::vector<RoundMoments>());
  const std::vector<Timestamp> dues = summary.past_dues.value_or(std::vector<Timestamp>());
  for (size_t i = 0; i < rounds.size() && i < dues.size(); ++i) rounds[i].due_at = dues[i];
  rounds.push_back(running_round(summary));
  rounds.back().due_at = summary.due();
  if (!summary.reopened_round) rounds.back().round = summary.round;
  rounds.front().began_at = summary.received_at.value_or(Timestamp());
  return rounds;
}

RoundMoments round_at(const OrderSummary& summary, Timestamp at) {
  std::vector<RoundMoments> rounds = rounds_of(summary);
  while (rounds.size() > 1 && rounds.back().began_at > at) rounds.pop_back();
  return std::move(rounds.back());
}

std::optional<bool> on_time(const OrderSummary& summary, const RoundMoments& round) {
  const auto done_at = round.submitted_at ? round.submitted_at : summary.city_completed_at;
  if (!done_at || !round.due_at) return std::nullopt;
  return *done_at <= *round.due_at;
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
