// Goal: a summary says what its events say, whichever stream came first.
#include "daemons/archiver/order_summary.h"

#include <algorithm>

#include "common/domain/record_kind.h"
#include "tests/unit/daemons/archiver/day.h"

namespace jieban {
namespace {

using namespace archiver_test;

Event event_at(std::string_view topic, const std::string& at, std::string payload) {
  Event event;
  event.topic = topic;
  event.occurred_at = local(at);
  event.payload = std::move(payload);
  return event;
}

OrderSummary after(const std::vector<Event>& events) {
  OrderSummary summary;
  for (const Event& event : events) {
    const SummaryRule* rule = summary_rule(event.topic);
    CHECK(rule != nullptr);
    auto changed = rule->change(event, summary);
    EXPECT_TRUE(changed.ok()) << changed.error().message;
  }
  return summary;
}

Event received(const OrderIntake& intake) {
  return event_at(topics::kOrderReceived, "2026-07-18 09:00:00", encode_payload(intake));
}

TEST(OrderSummary, EveryMoveOfTheLifeCycleHasItsRuleAndItsMoment) {
  for (const Transition& row : lifecycle()) {
    const SummaryRule* rule = summary_rule(row.topic);
    ASSERT_NE(rule, nullptr) << row.topic;
    EXPECT_EQ(rule->record_kind, record_kind_of(row.topic));
    const OrderState to = row.to.value_or(OrderState::dispatched);
    OrderMove move;
    move.from = row.from;
    move.to = to;
    OrderSummary summary;
    Event event = event_at(row.topic, "2026-07-18 09:00:00", encode_payload(move));
    ASSERT_TRUE(rule->change(event, summary).ok());
    EXPECT_EQ(summary.state, to);
    EXPECT_EQ(state_at(summary, event.occurred_at - Duration(1)), OrderState::new_order);
    if (to == row.from) continue;
    EXPECT_EQ(state_at(summary, event.occurred_at), to) << row.command;
  }
}

TEST(OrderSummary, TagsSuggestionAndLinksAreKept) {
  OrderOpening opening;
  opening.order_class = "general";
  RouteNote& route = opening.route.emplace();
  route.tags = {"housing"};
  route.suggestion = "TERRITORY";
  route.repeat_of = "YT-0";
  route.cluster_of = "YT-9";
  const auto opened =
      event_at(topics::kOrderOpened, "2026-07-18 09:00:00", encode_payload(opening));
  OrderSummary summary = after({opened});
  EXPECT_EQ(summary.tags, std::vector<std::string>{"housing"});
  EXPECT_EQ(summary.suggestion, "TERRITORY");
  EXPECT_EQ(summary.repeat_of, "YT-0");
  EXPECT_EQ(summary.cluster_of, "YT-9");
  opening.route.reset();
  summary = after(
      {opened, event_at(topics::kOrderAmended, "2026-07-18 10:00:00", encode_payload(opening))});
  EXPECT_FALSE(summary.tags || summary.suggestion) << "judged anew";
  EXPECT_EQ(summary.repeat_of, "YT-0") << "linked once";
  EXPECT_EQ(summary.cluster_of, "YT-9");
}

Event moved(std::string_view topic, const std::string& at, OrderState from, OrderState to) {
  OrderMove move;
  move.from = from;
  move.to = to;
  return event_at(topic, at, encode_payload(move));
}

TEST(OrderSummary, ABouncedOrderIsWhereItIsAtEachTime) {
  using enum OrderState;
  OrderSummary summary =
      after({moved("order.signed", "2026-07-18 09:00:00", new_order, signed_in),
             moved("order.dispatched", "2026-07-18 09:01:00", signed_in, dispatched),
             moved("order.bounced", "2026-07-18 09:30:00", dispatched, signed_in),
             moved("order.dispatched", "2026-07-18 10:00:00", signed_in, dispatched),
             moved("order.accepted", "2026-07-18 10:05:00", dispatched, handling)});
  EXPECT_EQ(summary.state, handling);
  EXPECT_EQ(state_at(summary, local("2026-07-18 08:59:59")), new_order);
  EXPECT_EQ(state_at(summary, local("2026-07-18 09:10:00")), dispatched);
  EXPECT_EQ(state_at(summary, local("2026-07-18 09:40:00")), signed_in);
  EXPECT_EQ(state_at(summary, local("2026-07-18 10:00:00")), dispatched);
  EXPECT_EQ(state_at(summary, local("2026-07-18 10:05:00")), handling);
  EXPECT_EQ(summary.dispatched_at, local("2026-07-18 09:01:00")) << "the first time counts";
}

TEST(OrderSummary, TheStraightWayKeepsNoListOfTurns) {
  using enum OrderState;
  OrderSummary summary =
      after({moved("order.signed", "2026-07-18 09:00:00", new_order, signed_in),
             moved("order.dispatched", "2026-07-18 09:01:00", signed_in, dispatched),
             moved("order.accepted", "2026-07-18 09:02:00", dispatched, handling)});
  EXPECT_FALSE(summary.turns.has_value());
}

TEST(OrderSummary, ANewRoundAndANewClassAreSeen) {
  OrderMove move;
  move.from = OrderState::visited;
  move.to = OrderState::new_order;
  move.round = 2;
  Event again = event_at("order.reopened", "2026-07-18 09:00:00", encode_payload(move));
  move.from = move.to;
  move.order_class = "emergency";
  Event raised = event_at("order.reclassified", "2026-07-18 09:10:00", encode_payload(move));
  OrderSummary summary = after({again, raised});
  EXPECT_EQ(summary.state, OrderState::new_order);
  EXPECT_EQ(summary.reopened_round, 2U);
  EXPECT_EQ(summary.order_class, "emergency");
}

ClockChanges due_change(const std::vector<std::string>& changes, const std::string& deadline) {
  ClockChanges clocks{"YT-1", "v1", {}};
  for (const std::string& change : changes) {
    clocks.changes.push_back({"due", change, {}, local(deadline), "rule", {}});
  }
  return clocks;
}

OrderMove move_of(OrderState from, OrderState to) {
  OrderMove move;
  move.from = from;
  move.to = to;
  return move;
}

Event told_move(std::string_view topic, const std::string& at, OrderMove move) {
  return event_at(topic, at, encode_payload(move));
}

// An order that is done, comes again and is done again; its router's and its watcher's stream.
std::vector<std::vector<Event>> two_rounds() {
  using enum OrderState;
  OrderMove first = move_of(signed_in, dispatched);
  first.lead_unit = "a";
  OrderMove told = move_of(handling, handling);
  told.arguments = {{"caller_told_at", "2026-07-18 10:00"},
                    {"hotline_told_at", "2026-07-18 11:00"}};
  OrderMove later = told;
  later.arguments = {{"caller_told_at", "2026-07-19 10:00"},
                     {"hotline_told_at", "2026-07-19 11:00"}};
  OrderMove again = move_of(visited, new_order);
  again.round = 2;
  OrderMove second = move_of(signed_in, dispatched);
  second.lead_unit = "b";
  return {{moved("order.signed", "2026-07-18 09:00:00", new_order, signed_in),
           told_move("order.dispatched", "2026-07-18 09:01:00", first),
           told_move("order.fed_back", "2026-07-18 11:00:00", told),
           told_move("order.fed_back", "2026-07-18 12:00:00", later),
           moved("order.submitted", "2026-07-18 13:00:00", auditing, submitted),
           told_move("order.reopened", "2026-07-25 08:00:00", again),
           moved("order.signed", "2026-07-25 08:05:00", new_order, signed_in),
           told_move("order.dispatched", "2026-07-25 08:06:00", second),
           moved("order.submitted", "2026-07-29 08:00:00", auditing, submitted)},
          {event_at(topics::kClockChanged, "2026-07-18 09:00:00",
                    encode_payload(due_change({"started"}, "2026-07-20 09:00:00"))),
           event_at(topics::kClockChanged, "2026-07-18 13:00:00",
                    encode_payload(due_change({"met"}, "2026-07-20 09:00:00"))),
           event_at(topics::kClockChanged, "2026-07-25 08:00:00",
                    encode_payload(due_change({"started"}, "2026-07-28 08:00:00"))),
           event_at(topics::kClockChanged, "2026-07-29 08:00:00",
                    encode_payload(due_change({"stopped_late"}, "2026-07-28 08:00:00")))}};
}

TEST(OrderSummary, EachRoundHasItsOwnMomentsDueTimeAndVerdict) {
  const auto streams = two_rounds();
  std::vector<Event> events = {received(intake_of({}))};
  for (const auto& stream : streams) events.insert(events.end(), stream.begin(), stream.end());
  const OrderSummary summary = after(events);
  const auto rounds = rounds_of(summary);
  ASSERT_EQ(rounds.size(), 2U);
  EXPECT_EQ(rounds[0].round, 1U);
  EXPECT_EQ(rounds[0].began_at, summary.received_at);
  EXPECT_EQ(rounds[0].lead_unit, "a");
  EXPECT_EQ(rounds[0].signed_at, local("2026-07-18 09:00:00"));
  EXPECT_EQ(rounds[0].submitted_at, local("2026-07-18 13:00:00"));
  EXPECT_EQ(rounds[0].caller_told_at, local("2026-07-18 10:00:00")) << "what was told first";
  EXPECT_EQ(rounds[0].hotline_told_at, local("2026-07-18 11:00:00"));
  EXPECT_EQ(rounds[0].due_at, local("2026-07-20 09:00:00"));
  EXPECT_EQ(on_time(summary, rounds[0]), true);
  EXPECT_EQ(rounds[1].round, 2U);
  EXPECT_EQ(rounds[1].began_at, local("2026-07-25 08:00:00"));
  EXPECT_EQ(rounds[1].lead_unit, "b");
  EXPECT_EQ(rounds[1].signed_at, local("2026-07-25 08:05:00"));
  EXPECT_FALSE(rounds[1].caller_told_at.has_value());
  EXPECT_EQ(rounds[1].due_at, local("2026-07-28 08:00:00"));
  EXPECT_EQ(on_time(summary, rounds[1]), false);
  EXPECT_EQ(round_at(summary, local("2026-07-25 07:59:59")).round, 1U);
  EXPECT_EQ(round_at(summary, local("2026-07-25 08:00:00")).round, 2U);
  EXPECT_EQ(state_at(summary, local("2026-07-25 08:00:00")), OrderState::new_order);
}

TEST(OrderSummary, ItsRoundsAreTheSameWhicheverStreamCameFirst) {
  const auto streams = two_rounds();
  const Event first = received(intake_of({}));
  std::vector<size_t> turns(streams[0].size(), 0);
  turns.insert(turns.end(), streams[1].size(), 1);
  turns.push_back(2);
  std::optional<OrderSummary> expected;
  do {
    std::vector<Event> events;
    std::vector<size_t> next(2, 0);
    for (size_t turn : turns) {
      events.push_back(turn == 2 ? first : streams[turn][next[turn]++]);
    }
    const OrderSummary summary = after(events);
    if (!expected) expected = summary;
    ASSERT_EQ(summary, *expected);
  } while (std::ranges::next_permutation(turns).found);
}

TEST(OrderSummary, WhatWasImportedAsDoneIsJudgedByWhatTheImportSays) {
  OrderIntake intake = intake_of({});
  intake.facts.due_at = local("2026-07-20 09:00:00");
  EXPECT_FALSE(on_time(after({received(intake)}), rounds_of(after({received(intake)})).back()));
  intake.facts.others["completed_at"] = "2026-07-20 09:00:00";
  OrderSummary summary = after({received(intake)});
  EXPECT_EQ(on_time(summary, rounds_of(summary).back()), true);
  intake.facts.others["completed_at"] = "2026-07-20 09:00:01";
  summary = after({received(intake)});
  EXPECT_EQ(on_time(summary, rounds_of(summary).back()), false);
  summary.submitted_at = local("2026-07-20 08:00:00");
  EXPECT_EQ(on_time(summary, rounds_of(summary).back()), true) << "what was submitted here counts";
}

TEST(OrderSummary, AnOrderIsKnownWhenItWasReceived) {
  OrderOpening opening;
  opening.order_class = "general";
  Event opened = event_at(topics::kOrderOpened, "2026-07-18 09:00:00", encode_payload(opening));
  EXPECT_FALSE(after({opened}).known());
  EXPECT_TRUE(after({opened, received(intake_of({}))}).known());
}

TEST(OrderSummary, IsTheSameInEveryInterleaving) {
  OrderWish wish;
  OrderIntake corrected = intake_of(wish);
  corrected.facts.category = "公共服务>供暖";
  OrderOpening opening{"YT-1", "general", "r1", "v1", wish.category, wish.community, {}, {}, {}};
  OrderOpening amended = opening;
  amended.category = "公共服务>供暖";
  amended.due_at = local("2026-07-20 09:00:00");
  ClockChanges clocks{"YT-1", "v1", {}};
  clocks.changes.push_back({"due", "started", {}, local("2026-07-20 09:00:00"), "order", {}});
  // Each stream in its order; the interleaving is drawn from all possible ones.
  std::vector<std::vector<Event>> streams = {
      {received(intake_of(wish)),
       event_at(topics::kOrderUpdated, "2026-07-18 09:10:00", encode_payload(corrected))},
      {event_at(topics::kOrderOpened, "2026-07-18 09:00:00", encode_payload(opening)),
       event_at(topics::kOrderAmended, "2026-07-18 09:10:00", encode_payload(amended))},
      {event_at(topics::kClockChanged, "2026-07-18 09:10:00", encode_payload(clocks)),
       event_at(topics::kDeadlineWarned, "2026-07-19 09:10:00", encode_payload(DeadlineAlert()))}};
  std::vector<size_t> turns = {0, 0, 1, 1, 2, 2};
  OrderSummary expected;
  size_t interleavings = 0;
  do {
    std::vector<Event> events;
    std::vector<size_t> next(3, 0);
    for (size_t turn : turns) events.push_back(streams[turn][next[turn]++]);
    OrderSummary summary = after(events);
    if (interleavings++ == 0) expected = summary;
    EXPECT_EQ(summary, expected);
  } while (std::ranges::next_permutation(turns).found);
  EXPECT_EQ(interleavings, 90U);
  EXPECT_EQ(expected.category, "公共服务>供暖");
  EXPECT_EQ(expected.updates, 1U);
  EXPECT_EQ(expected.warnings, 1U);
  EXPECT_EQ(expected.due(), local("2026-07-20 09:00:00"));
}

TEST(OrderSummary, CreationIsTheCitysTimeElseTheNextBest) {
  OrderIntake intake = intake_of({});
  EXPECT_EQ(after({received(intake)}).created_at, local("2026-07-18 09:00:00"));
  intake.facts.called_at = local("2026-07-18 08:00:00");
  EXPECT_EQ(after({received(intake)}).created_at, local("2026-07-18 08:00:00"));
  intake.facts.dispatched_at = local("2026-07-18 08:30:00");
  EXPECT_EQ(after({received(intake)}).created_at, local("2026-07-18 08:30:00"));
  intake.facts.others["created_at_city"] = "2026-07-18 08:10:00";
  EXPECT_EQ(after({received(intake)}).created_at, local("2026-07-18 08:10:00"));
  intake.facts.others["created_at_city"] = "昨天";
  EXPECT_EQ(after({received(intake)}).created_at, local("2026-07-18 08:30:00"));
}

TEST(OrderSummary, OnlyTheDueClockConcernsIt) {
  const SummaryRule* rule = summary_rule(topics::kClockChanged);
  ClockChanges clocks{"YT-1", "v1", {}};
  clocks.changes.push_back({"sign", "started", {}, {}, "rule", {}});
  EXPECT_FALSE(rule->concerns(encode_payload(clocks)));
  clocks.changes.push_back({"due", "started", {}, {}, "rule", {}});
  EXPECT_TRUE(rule->concerns(encode_payload(clocks)));
}

TEST(OrderSummary, APayloadThatCannotBeReadIsAnError) {
  OrderSummary summary;
  Event event = event_at("order.signed", "2026-07-18 09:00:00", "\x80");
  EXPECT_FALSE(summary_rule(event.topic)->change(event, summary).ok());
}

TEST(OrderSummary, OtherTopicsHaveNoRule) {
  EXPECT_EQ(summary_rule("notice.sent"), nullptr);
  EXPECT_EQ(summary_rule("order.unrouted"), nullptr);
  EXPECT_EQ(summary_rule(""), nullptr);
}

}  // namespace
}  // namespace jieban
