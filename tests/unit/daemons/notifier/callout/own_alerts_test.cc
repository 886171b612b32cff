// Goal: what goes wrong with the telling itself ends on a phone too, over a way that still works.
#include "daemons/notifier/callout/own_alerts.h"

#include <algorithm>

#include "tests/unit/daemons/notifier/callout_fixture.h"

namespace jieban {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using Calls = std::vector<std::string>;

size_t opened(const std::vector<Event>& told, const std::string& topic) {
  size_t count = 0;
  for (const Event& event : told) {
    if (event.topic != topics::kAlertOpened) continue;
    count += decode_payload<AlertStep>(event.payload)->topic == topic ? 1 : 0;
  }
  return count;
}

// A notice on the channel `phone` that fails, or gets through.
void attempt(CalloutFixture& desk, DeliveryOutcome outcome) {
  static uint64_t order_id = 1000;
  ++order_id;
  const NoticeStep notice = queued_in(desk.emergency(order_id, "B-" + std::to_string(order_id)));
  desk.begin(notice.notice_id, 1);
  desk.end(notice.notice_id, 1, outcome);
  desk.moved(order_id, "order.signed", OrderState::new_order, OrderState::signed_in);
}

TEST(OwnAlerts, AChannelThatFailsAgainAndAgainIsToldOverAnotherOne) {
  CalloutFixture desk;
  for (int i = 0; i < 2; ++i) attempt(desk, DeliveryOutcome::failed);
  EXPECT_EQ(opened(desk.advance(minutes(1)), "channel.down"), 0U) << "twice may be chance";
  attempt(desk, DeliveryOutcome::failed);
  const auto told = desk.advance(minutes(1));
  EXPECT_EQ(opened(told, "channel.down"), 1U);
  for (const Event& event : told) {
    if (event.topic != topics::kNoticeQueued) continue;
    EXPECT_NE(notice_of(event).channel, "phone") << "the one that is down";
  }
  const auto mended = [&] {
    const NoticeStep notice = queued_in(desk.emergency(7, "C-7"));
    desk.begin(notice.notice_id, 1);
    return events_of(
        desk.input(topics::kDeliveryEnd,
                   DeliveryEnd{notice.notice_id, 1, DeliveryOutcome::accepted, std::nullopt}));
  }();
  EXPECT_EQ(count_of(mended, topics::kAlertResolved), 1U);
}

// DOMAIN §15.2 and §15.4: 93000 and 310000 alarm at once, a hold never.
TEST(OwnAlerts, AChannelThatSomebodyHasToMendIsToldAtOnceAndOnce) {
  struct Case {
    DeliveryOutcome outcome;
    size_t told;
    const char* word;
  };
  for (const Case& one : {Case{DeliveryOutcome::denied, 1, "被网关拒绝"},
                          Case{DeliveryOutcome::disabled, 1, "已停用"},
                          Case{DeliveryOutcome::failed, 0, "连续发送失败"},
                          Case{DeliveryOutcome::busy, 0, "连续发送失败"}}) {
    CalloutFixture desk;
    NotifierRules rules = test_rules();
    rules.channels = {channel_rule("phone", {}), channel_rule("group", {})};
    rules.channels[0].method = "sms";
    rules.channels[1].method = "sms";
    rules.templates["call"] = "{summary}";
    desk.load(rules);
    attempt(desk, one.outcome);
    auto told = desk.advance(minutes(1));
    EXPECT_EQ(opened(told, "channel.down"), one.told) << to_string(one.outcome);
    for (int i = 0; i < 3; ++i) attempt(desk, one.outcome);
    const auto later = desk.advance(minutes(1));
    EXPECT_EQ(opened(later, "channel.down"), 1 - one.told) << "once";
    told.insert(told.end(), later.begin(), later.end());
    std::string said;
    for (const Event& event : told) {
      if (event.topic == topics::kNoticeQueued) said += notice_of(event).text.value_or("");
    }
    EXPECT_NE(said.find(one.word), std::string::npos) << said;
  }
}

TEST(OwnAlerts, AGatewayThatHoldsUsOffIsNotDown) {
  CalloutFixture desk;
  for (int i = 0; i < 10; ++i) {
    const NoticeStep notice = queued_in(desk.emergency(100 + i, "H-" + std::to_string(i)));
    desk.begin(notice.notice_id, 1);
    DeliveryEnd end{notice.notice_id, 1, DeliveryOutcome::held, "45009"};
    end.code = "45009";
    end.hold_micros = 1'000'000;
    const auto told = events_of(desk.input(topics::kDeliveryEnd, end));
    EXPECT_EQ(count_of(told, topics::kChannelFailed), 0U);
    EXPECT_EQ(count_of(told, topics::kNoticeAbandoned), 0U);
    desk.moved(100 + i, "order.signed", OrderState::new_order, OrderState::signed_in);
    EXPECT_EQ(opened(desk.advance(minutes(20)), "channel.down"), 0U) << i;
  }
}

// What the stream says of a channel, for those who keep the state of the desk.
TEST(OwnAlerts, AChannelsFailureAndItsEndAreToldInTheStreamOnceEach) {
  CalloutFixture desk;
  const auto after = [&](DeliveryOutcome outcome) {
    static uint64_t order_id = 2000;
    ++order_id;
    desk.advance(minutes(20));  // the phone's own limit is another matter
    const NoticeStep notice = queued_in(desk.emergency(order_id, "D-" + std::to_string(order_id)));
    desk.begin(notice.notice_id, 1);
    const DeliveryEnd end{notice.notice_id, 1, outcome, "503"};
    auto told = events_of(desk.input(topics::kDeliveryEnd, end));
    desk.moved(order_id, "order.signed", OrderState::new_order, OrderState::signed_in);
    return std::pair{count_of(told, topics::kChannelFailed),
                     count_of(told, topics::kChannelRecovered)};
  };
  using Told = std::pair<size_t, size_t>;
  EXPECT_EQ(after(DeliveryOutcome::failed), (Told{0, 0}));
  EXPECT_EQ(after(DeliveryOutcome::failed), (Told{0, 0}));
  EXPECT_EQ(after(DeliveryOutcome::accepted), (Told{0, 0})) << "it was never told as down";
  for (int i = 0; i < 2; ++i) EXPECT_EQ(after(DeliveryOutcome::failed), (Told{0, 0}));
  EXPECT_EQ(after(DeliveryOutcome::failed), (Told{1, 0}));
  EXPECT_EQ(after(DeliveryOutcome::failed), (Told{0, 0})) << "once";
  EXPECT_EQ(after(DeliveryOutcome::accepted), (Told{0, 1}));
  EXPECT_EQ(after(DeliveryOutcome::accepted), (Told{0, 0}));
}

TEST(OwnAlerts, AGapInTheRotaWithinAWeekIsToldAndItsEndToo) {
  CalloutFixture desk;
  EXPECT_EQ(opened(desk.advance(hours(2)), "rota.gap"), 0U);
  RotaBook book = two_seats();
  DutyLeave leave;
  leave.id = "l1";
  leave.person = "li";
  leave.from = desk.now + hours(48);
  leave.until = desk.now + hours(50);
  book.changes.leaves = {leave};
  book.version = "2";
  desk.input(rules_input(Callouts::kRotaName, book));
  EXPECT_EQ(opened(desk.advance(minutes(1)), "rota.gap"), 1U);
  book.changes.leaves.clear();
  book.version = "3";
  desk.input(rules_input(Callouts::kRotaName, book));
  EXPECT_EQ(count_of(desk.advance(minutes(1)), topics::kAlertResolved), 1U);
}

// What was told as opened.
void acknowledge_told(CalloutFixture& desk, const std::vector<Event>& told) {
  AlertAcknowledge ack;
  ack.person = "li";
  ack.via = "cli";
  ack.alert = alert_in(told, topics::kAlertOpened).alert;
  EXPECT_EQ(desk.answer(topics::kAlertAcknowledge, ack), "taken");
}

// Leaves of the only seat, so many hours after noon() and for so many.
using HoursOff = std::vector<std::pair<int, int>>;

void load_leaves(CalloutFixture& desk, const HoursOff& off) {
  static int version = 1;
  RotaBook book = two_seats();
  book.version = std::to_string(++version);
  for (const auto& [from, length] : off) {
    DutyLeave& leave = book.changes.leaves.emplace_back();
    leave.id = "l" + std::to_string(from);
    leave.person = "li";
    leave.from = noon() + hours(from);
    leave.until = leave.from + hours(length);
  }
  desk.input(rules_input(Callouts::kRotaName, book));
}

// A group alone would wake nobody; what is days away can wait for the sms of a warning.
TEST(OwnAlerts, AGapOfTodayRingsByTheMeansOfWhatIsCriticalAndAFarOneByThoseOfAWarning) {
  CalloutFixture desk;
  std::string text = kLadders;
  const std::string old = "default: [{sms: 0s}]";
  text.replace(text.find(old), old.size(),
               "default: [{robot: 0s}]\n  critical: [{sms: 0s}]\n"
               "  warning: [{robot: 0s}, {sms: 7m}]");
  const std::string routes = "    - {matchers: [topic=emergency.unsigned]";
  text.replace(text.find(routes), 0,
               "    - {matchers: [topic=rota.gap], receiver: red, group_by: [rota, severity]}\n");
  auto ladders = parse_alerting_rules(text, "ladders");
  ASSERT_TRUE(ladders.ok()) << ladders.error().message;
  desk.input(rules_input(Callouts::kRulesName, *ladders));
  load_leaves(desk, {{2, 1}});
  EXPECT_EQ(calls_in(desk.advance(minutes(1))), (Calls{"li/sms", "zhou/sms"}));
  load_leaves(desk, {});
  desk.advance(minutes(10));
  load_leaves(desk, {{48, 2}});
  EXPECT_EQ(calls_in(desk.advance(minutes(1))), (Calls{"li/robot", "zhou/robot"}));
  EXPECT_EQ(calls_in(desk.advance(minutes(8))), (Calls{"li/sms", "zhou/sms"}));
}

TEST(OwnAlerts, AFarGapThatComesNearIsToldAnewAsCritical) {
  CalloutFixture desk;
  load_leaves(desk, {{26, 2}});
  EXPECT_EQ(opened(desk.advance(minutes(1)), "rota.gap"), 1U);
  EXPECT_EQ(opened(desk.advance(minutes(59)), "rota.gap"), 0U);
  const auto told = desk.advance(hours(2));
  EXPECT_EQ(count_of(told, topics::kAlertResolved), 0U) << "it is the same gap, and is there";
  EXPECT_EQ(opened(told, "rota.gap"), 1U);
}

TEST(OwnAlerts, EachGapOfTheWeekIsAnAlertOfItsOwn) {
  CalloutFixture desk;
  load_leaves(desk, {{48, 2}, {97, 1}, {145, 1}});
  const auto told = desk.advance(minutes(1));
  ASSERT_EQ(opened(told, "rota.gap"), 1U) << "together";
  EXPECT_EQ(alert_in(told, topics::kAlertOpened).orders, 3U);
  acknowledge_told(desk, told);
  EXPECT_EQ(opened(desk.advance(hours(1)), "rota.gap"), 0U) << "nothing is new";
  load_leaves(desk, {{48, 2}, {72, 1}, {97, 1}, {145, 1}});
  EXPECT_EQ(opened(desk.advance(minutes(6)), "rota.gap"), 1U) << "one more";
  load_leaves(desk, {{97, 1}, {145, 1}});
  EXPECT_EQ(count_of(desk.advance(minutes(6)), topics::kAlertResolved), 0U) << "two are left";
  load_leaves(desk, {});
  EXPECT_EQ(count_of(desk.advance(minutes(6)), topics::kAlertResolved), 1U);
}

TEST(OwnAlerts, AGapThatHasBegunIsTheOneThatWasToldOfUntilItIsOver) {
  CalloutFixture desk;
  load_leaves(desk, {{1, 4}});
  const auto told = desk.advance(minutes(1));
  EXPECT_EQ(opened(told, "rota.gap"), 1U);
  acknowledge_told(desk, told);
  const auto during = desk.advance(hours(4));
  EXPECT_EQ(opened(during, "rota.gap"), 0U) << "it goes on";
  EXPECT_EQ(count_of(during, topics::kAlertResolved), 0U);
  EXPECT_EQ(count_of(desk.advance(hours(2)), topics::kAlertResolved), 1U) << "it is over";
}

TEST(OwnAlerts, AGapOfARotaThatIsNoMoreEnds) {
  CalloutFixture desk;
  load_leaves(desk, {{2, 1}});
  EXPECT_EQ(opened(desk.advance(minutes(1)), "rota.gap"), 1U);
  RotaBook book = two_seats();
  book.version = "without";
  book.rotas[0].id = "desk";
  desk.input(rules_input(Callouts::kRotaName, book));
  EXPECT_EQ(count_of(desk.advance(minutes(1)), topics::kAlertResolved), 1U);
}

// A group alone would wake nobody: these are as severe as what the monitoring calls critical.
TEST(OwnAlerts, ASilentFeedAndABrokenChannelRingByTheMeansOfWhatIsCritical) {
  CalloutFixture desk;
  std::string text = kLadders + "feed: {timeouts: [], otherwise: 60m}\n";
  const std::string old = "default: [{sms: 0s}]";
  text.replace(text.find(old), old.size(), "default: [{robot: 0s}]\n  critical: [{sms: 0s}]");
  auto ladders = parse_alerting_rules(text, "ladders");
  ASSERT_TRUE(ladders.ok()) << ladders.error().message;
  desk.input(rules_input(Callouts::kRulesName, *ladders));
  desk.emergency(1, "A-1");
  desk.moved(1, "order.signed", OrderState::new_order, OrderState::signed_in);
  EXPECT_EQ(calls_in(desk.advance(minutes(62))), std::vector<std::string>{"li/sms"});
  const NoticeStep notice = queued_in(desk.deadline(2, "A-2", "red"));
  ASSERT_EQ(notice.channel, "group");
  std::vector<std::string> calls;
  for (uint64_t attempt = 1; attempt <= 3; ++attempt) {
    ASSERT_EQ(desk.begin(notice.notice_id, attempt), "go");
    desk.end(notice.notice_id, attempt, DeliveryOutcome::failed);
    calls = calls_in(desk.advance(minutes(2)));
  }
  EXPECT_EQ(std::ranges::count(calls, "li/sms"), 1) << "the group is down";
}

}  // namespace
}  // namespace jieban
