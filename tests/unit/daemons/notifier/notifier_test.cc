// Goal: each alert becomes one notice a channel, under an id that never changes, and each attempt
// is accounted for. Method: the core under a real Fold, fed batch by batch.
#include "daemons/notifier/notifier.h"

#include <gtest/gtest.h>

#include "tests/unit/daemons/notifier/notifier_fixture.h"

namespace jieban {
namespace {

const std::string kFirstId = kAlertStream + ":1:desk";

TEST(Notifier, EachRungIsOneNoticeForEachChannelThatWantsIt) {
  NotifierFixture fixture;
  fixture.load(test_rules());
  for (uint64_t percent : {50U, 75U, 90U}) {
    auto events = events_of(fixture.warn(percent));
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].topic, topics::kNoticeQueued);
    EXPECT_EQ(notice_of(events[0]).channel, "desk");
  }
  auto breach =
      events_of(fixture.event(kAlertStream, topics::kDeadlineBreached, alert_of("A1", 100)));
  ASSERT_EQ(breach.size(), 2U);
  EXPECT_EQ(notice_of(breach[0]).notice_id, kAlertStream + ":4:desk");
  EXPECT_EQ(notice_of(breach[1]).notice_id, kAlertStream + ":4:leader");
  EXPECT_EQ(breach[1].cause, (Cause{kAlertStream, 4}));
  EXPECT_EQ(breach[1].order_id, 7U);
  EXPECT_EQ(fixture.due("desk").rows.size(), 4U);
  EXPECT_EQ(fixture.due("leader").rows.size(), 1U);
}

TEST(Notifier, TheTextIsThatOfTheTemplateInLocalTime) {
  NotifierFixture fixture;
  fixture.load(test_rules());
  auto events = events_of(fixture.warn(90));
  EXPECT_EQ(notice_of(events.at(0)).text, "预警 A1 办理 90% 2026-02-03 17:00");
}

TEST(Notifier, FiltersByClockAndPercent) {
  NotifierFixture fixture;
  NotifierRules rules = test_rules();
  rules.channels[0].percent_min = 90;
  rules.channels[0].clocks = {"due"};
  fixture.load(rules);
  EXPECT_TRUE(fixture.warn(75).records.empty());
  EXPECT_EQ(fixture.warn(90).records.size(), 1U);
  DeadlineAlert other = alert_of("A1", 90);
  other.clock = "sign";
  EXPECT_TRUE(fixture.event(kAlertStream, topics::kDeadlineWarned, other).records.empty());
}

TEST(Notifier, ADispatchIsToldWithWhatTheOrderWasOpenedWith) {
  NotifierFixture fixture;
  fixture.load(test_rules());
  OrderOpening opening;
  opening.order_no = "A1";
  opening.category = "公共服务>供暖";
  opening.community = "真武庙社区";
  EXPECT_TRUE(fixture.event(kRouterStream, topics::kOrderOpened, opening).records.empty());
  OrderMove move;
  move.order_no = "A1";
  move.lead_unit = "heating_company";
  auto events = events_of(fixture.event(kRouterStream, "order.dispatched", move));
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(notice_of(events[0]).text, "派单 A1 公共服务>供暖 真武庙社区 heating_company");
}

TEST(Notifier, AMoveThatNoChannelWantsIsNotRead) {
  NotifierFixture fixture;
  NotifierRules rules = test_rules();
  rules.channels.pop_back();
  fixture.load(rules);
  auto unreadable = fixture.event(kRouterStream, "order.dispatched", Quarantined{});
  EXPECT_EQ(unreadable.quarantined, 0U);
  EXPECT_TRUE(unreadable.records.empty());
  rules = test_rules();
  rules.version = "2";
  fixture.load(rules);
  EXPECT_EQ(fixture.event(kRouterStream, "order.dispatched", Quarantined{}).quarantined, 1U);
}

TEST(Notifier, AMoveWithoutRulesIsSetAsideAndNotDropped) {
  NotifierFixture fixture;
  OrderMove move;
  move.order_no = "A1";
  EXPECT_EQ(fixture.event(kRouterStream, "order.dispatched", move).quarantined, 1U);
}

TEST(Notifier, AnAmendedOrderIsToldAsAmended) {
  NotifierFixture fixture;
  fixture.load(test_rules());
  OrderOpening opening;
  opening.order_no = "A1";
  opening.category = "公共服务>供暖";
  opening.community = "真武庙社区";
  fixture.event(kRouterStream, topics::kOrderOpened, opening);
  opening.category = "公共服务>供水";
  fixture.event(kRouterStream, topics::kOrderAmended, opening);
  OrderMove move;
  move.order_no = "A1";
  move.lead_unit = "water_company";
  EXPECT_TRUE(fixture.event(kRouterStream, topics::kOrderUnrouted, move).records.empty());
  auto events = events_of(fixture.event(kRouterStream, "order.dispatched", move));
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(notice_of(events[0]).text, "派单 A1 公共服务>供水 真武庙社区 water_company");
}

