// Goal: an answer finds the right alerts, each message can be answered, and a link is good once.
#include "daemons/notifier/notifier.h"
#include "tests/unit/daemons/notifier/answer_desk.h"

namespace jieban {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

TEST(NotifierAnswers, ACodeALinkAndTheAlertItselfAcknowledgeToo) {
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

TEST(NotifierAnswers, OneAnswersTheLatestCallThatWentOutAndNoneThatStillWaits) {
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

TEST(NotifierAnswers, OneAnswersNothingBeforeAnythingWentOut) {
  AnswerDesk desk;
  const NoticeStep call = desk.call_of(1, "A-1");
  EXPECT_EQ(desk.one(), "not_found");
  desk.begin(call.notice_id, 1);
  desk.end(call.notice_id, 1, DeliveryOutcome::failed);
  EXPECT_EQ(desk.one(), "not_found") << "an attempt that reached nobody";
  EXPECT_FALSE(desk.is_acknowledged(call));
}

TEST(NotifierAnswers, OneAnswersACallThatMayBeOutThoughTheGatewayGaveNoAnswer) {
  AnswerDesk desk;
  const NoticeStep call = desk.call_of(1, "A-1");
  desk.send(call, DeliveryOutcome::unknown);
  EXPECT_EQ(desk.one(), "taken");
  EXPECT_TRUE(desk.is_acknowledged(call));
}

TEST(NotifierAnswers, OneDoesNotAnswerACallThatTheGatewayCouldNotDeliver) {
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

// Whoever answers each of his messages with "1" has answered all of them, whichever came first.
TEST(NotifierAnswers, OneAnswersTheLatestCallThatStillAsksForAnAnswer) {
  AnswerDesk desk;
  std::vector<NoticeStep> calls;
  for (uint64_t id = 1; id <= 4; ++id) {
    calls.push_back(desk.call_of(id, "A-" + std::to_string(id)));
    desk.send(calls.back());
  }
  desk.moved(4, "order.signed", OrderState::new_order, OrderState::signed_in);
  for (const char* which : {"the third: the fourth is over", "the second", "the first"}) {
    EXPECT_EQ(desk.one(), "taken") << which;
  }
  EXPECT_EQ(desk.one(), "refused") << "nothing is left to be answered, and the latest is over";
  for (size_t i = 0; i < 3; ++i) EXPECT_TRUE(desk.is_acknowledged(calls[i])) << i;
}

// Of many that went out, those that ask for nothing any more are forgotten first.
TEST(NotifierAnswers, OneAnswersACallThatManyOthersFollowed) {
  AnswerDesk desk;
  std::string text = kLadders;
  text.replace(text.find("count: 5, per: 15m"), 8, "count: 50");
  auto ladders = parse_alerting_rules(text, "ladders");
  ASSERT_TRUE(ladders.ok()) << ladders.error().message;
  desk.input(rules_input(Callouts::kRulesName, *ladders));
  const NoticeStep first = desk.call_of(1, "A-1");
  desk.send(first);
  for (uint64_t id = 2; id <= 12; ++id) {
    desk.send(desk.call_of(id, "A-" + std::to_string(id)));
    EXPECT_EQ(desk.one(), "taken") << id;
  }
  EXPECT_EQ(desk.one(), "taken");
  EXPECT_TRUE(desk.is_acknowledged(first));
}

// An emergency that nobody has signed is an alert of its state, and one of the clock of signing.
TEST(NotifierAnswers, AnAnswerForAnOrderCountsForAllThatIsOpenOfItOnThatTopic) {
  AnswerDesk desk;
  const NoticeStep came = desk.call_of(1, "A-1");
  const NoticeStep late = queued_in(desk.unsigned_for(1, "A-1", "blue", 50));
  const NoticeStep other = desk.call_of(2, "A-2");
  ASSERT_NE(*came.alert, *late.alert);
  desk.send(came);
  desk.send(late);
  const auto told = events_of(
      desk.input(topics::kAlertAcknowledge, AlertAcknowledge{"li", "reply", "1", "", ""}));
  EXPECT_EQ(count_of(told, topics::kAlertAcknowledged), 2U);
  EXPECT_TRUE(desk.is_acknowledged(came));
  EXPECT_TRUE(desk.is_acknowledged(late));
  for (const Event& each : desk.advance(hours(1))) {
    if (each.topic != topics::kNoticeQueued) continue;
    EXPECT_EQ(notice_of(each).alert, other.alert);
  }
  desk.moved(2, "order.signed", OrderState::new_order, OrderState::signed_in);
  EXPECT_FALSE(calls_in(desk.unsigned_for(1, "A-1", "red", 100)).empty()) << "what comes later";
}

// A lapse of an acknowledgement calls him anew; the link of the message before is used up.
TEST(NotifierAnswers, ALinkThatWasUsedIsGoodForNothingAfterALapseAndARestart) {
  AnswerDesk desk;
  const NoticeStep call = desk.call_of(1, "A-1");
  desk.send(call);
  AlertAcknowledge link{"li", "link", "", call.notice_id, ""};
  link.link_until = desk.now + hours(24);
  ASSERT_EQ(desk.answer(topics::kAlertAcknowledge, link), "taken");
  const NoticeStep again = queued_in(desk.advance(hours(2)));
  desk.send(again);
  desk.reopen();
  EXPECT_EQ(desk.answer(topics::kAlertAcknowledge, link), "repeated");
  link.notice_id = again.notice_id;
  EXPECT_EQ(desk.answer(topics::kAlertAcknowledge, link), "taken") << "that of the new message";
}

// PRODUCTS row 27. The rows of the oracle about it are those of escalate_now().
TEST(NotifierAnswers, ByHandTheNextStepIsToldNowWhateverWasAcknowledged) {
  AnswerDesk desk;
  const NoticeStep call = desk.call_of(1, "A-1");
  const AlertEscalate wanted{"zhao", "cli", "", *call.alert};
  const auto told = events_of(desk.input(topics::kAlertEscalate, wanted));
  EXPECT_EQ(alert_in(told, topics::kAlertEscalated).person, "zhao");
  EXPECT_EQ(alert_in(told, topics::kAlertEscalated).alert, *call.alert);
  auto calls = calls_in(told);
  for (const std::string& each : calls_in(desk.advance(Duration(0)))) calls.push_back(each);
  EXPECT_EQ(calls, std::vector<std::string>{"zhou/sms"}) << "the second step, not in five minutes";
  const AlertAcknowledge ack{"zhou", "cli", "", "", *call.alert};
  ASSERT_EQ(desk.answer(topics::kAlertAcknowledge, ack), "taken");
  const AlertEscalate of_notice{"zhao", "cli", call.notice_id, ""};
  EXPECT_EQ(desk.answer(topics::kAlertEscalate, of_notice), "taken");
  EXPECT_EQ(calls_in(desk.advance(Duration(0))), std::vector<std::string>{"wu/sms"});
  EXPECT_EQ(desk.answer(topics::kAlertEscalate, wanted), "taken");
  EXPECT_EQ(calls_in(desk.advance(Duration(0))), std::vector<std::string>{"li/sms"})
      << "after the last step, the first again";
}

TEST(NotifierAnswers, WhatIsOverOrIsNoLadderIsNotEscalated) {
  AnswerDesk desk;
  const NoticeStep call = desk.call_of(1, "A-1");
  AlertEscalate wanted{"li", "cli", "", *call.alert};
  desk.moved(1, "order.signed", OrderState::new_order, OrderState::signed_in);
  EXPECT_EQ(desk.answer(topics::kAlertEscalate, wanted), "refused");
  wanted.alert = "a00";
  EXPECT_EQ(desk.answer(topics::kAlertEscalate, wanted), "not_found");
  wanted = {"li", "cli", "none", ""};
  EXPECT_EQ(desk.answer(topics::kAlertEscalate, wanted), "not_found");
}

// What is muted rings nobody, by hand neither: the silence is to be lifted first.
TEST(NotifierAnswers, WhatIsSilencedIsNotEscalated) {
  AnswerDesk desk;
  const std::string alert =
      alert_in(desk.deadline(1, "A-1", "red", 100), topics::kAlertOpened).alert;
  SilenceAdd silence{"s1", "order=A-1", {}, desk.now + hours(1), "li", "现场处置"};
  ASSERT_EQ(desk.answer(topics::kSilenceAdd, silence), "taken");
  desk.advance(minutes(1));
  const AlertEscalate wanted{"li", "cli", "", alert};
  EXPECT_EQ(desk.answer(topics::kAlertEscalate, wanted), "refused");
  EXPECT_TRUE(calls_in(desk.advance(minutes(10))).empty());
}

// A receipt may be hours late. The second turn of the ladder has calls of its own by then.
TEST(NotifierAnswers, ALateFailureOfAnEarlierTurnHurriesNobody) {
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

TEST(NotifierAnswers, AReplyThatIsToldTwiceAnswersNothingThatCameBetween) {
  AnswerDesk desk;
  const NoticeStep first = desk.call_of(1, "A-1");
  desk.send(first);
  AlertAcknowledge one{"li", "reply", "1", "", ""};
  one.reply_id = "phone:m-1";
  EXPECT_EQ(desk.answer(topics::kAlertAcknowledge, one), "taken");
  const NoticeStep second = desk.call_of(2, "A-2");
  desk.send(second);
  desk.reopen();
  EXPECT_EQ(desk.answer(topics::kAlertAcknowledge, one), "repeated");
  one.reply_id = "phone:m-2";
  EXPECT_EQ(desk.answer(topics::kAlertAcknowledge, one), "taken") << "for the second one";
  EXPECT_TRUE(desk.is_acknowledged(second));
}

TEST(NotifierAnswers, AReplyAnswersNothingThatWentOutAfterItWasGiven) {
  AnswerDesk desk;
  const NoticeStep first = desk.call_of(1, "A-1");
  desk.send(first);
  AlertAcknowledge one{"li", "reply", "1", "", ""};
  one.answered_at = desk.now + minutes(1);
  desk.now += minutes(2);
  const NoticeStep second = desk.call_of(2, "A-2");
  desk.send(second);
  EXPECT_EQ(desk.answer(topics::kAlertAcknowledge, one), "taken");
  EXPECT_TRUE(desk.is_acknowledged(first));
  EXPECT_EQ(desk.one(), "taken") << "the second one still asks";
}

// The same group has the same alert and the same code for ever.
TEST(NotifierAnswers, AnAnswerToAMessageOfAnEarlierLadderIsNoneToTheNext) {
  AnswerDesk desk;
  desk.deadline(1, "A-1", "orange");
  const NoticeStep first = queued_in(desk.advance(std::chrono::seconds(30)));
  desk.send(first);
  EXPECT_EQ(count_of(desk.met(1, "due"), topics::kAlertResolved), 1U);
  desk.deadline(2, "A-2", "orange");
  const NoticeStep second = queued_in(desk.advance(minutes(5)));
  ASSERT_EQ(second.alert, first.alert);
  const std::string code = code_of(*first.alert);
  for (const AlertAcknowledge& late :
       {AlertAcknowledge{"li", "reply", "1", "", ""}, AlertAcknowledge{"li", "reply", code, "", ""},
        AlertAcknowledge{"li", "link", "", first.notice_id, ""}}) {
    EXPECT_EQ(desk.answer(topics::kAlertAcknowledge, late), "refused") << late.via << late.code;
  }
  EXPECT_EQ(desk.row(second.notice_id).state, NoticeState::queued);
  desk.send(second);
  EXPECT_EQ(desk.one(), "taken");
}

TEST(NotifierAnswers, ATextMessageDoesNotAnswerWhatWasPostedInAGroup) {
  AnswerDesk desk;
  const NoticeStep first = desk.call_of(1, "A-1");
  desk.send(first);
  NotifierRules rules = test_rules();
  rules.channels = {channel_rule("group", {})};
  rules.channels[0].kind = ChannelKind::dingtalk_robot;
  rules.channels[0].target = "https://oapi.dingtalk.com/robot/send";
  rules.channels[0].account_file = "/nowhere";
  rules.channels[0].method = "sms";
  desk.load(rules);
  const NoticeStep second = desk.call_of(2, "A-2");
  desk.send(second);
  EXPECT_EQ(desk.one(), "taken");
  EXPECT_TRUE(desk.is_acknowledged(first));
  EXPECT_FALSE(desk.is_acknowledged(second));
}

TEST(NotifierAnswers, ANoticeTellsItsWholeWayAndHowItWasAnswered) {
  AnswerDesk desk;
  const NoticeStep call = desk.call_of(1, "A-1");
  desk.begin(call.notice_id, 1);
  desk.end(call.notice_id, 1, DeliveryOutcome::failed);
  desk.advance(minutes(1));
  EXPECT_EQ(desk.begin(call.notice_id, 2), "go");
  desk.end(call.notice_id, 2, DeliveryOutcome::accepted);
  EXPECT_EQ(desk.receipt(call, "delivered"), "taken");
  desk.reopen();
  EXPECT_EQ(desk.one(), "taken");
  std::string way;
  const NoticeRow row = desk.row(call.notice_id);
  for (const NoticeMark& mark : row.steps.value()) {
    way += mark.what + (mark.detail.empty() ? "" : " (" + mark.detail + ")") + "; ";
  }
  EXPECT_EQ(way,
            "queued; attempted; failed (503); attempted; sent; delivered; acknowledged (reply); ");
}

}  // namespace
}  // namespace jieban
