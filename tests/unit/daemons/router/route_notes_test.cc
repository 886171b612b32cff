// Goal: why an order is routed as it is goes along with it: suggestion, tags, stage, rule, version.
#include "tests/unit/daemons/router/router_fixture.h"

namespace jieban {
namespace {

RouterRules street_rules() {
  RouterRules rules = router_rules();
  rules.version = "8";
  StreetDirectory& street = rules.directory.emplace();
  street.name = "月坛街道";
  street.communities = {{"110102007032", "真武庙社区"}};
  street.duties = {{"公共服务", {}}};
  rules.categories = CategoryTags{"1", {{"公共服务", {"housing"}, {}}}};
  return rules;
}

OrderIntake elsewhere() {
  OrderIntake intake = heating_order();
  intake.facts.others["street"] = "展览路街道";
  return intake;
}

RouteNote opened(const StepOutcome& outcome) {
  return payload_of<OrderOpening>(events_of(outcome).front()).route.value_or(RouteNote());
}

TEST(RouteNotes, AnOrdinaryOrderTellsItsTagsTheStageAndTheRule) {
  RouterFixture router(street_rules());
  const RouteNote note = opened(router.receive(1));
  EXPECT_EQ(note.tags, std::vector<std::string>{"housing"});
  EXPECT_FALSE(note.suggestion || note.says_repeat || note.repeat_of);
  const auto events = events_of(router.command(1, "sign"));
  ASSERT_EQ(events.back().topic, "order.dispatched");
  const auto move = payload_of<OrderMove>(events.back());
  EXPECT_EQ(move.rule, "heating");
  EXPECT_EQ(move.rules_version, "8");
  EXPECT_EQ(move.route->stage, "directory");
  EXPECT_EQ(move.route->code, "chosen");
}

// DOMAIN §5.2, 4: the directory gives the contact and the template of the reply too.
TEST(RouteNotes, TheDispatchTellsHowTheUnitIsReachedAndWhereItsReplyMayBegin) {
  RouterRules rules = street_rules();
  rules.rules[0].contact = "供热值班室";
  rules.rules[0].template_reply = "1）受理联系：__";
  rules.directory->units = {{"heating_company", "热力公司", "company", "总机"},
                            {"urban_office", "城管办", "office", "城管办值班室"}};
  RouterFixture router(rules);
  router.receive(1);
  auto move = payload_of<OrderMove>(events_of(router.command(1, "sign")).back());
  EXPECT_EQ(move.route->contact, "供热值班室") << "the rule's goes before the unit's";
  EXPECT_EQ(move.route->template_reply, "1）受理联系：__");
  move = payload_of<OrderMove>(
      events_of(
          router.command(1, "reassign", {{"lead_unit", "urban_office"}, {"reason_code", "DUTY"}}))
          .back());
  EXPECT_EQ(move.route->contact, "城管办值班室") << "whom a person names";
  EXPECT_FALSE(move.route->template_reply);
  rules.rules[0].contact.reset();
  router.load(rules);
  router.receive(2, heating_order("A-2"));
  move = payload_of<OrderMove>(events_of(router.command(2, "sign")).back());
  EXPECT_EQ(move.route->contact, "总机");
}

TEST(RouteNotes, WithoutThemNothingIsTold) {
  RouterFixture router(street_rules());
  router.receive(1);
  const auto move = payload_of<OrderMove>(events_of(router.command(1, "sign")).back());
  EXPECT_FALSE(move.route->contact || move.route->template_reply);
}

TEST(RouteNotes, WhatIsNotOursIsToldAtOnceAndWaitsUnderstandably) {
  RouterFixture router(street_rules());
  const RouteNote note = opened(router.receive(1, elsewhere()));
  EXPECT_EQ(note.suggestion, "TERRITORY");
  EXPECT_EQ(note.suggested_by, "street");
  EXPECT_EQ(note.suggested_unit, "展览路街道");
  const auto events = events_of(router.command(1, "sign"));
  ASSERT_EQ(events.back().topic, topics::kOrderUnrouted);
  const auto move = payload_of<OrderMove>(events.back());
  EXPECT_EQ(move.queue, "team_leader");
  EXPECT_EQ(move.route->stage, "fallback");
  EXPECT_EQ(move.route->code, "held");
  EXPECT_EQ(move.route->suggestion, "TERRITORY");
  EXPECT_EQ(move.route->suggested_by, "street");
  EXPECT_EQ(router.refusal(1, "dispatch"), "") << "who asks for it has decided";
  EXPECT_EQ(router.order(1)->lead_unit, "heating_company");
}

TEST(RouteNotes, NewFactsAreJudgedAnew) {
  RouterFixture router(street_rules());
  router.receive(1, elsewhere());
  EXPECT_EQ(router.order(1)->suggestion, "TERRITORY");
  const RouteNote note = opened(router.update(1, heating_order()));
  EXPECT_FALSE(note.suggestion);
  EXPECT_EQ(note.tags, std::vector<std::string>{"housing"});
  EXPECT_FALSE(router.order(1)->suggestion);
  EXPECT_EQ(topics_of(router.command(1, "sign")).back(), "order.dispatched");
}

TEST(RouteNotes, WhatAUnitSentBackSaysSo) {
  RouterFixture router(street_rules());
  router.receive(1);
  router.command(1, "sign");
  const auto events = events_of(router.command(1, "unit_bounce", {{"reason_code", "DUTY"}}));
  ASSERT_EQ(events.back().topic, topics::kOrderUnrouted);
  EXPECT_EQ(payload_of<OrderMove>(events.back()).route->code, "bounced");
}

TEST(RouteNotes, TheTextSaysThatItIsNotTheFirstTime) {
  RouterFixture router;
  OrderIntake intake = heating_order();
  intake.facts.keyword_groups = {"repeat"};
  EXPECT_EQ(opened(router.receive(1, intake)).says_repeat, true);
}

// The rules of the day on which the city dispatched it, whenever it is signed.
TEST(RouteNotes, ARuleIsJudgedAtTheCitysDispatchElseAtTheArrival) {
  RouterRules rules = router_rules();
  rules.version = "8";
  rules.rules.front().validity = Validity{std::nullopt, local_time("2026-03-11 00:00:00")};
  RouterFixture router(rules);
  router.now = local_time("2026-03-11 00:00:05");
  OrderIntake intake = heating_order();
  intake.facts.dispatched_at = local_time("2026-03-10 23:59:59");
  router.receive(1, intake);
  EXPECT_EQ(topics_of(router.command(1, "sign")).back(), "order.dispatched");
  intake.facts.dispatched_at = local_time("2026-03-11 00:00:00");
  router.receive(2, intake);
  EXPECT_EQ(topics_of(router.command(2, "sign")).back(), topics::kOrderUnrouted);
  intake.facts.dispatched_at.reset();
  router.receive(3, intake);
  EXPECT_EQ(topics_of(router.command(3, "sign")).back(), topics::kOrderUnrouted);
}

TEST(RouteNotes, AReplayGivesTheSameTables) {
  RouterFixture router(street_rules());
  router.receive(1, elsewhere());
  router.receive(2);
  router.update(1, heating_order());
  router.command(1, "sign");
  RouterFixture again(street_rules());
  again.replay(router);
  EXPECT_EQ(again.contents(), router.contents());
}

}  // namespace
}  // namespace jieban
