// Goal: the section of a log holds what the router knows of the open orders at that instant: each
// order in the lists where it belongs, and no other (DOMAIN §13.3).
#include "daemons/router/handover_section.h"

#include "tests/unit/daemons/router/street_fixture.h"

namespace jieban {
namespace {

using std::chrono::hours;
using Numbers = std::vector<std::string>;

OrderIntake due_order(const std::string& order_no, Timestamp due) {
  OrderIntake intake = heating_order(order_no);
  intake.facts.due_at = due;
  return intake;
}

TEST(HandoverSection, EachOrderStandsInTheListsWhereItBelongs) {
  StreetFixture router;
  const Timestamp start = router.now;
  router.receive(1, heating_order("A-1"));                 // unsigned
  router.receive(2, due_order("A-2", start + hours(10)));  // due soon
  router.receive(3, due_order("A-3", start + hours(1)));   // overdue later
  router.receive(4, due_order("A-4", start + hours(40)));  // neither
  router.emergency(5, "A-5");
  for (uint64_t id : {2U, 3U, 4U, 5U}) ASSERT_EQ(router.refusal(id, "sign"), "") << router.reason;
  router.as("zhou", "team_leader").with_texts("basis");
  ASSERT_EQ(
      router.refusal(4, "draft_return", {{"reason_code", "LEGAL_CHANNEL"}, {"evidence", "d-1"}}),
      "")
      << router.reason;
  router.without_texts().as("sun", "team_leader");
  ASSERT_EQ(router.refusal(4, "request_return"), "") << router.reason;
  router.now = start + hours(2);
  ASSERT_EQ(router.sign_out(), "urgent_open");
  ASSERT_EQ(router.with_reason("handover_override", "zhou", "team_leader"), "") << router.reason;
  ASSERT_EQ(router.sign_out(), "") << router.reason;
  const HandoverSection section = *router.told.section;
  EXPECT_EQ(section.at, router.now);
  EXPECT_EQ(section.last_intake, start);
  EXPECT_EQ(section.unsigned_orders.order_nos, Numbers{"A-1"});
  EXPECT_EQ(section.due_soon.order_nos, Numbers{"A-2"});
  EXPECT_EQ(section.overdue.order_nos, Numbers{"A-3"});
  EXPECT_EQ(section.returns_pending.order_nos, Numbers{"A-4"});
  EXPECT_EQ(section.urgent_open.order_nos, Numbers{"A-5"});
  EXPECT_EQ(section.rejected.count, 0U);
}

TEST(HandoverSection, ADeadlineIsSoonUntilItsVeryInstantAndOverdueBehindIt) {
  StreetFixture router;
  const Timestamp due = router.now + hours(12);
  router.receive(1, due_order("A-1", due));
  ASSERT_EQ(router.sign_out(), "");
  EXPECT_EQ(router.told.section->due_soon.count, 1U) << "12 hours ahead is within 12 hours";
  ASSERT_EQ(router.with_reason("handover_withdraw", "li", "seat"), "");
  router.now = due;
  ASSERT_EQ(router.sign_out(), "");
  EXPECT_EQ(router.told.section->due_soon.count, 1U) << "not missed yet";
  ASSERT_EQ(router.with_reason("handover_withdraw", "li", "seat"), "");
  router.now = due + Duration(1);
  ASSERT_EQ(router.sign_out(), "");
  EXPECT_EQ(router.told.section->overdue.count, 1U);
  EXPECT_EQ(router.told.section->due_soon.count, 0U);
}

TEST(HandoverSection, HowFarItLooksAheadIsAMatterOfRules) {
  RouterRules rules = street_rules();
  rules.policy.emplace().handover_ahead = Duration(hours(2)).count();
  StreetFixture router;
  router.load(rules);
  router.receive(1, due_order("A-1", router.now + hours(3)));
  ASSERT_EQ(router.sign_out(), "");
  EXPECT_EQ(router.told.section->due_soon.count, 0U);
  EXPECT_EQ(router.told.section->due_within, Duration(hours(2)).count());
}

}  // namespace
}  // namespace jieban