TEST(Notifier, TheSameCauseIsNeverQueuedTwice) {
  NotifierFixture fixture;
  fixture.load(test_rules());
  EXPECT_EQ(
      fixture.event_at(kAlertStream, 1, topics::kDeadlineWarned, alert_of("A1", 75)).records.size(),
      1U);
  EXPECT_TRUE(fixture.event_at(kAlertStream, 1, topics::kDeadlineWarned, alert_of("A1", 75))
                  .records.empty());
  EXPECT_EQ(fixture.due("desk").rows.size(), 1U);
}

TEST(Notifier, TheIdDerivesFromCauseAndChannelAlone) {
  NotifierFixture one;
  NotifierFixture other;
  one.load(test_rules());
  NotifierRules changed = test_rules();
  changed.version = "2";
  changed.templates["deadline.warned"] = "别的 {order_no}";
  other.load(changed);
  other.now += std::chrono::hours(1);
  auto id = [](const StepOutcome& outcome) {
    return notice_of(events_of(outcome).at(0)).notice_id;
  };
  EXPECT_EQ(id(one.warn()), kFirstId);
  EXPECT_EQ(id(other.warn()), kFirstId);
}

TEST(Notifier, AnAlertWithoutRulesIsSetAsideAndNotDropped) {
  NotifierFixture fixture;
  auto outcome = fixture.warn();
  EXPECT_EQ(outcome.quarantined, 1U);
  fixture.load(test_rules());
  auto retried = fixture.input(Fold::kRetryTopic, Quarantined{kAlertStream, 1, ""});
  EXPECT_EQ(*retried.answers.at(0), "applied");
  EXPECT_EQ(fixture.row(kFirstId).state, NoticeState::queued);
}

TEST(Notifier, RulesThatCannotStandDoNotComeIntoForce) {
  NotifierFixture fixture;
  fixture.load(test_rules());
  NotifierRules bad = test_rules();
  bad.templates["deadline.warned"] = "{phone}";
  EXPECT_FALSE(fixture.load(bad).answers.at(0).ok());
  EXPECT_EQ(*fixture.load(test_rules()).answers.at(0), "unchanged");
}

TEST(Notifier, RulesOfAnUpstreamAreNotOurs) {
  NotifierFixture fixture;
  auto outcome =
      fixture.event(kRouterStream, topics::kRulesLoaded, RulesLoaded{"routing", "1", Bytes{"x"}});
  EXPECT_EQ(outcome.quarantined, 0U);
  EXPECT_TRUE(outcome.records.empty());
}

TEST(Notifier, QueueingKnocksAtTheChannelsDoor) {
  NotifierFixture fixture;
  auto loaded = fixture.load(test_rules());
  ASSERT_EQ(loaded.signals.size(), 1U);
  EXPECT_EQ(loaded.signals[0].topic, Notifier::kRulesSignal);
  auto queued = fixture.warn();
  // One tells the gauges of the step, one knocks.
  ASSERT_EQ(queued.signals.size(), 2U);
  EXPECT_EQ(queued.signals[0].topic, topics::kNoticeQueued);
  EXPECT_EQ(queued.signals[1].topic, Notifier::kDueSignal);
  EXPECT_EQ(queued.signals[1].text, "desk");
}

TEST(Notifier, ADeliveryIsToldAsAttemptedAndSent) {
  NotifierFixture fixture;
  fixture.load(test_rules());
  fixture.warn();
  auto begun = events_of(fixture.input(topics::kDeliveryBegin, DeliveryBegin{kFirstId, 1}));
  ASSERT_EQ(begun.size(), 1U);
  EXPECT_EQ(begun[0].topic, topics::kNoticeAttempted);
  EXPECT_EQ(notice_of(begun[0]).attempt, 1U);
  auto ended = events_of(fixture.input(
      topics::kDeliveryEnd, DeliveryEnd{kFirstId, 1, DeliveryOutcome::accepted, std::nullopt}));
  ASSERT_EQ(ended.size(), 1U);
  EXPECT_EQ(ended[0].topic, topics::kNoticeSent);
  EXPECT_EQ(ended[0].cause, (Cause{kAlertStream, 1}));
  EXPECT_FALSE(notice_of(ended[0]).possible_repeat);
  EXPECT_EQ(fixture.row(kFirstId).state, NoticeState::sent);
  EXPECT_TRUE(fixture.due("desk").rows.empty());
}

