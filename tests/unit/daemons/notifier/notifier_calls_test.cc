// Goal: what happens to an order raises and ends its alerts.
#include "common/domain/handover.h"
#include "daemons/notifier/notifier.h"
#include "tests/unit/daemons/notifier/callout_fixture.h"

namespace jieban {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using Calls = std::vector<std::string>;

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

TEST(NotifierCalls, ACallThatWaitedSaysWhatItsAlertIsWhenItGoes) {
  CalloutFixture desk;
  desk.deadline(1, "A-1", "orange");
  const NoticeStep call = queued_in(desk.advance(std::chrono::seconds(30)));
  EXPECT_EQ(desk.row(call.notice_id).orders, 1U);
  desk.deadline(2, "A-2", "orange");
  desk.deadline(3, "A-3", "orange");
  desk.met(3, "due");
  EXPECT_EQ(desk.begin(call.notice_id, 1), "go");
  const NoticeRow gone = desk.row(call.notice_id);
  EXPECT_EQ(gone.orders, 2U);
  EXPECT_EQ(gone.order_no, "A-2");
  EXPECT_NE(gone.text.find("2件"), std::string::npos) << gone.text;
}

}  // namespace
}  // namespace jieban
