// Goal: the section of a log holds what the router knows of the open orders at that instant: each
// order in the lists where it belongs, and no other (DOMAIN §13.3).
#include "daemons/router/handover_section.h"

#include "common/domain/import_done.h"
#include "common/domain/topics.h"
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

AlertStep alarm(const std::string& id, const std::string& topic, const std::string& person = "") {
  AlertStep told;
  told.alert = id;
  told.topic = topic;
  if (!person.empty()) told.person = person;
  return told;
}

// DOMAIN §13.3: alarms[], channel_failures[], import_lag.
TEST(HandoverSection, WhatThePeopleAreCalledForStandsInIt) {
  StreetFixture router;
  const Timestamp start = router.now;
  ImportDone done;
  done.source = "import";
  done.batches = 1;
  done.at = start;
  router.event("receiver", topics::kImportDone, 0, done);
  router.event("notifier", topics::kAlertOpened, 0, alarm("a1", "deadline"));
  router.event("notifier", topics::kAlertOpened, 0, alarm("a2", "order.rejected"));
  router.event("notifier", topics::kAlertOpened, 0, alarm("a3", "deadline"));
  router.event("notifier", topics::kChannelFailed, 0, ChannelChange{"sms", 3});
  router.event("notifier", topics::kChannelFailed, 0, ChannelChange{"mail", 3});
  router.now = start + hours(1);
  router.event("notifier", topics::kAlertAcknowledged, 0, alarm("a1", "deadline", "p-li"));
  router.event("notifier", topics::kAlertResolved, 0, alarm("a2", "order.rejected"));
  router.event("notifier", topics::kChannelRecovered, 0, ChannelChange{"mail", 4});
  ASSERT_EQ(router.sign_out(), "") << router.reason;
  const HandoverSection section = *router.told.section;
  EXPECT_EQ(section.form, 3U);
  EXPECT_EQ(section.alarms_beyond, 0U);
  EXPECT_EQ(section.alarms, (std::vector<OpenAlarm>{{"a1", "deadline", start, {"p-li"}},
                                                    {"a3", "deadline", start, {}}}));
  EXPECT_EQ(section.channel_failures, (std::vector<DownChannel>{{"sms", start}}));
  EXPECT_EQ(section.import_lag, Duration(hours(1)).count());
}

// "200 件" where there are 205 would be signed by two.
TEST(HandoverSection, AlarmsThatItDoesNotNameAreCountedUntilTheyEndOrAreToldAnew) {
  StreetFixture router;
  const auto tell = [&](std::string_view topic, size_t n) {
    router.event("notifier", topic, 0, alarm("a" + std::to_string(n), "deadline"));
  };
  const Timestamp start = router.now;
  for (size_t n = 0; n < kHandoverAlarmsMax + 5; ++n) tell(topics::kAlertOpened, n);
  router.now = start + hours(1);
  tell(topics::kAlertResolved, 3);
  tell(topics::kAlertResolved, 3);
  tell(topics::kAlertResolved, 9999);
  tell(topics::kAlertOpened, 4);
  ASSERT_EQ(router.sign_out(), "") << router.reason;
  const HandoverSection section = *router.told.section;
  EXPECT_EQ(section.alarms->size(), kHandoverAlarmsMax);
  EXPECT_EQ(section.alarms->back(), (OpenAlarm{"a4", "deadline", start, {}})) << "its beginning";
  EXPECT_EQ(section.alarms_beyond, 4U) << "0, 1, 2 and 5, for which there was no room again";
}

TEST(HandoverSection, WhileTheNotifierIsAwayTheSectionIsMadeOfWhatWasHeard) {
  StreetFixture router;
  ASSERT_EQ(router.sign_out(), "") << "nothing was ever heard of it";
  EXPECT_EQ(router.told.section->alarms, std::vector<OpenAlarm>());
  EXPECT_EQ(router.told.section->channel_failures, std::vector<DownChannel>());
  EXPECT_FALSE(router.told.section->import_lag.has_value());
}

TEST(HandoverSection, NoEventOfTheNotifierLeadsToAnother) {
  StreetFixture router;
  for (const auto topic : {topics::kAlertOpened, topics::kAlertAcknowledged, topics::kAlertResolved,
                           topics::kAlertGap, topics::kAlertExhausted}) {
    EXPECT_TRUE(events_of(router.event("notifier", topic, 0, alarm("a", "deadline"))).empty());
  }
  for (const auto topic : {topics::kChannelFailed, topics::kChannelRecovered}) {
    EXPECT_TRUE(events_of(router.event("notifier", topic, 0, ChannelChange{"sms", 3})).empty());
  }
  NoticeStep sent;
  sent.notice_id = "n";
  EXPECT_TRUE(events_of(router.event("notifier", topics::kNoticeSent, 0, sent)).empty());
  EXPECT_TRUE(
      events_of(router.event("notifier", topics::kRulesLoaded, 0, RulesLoaded{"rota", "1", {}}))
          .empty());
}

}  // namespace
}  // namespace jieban