TEST(Notifier, AnAttemptThatIsNotDueIsSkipped) {
  NotifierFixture fixture;
  fixture.load(test_rules());
  fixture.warn();
  EXPECT_EQ(fixture.begin(kFirstId, 2), "skip");
  EXPECT_EQ(fixture.begin(kFirstId, 1), "go");
  EXPECT_EQ(fixture.begin(kFirstId, 1), "skip");
  EXPECT_EQ(fixture.begin(kFirstId, 2), "skip");
  EXPECT_EQ(fixture.end(kFirstId, 1, DeliveryOutcome::failed), "waiting");
  EXPECT_EQ(fixture.begin(kFirstId, 2), "skip");  // not yet
  fixture.now = fixture.row(kFirstId).due_at;
  EXPECT_EQ(fixture.begin(kFirstId, 2), "go");
}

TEST(Notifier, InputsAboutUnknownNoticesAreRefused) {
  NotifierFixture fixture;
  fixture.load(test_rules());
  auto outcome = fixture.input(topics::kDeliveryBegin, DeliveryBegin{"x:1:desk", 1});
  EXPECT_EQ(outcome.answers.at(0).error().code, ErrorCode::not_found);
  EXPECT_FALSE(fixture.input("delivery.other", DeliveryBegin{kFirstId, 1}).answers.at(0).ok());
}

TEST(Notifier, ACrashBetweenBeginAndEndLeavesTheAttemptToBeFound) {
  NotifierFixture fixture;
  fixture.load(test_rules());
  fixture.warn();
  fixture.begin(kFirstId, 1);
  fixture.reopen();
  auto txn = fixture.fold().environment().read();
  auto left = fixture.core().tables().attempting(*txn);
  ASSERT_TRUE(left.ok());
  ASSERT_EQ(left->size(), 1U);
  EXPECT_EQ((*left)[0].notice_id, kFirstId);
  EXPECT_EQ((*left)[0].attempt, 1U);
}

TEST(Notifier, DueNoticesComeEarliestFirstAndTellTheNextTime) {
  NotifierFixture fixture;
  fixture.load(test_rules());
  fixture.warn();
  fixture.begin(kFirstId, 1);
  fixture.end(kFirstId, 1, DeliveryOutcome::failed);
  EXPECT_EQ(fixture.due("desk").next_due, fixture.row(kFirstId).due_at);
  fixture.warn();
  auto due = fixture.due("desk");
  ASSERT_EQ(due.rows.size(), 1U);
  EXPECT_EQ(due.rows[0].notice_id, kAlertStream + ":2:desk");
  fixture.now += std::chrono::minutes(5);
  due = fixture.due("desk");
  ASSERT_EQ(due.rows.size(), 2U);
  EXPECT_EQ(due.rows[1].notice_id, kFirstId);
  EXPECT_EQ(due.next_due, kTimestampMax);
  EXPECT_EQ(fixture.due("desk", 1).rows.size(), 1U);
  EXPECT_TRUE(fixture.due("des").rows.empty());
}

std::map<std::string, std::string> content(NotifierFixture& fixture) {
  std::map<std::string, std::string> all;
  auto txn = fixture.fold().environment().read();
  for (const auto& [name, table] : fixture.fold().tables()) {
    Range range(*txn, table);
    for (auto found = range.seek(""); found.ok() && *found; found = range.next()) {
      all[name + "/" + std::string(range.key())] = range.value();
    }
  }
  return all;
}

TEST(Notifier, ReplayGivesTheSameBytes) {
  NotifierFixture live;
  live.load(test_rules());
  live.warn(75);
  live.event(kAlertStream, topics::kDeadlineBreached, alert_of("A1", 100));
  live.begin(kFirstId, 1);
  live.end(kFirstId, 1, DeliveryOutcome::unknown);
  live.now = live.row(kFirstId).due_at;
  live.begin(kFirstId, 2);
  live.end(kFirstId, 2, DeliveryOutcome::accepted);
  live.begin(kAlertStream + ":2:leader", 1);
  live.end(kAlertStream + ":2:leader", 1, DeliveryOutcome::failed);
  NotifierFixture replay;
  for (const Batch& batch : live.fed()) replay.run(batch);
  auto expected = content(live);
  EXPECT_GE(expected.size(), 6U);
  EXPECT_EQ(content(replay), expected);
}

}  // namespace
}  // namespace jieban
