// Goal: an order moves by the rows of the life cycle and by nothing else, and whoever is refused
// hears why and what would help.
#include "daemons/router/router.h"

#include <array>

#include "tests/unit/daemons/router/router_fixture.h"

namespace jieban {
namespace {

using Topics = std::vector<std::string>;

// The life cycle, written down a second time: the straight way of DOMAIN §3.2.
struct Row {
  OrderState from;
  const char* command;
  OrderState to;
  const char* topic;
};
constexpr std::array<Row, 7> kRows = {{
    {OrderState::new_order, "sign", OrderState::signed_in, "order.signed"},
    {OrderState::signed_in, "dispatch", OrderState::dispatched, "order.dispatched"},
    {OrderState::dispatched, "accept", OrderState::handling, "order.accepted"},
    {OrderState::dispatched, "hand_in", OrderState::auditing, "order.handed_in"},
    {OrderState::handling, "hand_in", OrderState::auditing, "order.handed_in"},
    {OrderState::auditing, "submit", OrderState::submitted, "order.submitted"},
    {OrderState::submitted, "complete", OrderState::completed, "order.completed"},
}};
constexpr std::array<const char*, 6> kCommands = {"sign",    "dispatch", "accept",
                                                  "hand_in", "submit",   "complete"};

constexpr std::array<OrderState, 7> kStraight = {
    OrderState::new_order, OrderState::signed_in, OrderState::dispatched, OrderState::handling,
    OrderState::auditing,  OrderState::submitted, OrderState::completed};

const Row* row_of(OrderState from, std::string_view command) {
  for (const Row& row : kRows) {
    if (row.from == from && row.command == command) return &row;
  }
  return nullptr;
}

RouterRules manual_rules() {
  RouterRules rules = router_rules();
  rules.dispatch_automatically = false;
  return rules;
}

// The commands, taken in their order, lead through all states in theirs.
void bring_to(RouterFixture& router, uint64_t order_id, OrderState state) {
  router.receive(order_id);
  for (const char* command : kCommands) {
    if (router.state(order_id) == state) return;
    router.command(order_id, command);
  }
  ASSERT_EQ(router.state(order_id), state);
}

TEST(Router, EveryRowOfTheLifeCycleIsTakenByItsCommand) {
  RouterFixture router(manual_rules());
  uint64_t order_id = 0;
  for (const Row& row : kRows) {
    bring_to(router, ++order_id, row.from);
    StepOutcome outcome = router.command(order_id, row.command);
    ASSERT_EQ(topics_of(outcome), Topics{row.topic});
    Event event = events_of(outcome).front();
    OrderMove told = payload_of<OrderMove>(event);
    EXPECT_EQ(told.from, row.from);
    EXPECT_EQ(told.to, row.to);
    EXPECT_EQ(told.command, canonical_command(row.command));
    EXPECT_EQ(told.role, "");
    EXPECT_EQ(event.actor, "seat-1");
    EXPECT_EQ(event.order_id, order_id);
    EXPECT_EQ(event.cause.stream, "110102007.receiver");
    EXPECT_EQ(router.state(order_id), row.to);
  }
}

TEST(Router, EveryOtherPairIsRefusedWithAReasonAndWhatWouldAllowIt) {
  RouterFixture router(manual_rules());
  uint64_t order_id = 0;
  for (OrderState state : kStraight) {
    bring_to(router, ++order_id, state);
    for (const char* command : kCommands) {
      if (row_of(state, command) != nullptr) continue;
      StepOutcome outcome = router.command(order_id, command);
      ASSERT_EQ(topics_of(outcome), Topics{"command.refused"});
      auto told = payload_of<CommandRefusal>(events_of(outcome).front());
      EXPECT_EQ(told.code, "state");
      EXPECT_EQ(told.state, to_string(state));
      EXPECT_EQ(told.command, command);
      EXPECT_NE(told.reason.find(to_chinese(state)), std::string::npos) << told.reason;
      for (const Row& row : kRows) {
        if (std::string_view(row.command) != command) continue;
        EXPECT_NE(told.reason.find(to_chinese(row.from)), std::string::npos) << told.reason;
      }
      EXPECT_EQ(router.state(order_id), state);
    }
  }
  router.expect_counts_add_up();
}

TEST(Router, TheRefusalIsASentenceForTheOperator) {
  RouterFixture router(manual_rules());
  router.receive(1);
  auto told = payload_of<CommandRefusal>(events_of(router.command(1, "hand_in")).front());
  EXPECT_EQ(told.reason, "工单当前为“待签收”，不能提交材料；须处于：已派单、办理中");
}

TEST(Router, ACommandForAnOrderThatIsNotThereIsRefused) {
  RouterFixture router;
  StepOutcome outcome = router.command(9, "sign");
  ASSERT_EQ(topics_of(outcome), Topics{"command.refused"});
  auto told = payload_of<CommandRefusal>(events_of(outcome).front());
  EXPECT_EQ(told.code, "order_unknown");
  EXPECT_EQ(told.state, "");
  EXPECT_FALSE(router.order(9).has_value());
}

TEST(Router, AnArrivalIsOpenedWithItsClassTheRuleAndTheClockStart) {
  RouterFixture router;
  OrderIntake intake = heating_order();
  intake.facts.due_at = local_time("2026-03-11 08:00:00");
  StepOutcome outcome = router.receive(1, intake);
  ASSERT_EQ(topics_of(outcome), Topics{"order.opened"});
  auto opening = payload_of<OrderOpening>(events_of(outcome).front());
  EXPECT_EQ(opening.order_class, "utility");
  EXPECT_EQ(opening.class_rule, "class_rules[0]");
  EXPECT_EQ(opening.rules_version, "7");
  EXPECT_EQ(opening.clock_start, router.now);
  EXPECT_EQ(opening.due_at, intake.facts.due_at);

  intake.facts.dispatched_at = local_time("2026-03-10 07:31:00");
  auto dispatched = payload_of<OrderOpening>(events_of(router.receive(2, intake)).front());
  EXPECT_EQ(dispatched.clock_start, intake.facts.dispatched_at);
}

TEST(Router, SigningDispatchesByTheRules) {
  RouterFixture router;
  router.receive(1);
  StepOutcome outcome = router.command(1, "sign");
  ASSERT_EQ(topics_of(outcome), (Topics{"order.signed", "order.dispatched"}));
  Event dispatched = events_of(outcome).back();
  EXPECT_EQ(dispatched.actor, "system");
  auto told = payload_of<OrderMove>(dispatched);
  EXPECT_EQ(told.lead_unit, "heating_company");
  EXPECT_EQ(told.assist_units, (std::vector<std::string>{"urban_office", "community"}));
  EXPECT_EQ(told.rule, "heating");
  EXPECT_EQ(told.rules_version, "7");
  EXPECT_EQ(router.state(1), OrderState::dispatched);
  EXPECT_EQ(router.order(1)->lead_unit, "heating_company");
}

TEST(Router, WhereSigningIsAutomaticAnArrivalIsDispatchedAtOnce) {
  RouterRules rules = router_rules();
  rules.sign_automatically = true;
  RouterFixture router(rules);
  StepOutcome outcome = router.receive(1);
  EXPECT_EQ(topics_of(outcome), (Topics{"order.opened", "order.signed", "order.dispatched"}));
  EXPECT_EQ(router.state(1), OrderState::dispatched);
  router.expect_counts_add_up();
}

TEST(Router, WhatNoRuleMatchesWaitsInTheDefaultQueueForAPerson) {
  RouterFixture router;
  OrderIntake intake = heating_order();
  intake.facts.category = "其他";
  router.receive(1, intake);
  StepOutcome outcome = router.command(1, "sign");
  ASSERT_EQ(topics_of(outcome), (Topics{"order.signed", "order.unrouted"}));
  auto told = payload_of<OrderMove>(events_of(outcome).back());
  EXPECT_EQ(told.queue, "team_leader");
  EXPECT_EQ(told.from, told.to);
  EXPECT_EQ(router.state(1), OrderState::signed_in);

  auto refused = payload_of<CommandRefusal>(events_of(router.command(1, "dispatch")).front());
  EXPECT_EQ(refused.code, "unit_missing");
  EXPECT_NE(refused.reason.find("lead_unit"), std::string::npos);

  outcome = router.command(1, "dispatch", {{"lead_unit", "police"}, {"assist_units", "a,b"}});
  ASSERT_EQ(topics_of(outcome), Topics{"order.dispatched"});
  told = payload_of<OrderMove>(events_of(outcome).front());
  EXPECT_EQ(told.lead_unit, "police");
  EXPECT_EQ(told.assist_units, (std::vector<std::string>{"a", "b"}));
  EXPECT_FALSE(told.rule.has_value());
}

TEST(Router, AUnitThatTheCommandNamesComesBeforeTheRules) {
  RouterFixture router(manual_rules());
  router.receive(1);
  router.command(1, "sign");
  auto outcome = router.command(1, "dispatch", {{"lead_unit", "police"}});
  EXPECT_EQ(payload_of<OrderMove>(events_of(outcome).front()).lead_unit, "police");
  router.receive(2);
  router.command(2, "sign");
  outcome = router.command(2, "dispatch", {{"lead_unit", ""}});
  EXPECT_EQ(payload_of<OrderMove>(events_of(outcome).front()).lead_unit, "heating_company");
}

TEST(Router, AnUpdateAmendsTheFactsAndLeavesTheState) {
  RouterFixture router;
  router.receive(1);
  OrderIntake later = heating_order();
  later.facts.category = "交通管理>停车";
  later.facts.due_at = local_time("2026-03-12 09:00:00");
  later.changes = {{"due_at", "", ""}};
  StepOutcome outcome = router.update(1, later);
  ASSERT_EQ(topics_of(outcome), Topics{"order.amended"});
  auto amended = payload_of<OrderOpening>(events_of(outcome).front());
  EXPECT_EQ(amended.state, "NEW");
  EXPECT_EQ(amended.due_at, later.facts.due_at);
  EXPECT_EQ(amended.category, "交通管理>停车");
  EXPECT_EQ(amended.order_class, "utility");
  auto told = payload_of<OrderMove>(events_of(router.command(1, "sign")).back());
  EXPECT_EQ(told.lead_unit, "urban_office");
  EXPECT_EQ(topics_of(router.update(1, heating_order())), Topics{"order.amended"});
  EXPECT_EQ(router.order(1)->lead_unit, "urban_office");
  router.expect_counts_add_up();
}

TEST(Router, AnUpdateOfAnOrderNeverOpenedIsSetAside) {
  RouterFixture router;
  StepOutcome outcome = router.update(5, heating_order());
  EXPECT_EQ(outcome.quarantined, 1U);
  EXPECT_EQ(topics_of(outcome), Topics{"event.quarantined"});
  EXPECT_FALSE(router.order(5).has_value());
}

TEST(Router, WithoutRulesAnArrivalIsSetAsideAndTakenOnceTheyAreThere) {
  CoreHarness<Router> router("router");
  StepOutcome outcome = router.event("receiver", topics::kOrderReceived, 1, heating_order());
  EXPECT_EQ(outcome.quarantined, 1U);
  auto told = payload_of<Quarantined>(events_of(outcome).front());
  EXPECT_NE(told.error.find("no routing rules"), std::string::npos);
  router.input(rules_input("router", router_rules()));
  Input again;
  again.topic = Fold::kRetryTopic;
  again.payload = encode_payload(Quarantined{"110102007.receiver", 1, ""});
  EXPECT_EQ(topics_of(router.input(again)), Topics{"order.opened"});
}

TEST(Router, TheSameRulesAgainChangeNothingAndForeignOnesAreNoBusiness) {
  RouterFixture router;
  EXPECT_TRUE(router.load(router_rules()).records.empty());
  StepOutcome foreign =
      router.event("receiver", topics::kRulesLoaded, 0, RulesLoaded{"lexicon", "1", Bytes{"x"}});
  EXPECT_EQ(foreign.quarantined, 0U);
  RouterRules next = router_rules();
  next.version = "8";
  EXPECT_EQ(topics_of(router.load(next)), Topics{"rules.loaded"});
  auto opening = payload_of<OrderOpening>(events_of(router.receive(1)).front());
  EXPECT_EQ(opening.rules_version, "8");
}

TEST(Router, TheCountsAddUpAfterEveryStepAndAReplayGivesTheSameTables) {
  RouterFixture router;
  for (uint64_t order_id = 1; order_id <= 12; ++order_id) {
    router.now += std::chrono::minutes(1);
    OrderIntake intake = heating_order("A-" + std::to_string(order_id));
    if (order_id % 3 == 0) intake.facts.category = "其他";
    router.receive(order_id, intake);
    router.expect_counts_add_up();
  }
  // Each order is commanded so far as its number says, with one command that is refused.
  for (uint64_t order_id = 1; order_id <= 12; ++order_id) {
    for (size_t i = 0; i < order_id % kCommands.size() + 1; ++i) {
      router.command(order_id, kCommands[i]);
    }
    router.command(order_id, "sign");
    router.expect_counts_add_up();
  }
  CoreHarness<Router> again("router");
  again.replay(router);
  EXPECT_EQ(again.contents(), router.contents());
}

TEST(Router, TheUnsignedListBeginsWithTheOrderThatWaitsLongest) {
  RouterFixture router;
  Timestamp first = router.now;
  router.receive(1);
  router.now += std::chrono::minutes(5);
  router.receive(2);
  auto oldest = [&] {
    Transaction txn = router.read();
    std::optional<Timestamp> since;
    auto scanned = router.core().unsigned_orders().scan(txn, {}, [&](std::string_view, auto row) {
      since = row.since;
      return false;
    });
    EXPECT_TRUE(scanned.ok());
    return since;
  };
  EXPECT_EQ(oldest(), first);
  router.command(1, "sign");
  EXPECT_EQ(oldest(), router.now);
  router.command(2, "sign");
  EXPECT_FALSE(oldest().has_value());
}

}  // namespace
}  // namespace jieban
