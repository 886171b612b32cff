// Goal: what happens to an order raises and ends its alerts, and an answer finds the right one.
#include "common/domain/handover.h"
#include "daemons/notifier/notifier.h"
#include "tests/unit/daemons/notifier/callout_fixture.h"

namespace jieban {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using Calls = std::vector<std::string>;

TEST(NotifierCalls, ACodeALinkAndTheAlertItselfAcknowledgeToo) {
  for (int how = 0; how < 3; ++how) {
    CalloutFixture desk;
    const NoticeStep notice = queued_in(desk.emergency(1, "A-1"));
    AlertAcknowledge ack{"li", "link", "", "", ""};
    if (how == 0) ack.code = code_of(*notice.alert);
    if (how == 1) ack.notice_id = notice.notice_id;
    if (how == 2) ack.alert = *notice.alert;
    EXPECT_EQ(desk.answer(topics::kAlertAcknowledge, ack), "taken") << how;
  }
  CalloutFixture desk;
  desk.emergency(1, "A-1");
  AlertAcknowledge wrong{"li", "reply", "zzz", "", ""};
  EXPECT_EQ(desk.answer(topics::kAlertAcknowledge, wrong), "not_found");
  AlertAcknowledge stranger{"nobody", "reply", "1", "", ""};
  EXPECT_EQ(desk.answer(topics::kAlertAcknowledge, stranger), "not_found");
}

// What a reply of "1" answers is on the phone already.
class AnswerDesk : public CalloutFixture {
 public:
  NoticeStep call_of(uint64_t order_id, const std::string& order_no) {
    return queued_in(emergency(order_id, order_no));
  }
  void send(const NoticeStep& call, DeliveryOutcome outcome = DeliveryOutcome::accepted) {
    EXPECT_EQ(begin(call.notice_id, 1), "go");
    end(call.notice_id, 1, outcome);
  }
  std::string one() {
    return answer(topics::kAlertAcknowledge, AlertAcknowledge{"li", "reply", "1", "", ""});
  }
  std::string receipt(const NoticeStep& call, const std::string& state) {
    return answer(topics::kDeliveryReceipt, DeliveryReceipt{"phone", call.notice_id, "", state});
  }
  bool is_acknowledged(const NoticeStep& call) {
    const AlertAcknowledge again{"li", "cli", "", "", *call.alert};
    return answer(topics::kAlertAcknowledge, again) == "repeated";
  }
};

TEST(NotifierCalls, OneAnswersTheLatestCallThatWentOutAndNoneThatStillWaits) {
  AnswerDesk desk;
  const NoticeStep first = desk.call_of(1, "A-1");
  desk.send(first);
  const NoticeStep second = desk.call_of(2, "A-2");
  EXPECT_EQ(desk.one(), "taken");
  EXPECT_EQ(desk.row(second.notice_id).state, NoticeState::queued) << "nobody has seen it";
  EXPECT_EQ(desk.one(), "repeated") << "still the first";
  desk.send(second);
  EXPECT_EQ(desk.one(), "taken");
  EXPECT_TRUE(desk.is_acknowledged(first));
  EXPECT_TRUE(desk.is_acknowledged(second));
}

TEST(NotifierCalls, OneAnswersNothingBeforeAnythingWentOut) {
  AnswerDesk desk;
  const NoticeStep call = desk.call_of(1, "A-1");
  EXPECT_EQ(desk.one(), "not_found");
  desk.begin(call.notice_id, 1);
  desk.end(call.notice_id, 1, DeliveryOutcome::failed);
  EXPECT_EQ(desk.one(), "not_found") << "an attempt that reached nobody";
  EXPECT_FALSE(desk.is_acknowledged(call));
}

TEST(NotifierCalls, OneAnswersACallThatMayBeOutThoughTheGatewayGaveNoAnswer) {
  AnswerDesk desk;
  const NoticeStep call = desk.call_of(1, "A-1");
  desk.send(call, DeliveryOutcome::unknown);
  EXPECT_EQ(desk.one(), "taken");
  EXPECT_TRUE(desk.is_acknowledged(call));
}

TEST(NotifierCalls, OneDoesNotAnswerACallThatTheGatewayCouldNotDeliver) {
  AnswerDesk desk;
  const NoticeStep first = desk.call_of(1, "A-1");
  desk.send(first);
  const NoticeStep second = desk.call_of(2, "A-2");
  desk.send(second);
  EXPECT_EQ(desk.receipt(second, "failed"), "taken");
  EXPECT_EQ(desk.one(), "taken");
  EXPECT_TRUE(desk.is_acknowledged(first));
  EXPECT_EQ(desk.receipt(second, "delivered"), "taken") << "it came through after all";
  EXPECT_EQ(desk.one(), "taken");
  EXPECT_TRUE(desk.is_acknowledged(second));
}

// A receipt may be hours late. The second turn of the ladder has calls of its own by then.
TEST(NotifierCalls, ALateFailureOfAnEarlierTurnHurriesNobody) {
  AnswerDesk desk;
  NotifierRules slow = test_rules();
  slow.channels = {channel_rule("phone", {})};
  slow.channels[0].method = "sms";
  slow.channels[0].receipt_within_micros = 9 * 3'600'000'000;
  desk.load(slow);
  const auto queued_all = [](const std::vector<Event>& told) {
    std::vector<NoticeStep> calls;
    for (const Event& each : told) {
      if (each.topic == topics::kNoticeQueued) calls.push_back(notice_of(each));
    }
    return calls;
  };
  const std::vector<NoticeStep> first = queued_all(desk.deadline(1, "A-1", "red", 100));
  ASSERT_EQ(first.size(), 2U);
  for (const NoticeStep& call : first) desk.send(call);
  const std::vector<NoticeStep> second = queued_all(desk.advance(hours(2)));
  ASSERT_EQ(second.size(), 2U);
  for (const NoticeStep& call : second) desk.send(call);
  for (const NoticeStep& call : first) EXPECT_EQ(desk.receipt(call, "failed"), "taken");
  EXPECT_EQ(calls_in(desk.advance(minutes(30))).size(), 0U) << "the second calls may be read";
  for (const NoticeStep& call : second) EXPECT_EQ(desk.receipt(call, "failed"), "taken");
  EXPECT_EQ(calls_in(desk.advance(minutes(30))).size(), 2U) << "nobody has heard of it";
}

TEST(NotifierCalls, WhenTheOrderIsSignedNobodyIsCalledAnyMore) {
  CalloutFixture desk;
  const NoticeStep notice = queued_in(desk.emergency(1, "A-1"));
  const auto told = desk.moved(1, "order.signed", OrderState::new_order, OrderState::signed_in);
  EXPECT_EQ(count_of(told, topics::kAlertResolved), 1U);
  EXPECT_EQ(count_of(told, topics::kNoticeCancelled), 1U);
  EXPECT_EQ(desk.row(notice.notice_id).state, NoticeState::cancelled);
  EXPECT_TRUE(calls_in(desk.advance(hours(5))).empty());
}

TEST(NotifierCalls, AClockThatIsMetEndsItsAlertAndNoOther) {
  CalloutFixture desk;
  desk.deadline(1, "A-1", "red", 100);
  desk.deadline(2, "A-2", "red", 100);
  EXPECT_EQ(count_of(desk.met(1, "sign"), topics::kAlertResolved), 0U) << "another clock";
  EXPECT_EQ(count_of(desk.met(1, "due"), topics::kAlertResolved), 0U) << "one is left";
  EXPECT_EQ(count_of(desk.met(2, "due"), topics::kAlertResolved), 1U);
}

TEST(NotifierCalls, ARecordOfTheOrderDoesNotEndWhatItsStateIsAnAlertOf) {
  CalloutFixture desk;
  desk.emergency(1, "A-1");
  EXPECT_EQ(count_of(desk.moved(1, "order.flagged", OrderState::new_order, OrderState::new_order),
                     topics::kAlertResolved),
            0U);
}

// DOMAIN §13.3: relief absent: nobody leaves; report.
class HandoverDesk : public CalloutFixture {
 public:
  HandoverDesk() {
    std::string text = kLadders;
    text.replace(text.find("    - {matchers: [topic=emergency.unsigned]"), 0,
                 "    - {matchers: [topic=handover.waiting], receiver: handover, "
                 "group_by: [handover], group_wait: 5m}\n");
    text.replace(text.find("  red:\n"), 0,
                 "  handover:\n    steps:\n      - {tell: [{rota: seat}], wait: 10m}\n"
                 "      - {tell: [{role: team_leader}], wait: 20m}\n"
                 "      - {tell: [{role: street_leader}], wait: 30m}\n");
    auto ladders = parse_alerting_rules(text, "ladders");
    EXPECT_TRUE(ladders.ok()) << ladders.error().message;
    input(rules_input(Callouts::kRulesName, *ladders));
  }
  std::vector<Event> handover(const std::string& topic, uint64_t number = 12) {
    HandoverMove move;
    move.handover = number;
    move.command = topic;
    move.shift_out = "NIGHT";
    move.shift_in = "DAY";
    return events_of(event(kRouterStream, topic, move, 0));
  }
};

TEST(NotifierCalls, AHandOverThatNobodyTakesCallsTheSeatThenTheLeaders) {
  HandoverDesk desk;
  EXPECT_TRUE(calls_in(desk.handover("handover.signed_out")).empty());
  EXPECT_TRUE(calls_in(desk.advance(minutes(5) - seconds(1))).empty()) << "the log is being read";
  const auto told = desk.advance(seconds(1));
  EXPECT_EQ(calls_in(told), Calls{"li/sms"});
  EXPECT_EQ(alert_in(told, topics::kAlertOpened).topic, "handover.waiting");
  EXPECT_EQ(calls_in(desk.advance(minutes(10))), Calls{"zhou/sms"});
  EXPECT_EQ(calls_in(desk.advance(minutes(20))), Calls{"wu/sms"});
}

TEST(NotifierCalls, AHandOverThatIsTakenOrWithdrawnCallsNobody) {
  for (const char* end : {"handover.signed_in", "handover.withdrawn"}) {
    HandoverDesk desk;
    desk.handover("handover.signed_out");
    desk.advance(minutes(4));
    desk.handover(end);
    EXPECT_TRUE(calls_in(desk.advance(hours(5))).empty()) << end;
    desk.handover("handover.signed_out", 13);
    EXPECT_EQ(calls_in(desk.advance(minutes(6))), Calls{"li/sms"}) << "the next one, after " << end;
    EXPECT_EQ(count_of(desk.handover(end, 13), topics::kAlertResolved), 1U) << end;
    EXPECT_TRUE(calls_in(desk.advance(hours(5))).empty()) << end;
  }
}

TEST(NotifierCalls, OtherThingsOfTheWatchDoNotEndTheWait) {
  HandoverDesk desk;
  desk.handover("handover.signed_out");
  for (const char* other : {"handover.noted", "handover.overridden", "handover.reviewed"}) {
    EXPECT_TRUE(desk.handover(other).empty()) << other;
  }
  EXPECT_EQ(calls_in(desk.advance(minutes(6))), Calls{"li/sms"});
}

}  // namespace
}  // namespace jieban
