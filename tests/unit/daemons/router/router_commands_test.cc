// Goal: every row of the life cycle can be taken, by the roles of its rule and by no others, and a
// refusal says who may and what would help.
#include <algorithm>
#include <set>

#include "daemons/router/router.h"
#include "tests/unit/daemons/router/walks.h"

namespace jieban {
namespace {

using enum OrderState;

// A return's own draft is part of the way to it.
std::string_view before_of(const GoodCommand& good, OrderState from) {
  bool on_the_way = from == return_requested || from == returned;
  return on_the_way && std::string_view(good.before) == "draft_return" ? "" : good.before;
}

TEST(RouterCommands, EveryCommandOfTheTableHasAGoodExample) {
  std::set<std::string_view> known;
  for (const GoodCommand& good : good_commands()) known.insert(good.command);
  for (const CommandRule& rule : command_rules()) EXPECT_TRUE(known.contains(rule.command));
  EXPECT_EQ(known.size(), good_commands().size());
}

TEST(RouterCommands, EveryRowOfTheTableIsTakenInItsStateAndToldUnderItsTopic) {
  RouterFixture router(desk_rules());
  uint64_t order_id = 0;
  for (const Transition& row : lifecycle()) {
    GoodCommand good = good_command(row.command);
    bring(router, ++order_id, row.from, before_of(good, row.from));
    // What was paused on the way there has stopped.
    const bool again = row.command == "resume_clock" && row.from == rejected;
    if (again) take(router, order_id, "pause_clock");
    if (row.command == "redo") good.arguments["to"] = to_string(*row.to);
    router.without_texts();
    if (*good.texts != '\0') router.with_texts(good.texts);
    auto outcome = router.as("someone", good.role).command(order_id, good.command, good.arguments);
    Event event = events_of(outcome).front();
    ASSERT_EQ(event.topic, row.topic)
        << to_string(row.from) << " " << row.command << " " << event.payload;
    OrderMove told = payload_of<OrderMove>(event);
    EXPECT_EQ(told.from, row.from);
    EXPECT_EQ(told.to, row.to.value_or(signed_in)) << row.command;
    EXPECT_EQ(told.command, row.command);
    EXPECT_EQ(told.role, good.role);
    EXPECT_EQ(event.actor, "someone");
    EXPECT_EQ(router.state(order_id), told.to);
  }
  router.expect_counts_add_up();
}

TEST(RouterCommands, InEveryOtherStateTheCommandIsRefusedForTheState) {
  RouterFixture router(desk_rules());
  uint64_t order_id = 0;
  for (OrderState state : all_order_states()) {
    bring(router, ++order_id, state);
    for (const GoodCommand& good : good_commands()) {
      if (find_transition(state, good.command) != nullptr) continue;
      EXPECT_EQ(give(router, order_id, good), "state") << to_string(state) << good.command;
      EXPECT_NE(router.reason.find(to_chinese(state)), std::string::npos);
      EXPECT_EQ(router.state(order_id), state);
    }
  }
}

TEST(RouterCommands, OnlyTheRolesOfTheRuleMayAsk) {
  RouterFixture router(desk_rules());
  uint64_t order_id = 0;
  for (const CommandRule& rule : command_rules()) {
    for (size_t i = 0; i < kRoleCount; ++i) {
      OrderState from = new_order;
      while (!rule.from.has(from)) from = OrderState(size_t(from) + 1);
      GoodCommand good = good_command(rule.command);
      bring(router, ++order_id, from, before_of(good, from));
      std::string role(to_string(Role(i)));
      good.role = role.c_str();
      std::string code = give(router, order_id, good);
      EXPECT_EQ(code, rule.roles.has(Role(i)) ? "" : "role") << rule.command << " " << role;
    }
  }
}

TEST(RouterCommands, ARefusedRoleHearsWhoMay) {
  RouterFixture router(desk_rules());
  bring(router, 1, signed_in);
  EXPECT_EQ(router.as("li", "analyst").refusal(1, "dispatch"), "role");
  EXPECT_EQ(router.reason, "“统计分析岗”不能派单；可由：坐席、班组长、系统");
  EXPECT_EQ(router.as("li", "mayor").refusal(1, "dispatch"), "role");
  EXPECT_EQ(router.reason, "没有这个岗位：“mayor”；派单可由：坐席、班组长、系统");
}

TEST(RouterCommands, ACommandWithoutARoleDoesWhatItDidBefore) {
  RouterFixture router(desk_rules());
  for (const char* role : {"", "operator"}) {
    uint64_t order_id = *role == '\0' ? 1 : 2;
    router.receive(order_id);
    for (const char* word : {"sign", "dispatch", "accept", "hand_in", "submit", "complete"}) {
      EXPECT_EQ(router.as("desk", role).refusal(order_id, word), "") << router.reason;
    }
    EXPECT_EQ(router.state(order_id), completed);
  }
}

TEST(RouterCommands, ARefusalOfAGuardNamesItAndWhatWouldSatisfyIt) {
  RouterFixture router(desk_rules());
  bring(router, 1, submitted);
  EXPECT_EQ(router.as("li", "city").refusal(1, "reject"), "reject_fields");
  EXPECT_EQ(router.reason.find("不能驳回：驳回须用 reason_code 说明原因（缺少 reason_code"), 0U)
      << router.reason;
  EXPECT_EQ(router.refusal(1, "reject", {{"reason_code", "请看附件"}}), "argument");
}

TEST(RouterCommands, AfterABounceAPersonDecidesAndTheQueueIsTold) {
  RouterFixture router;  // dispatches by the rules
  router.receive(1);
  router.command(1, "sign");
  auto outcome = router.as("u", "unit").command(1, "unit_bounce", {{"reason_code", "DUTY"}});
  EXPECT_EQ(topics_of(outcome), (std::vector<std::string>{"order.bounced", "order.unrouted"}));
  EXPECT_EQ(router.state(1), signed_in);
  auto told = payload_of<OrderMove>(events_of(outcome).front());
  EXPECT_EQ(told.arguments->at("bounced_unit"), "heating_company");
}

TEST(RouterCommands, AnotherRoundBeginsAtTheBeginning) {
  RouterFixture router(desk_rules());
  bring(router, 1, visited);
  auto outcome = router.as("c", "city").command(1, "again", {{"round", "2"}});
  auto told = payload_of<OrderMove>(events_of(outcome).front());
  EXPECT_EQ(told.round, 2U);
  EXPECT_EQ(told.to, new_order);
  EXPECT_FALSE(router.order(1)->lead_unit.has_value());
  take(router, 1, "sign");
  take(router, 1, "dispatch");
  EXPECT_EQ(router.order(1)->round, 2U);
  router.expect_counts_add_up();
}

TEST(RouterCommands, WhereSigningIsAutomaticAReopenedOrderIsDispatchedAtOnce) {
  RouterRules rules = router_rules();
  rules.sign_automatically = true;
  RouterFixture router(rules);
  router.receive(1);
  for (const char* word : {"accept", "hand_in", "submit", "accept_completion", "visit_result"}) {
    take(router, 1, word);
  }
  auto outcome = router.as("c", "city").command(1, "again");
  EXPECT_EQ(topics_of(outcome),
            (std::vector<std::string>{"order.reopened", "order.signed", "order.dispatched"}));
  auto assignments = router.course(1).assignments;
  EXPECT_EQ(std::ranges::count_if(assignments, &Assignment::is_open), 3);
}

TEST(RouterCommands, AReplayGivesTheSameTables) {
  RouterFixture router(desk_rules());
  uint64_t order_id = 0;
  for (OrderState state : all_order_states()) bring(router, ++order_id, state, "link_parent");
  CoreHarness<Router> again("router");
  again.replay(router);
  EXPECT_EQ(again.contents(), router.contents());
}

}  // namespace
}  // namespace jieban
