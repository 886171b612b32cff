// Goal: an answer whose time is not sure, or that comes after another's, is taken for what it is.
#include "tests/unit/daemons/notifier/answer_desk.h"

namespace jieban {
namespace {

using std::chrono::minutes;

// A gateway without a time service: whoever answers has the message before him, whatever its clock
// says; beyond the tolerance nobody knows what he means.
TEST(LateAnswers, AReplyByAGatewayWhoseClockIsSlowIsNotVoid) {
  for (const auto& [slow, answer] : {std::pair(minutes(1), "taken"), std::pair(minutes(2), "taken"),
                                     std::pair(minutes(3), "not_found")}) {
    AnswerDesk desk;
    const NoticeStep call = desk.call_of(1, "A-1");
    desk.send(call);
    AlertAcknowledge one{"li", "reply", "1", "", ""};
    one.answered_at = desk.now - slow;
    EXPECT_EQ(desk.answer(topics::kAlertAcknowledge, one), answer) << slow / minutes(1);
    EXPECT_EQ(desk.is_acknowledged(call), answer == std::string("taken"));
  }
}

TEST(LateAnswers, HowSlowAClockMayBeIsTheStreetsToSay) {
  AnswerDesk desk;
  NotifierRules rules = test_rules();
  rules.channels = {channel_rule("phone", {})};
  rules.channels[0].method = "sms";
  rules.reply_clock_slack_micros = 300'000'000;
  desk.load(rules);
  const NoticeStep call = desk.call_of(1, "A-1");
  desk.send(call);
  AlertAcknowledge one{"li", "reply", "1", "", ""};
  one.answered_at = desk.now - minutes(4);
  EXPECT_EQ(desk.answer(topics::kAlertAcknowledge, one), "taken");
}

// What was out by the gateway's own time goes before what only may have been.
TEST(LateAnswers, ASlowClockIsAllowedForOnlyWhereNothingElseAsks) {
  AnswerDesk desk;
  const NoticeStep first = desk.call_of(1, "A-1");
  desk.send(first);
  AlertAcknowledge one{"li", "reply", "1", "", ""};
  one.answered_at = desk.now + minutes(1);
  desk.now += minutes(2);
  const NoticeStep second = desk.call_of(2, "A-2");
  desk.send(second);
  const NoticeStep third = desk.call_of(3, "A-3");
  desk.send(third);
  EXPECT_EQ(desk.answer(topics::kAlertAcknowledge, one), "taken");
  EXPECT_TRUE(desk.is_acknowledged(first));
  EXPECT_EQ(desk.answer(topics::kAlertAcknowledge, one), "taken");
  EXPECT_EQ(desk.row(second.notice_id).steps->back().what, "acknowledged")
      << "of those that may have been, the earliest surely was";
  EXPECT_EQ(desk.row(third.notice_id).steps->back().what, "sent");
}

// Two are called; who came second reads it in the notice that he was sent.
TEST(LateAnswers, ANoticeTellsWhoAcknowledgedAndWhoCameLater) {
  AnswerDesk desk;
  const std::vector<Event> told = desk.deadline(1, "A-1", "red", 100);
  std::vector<NoticeStep> calls;
  for (const Event& each : told) {
    if (each.topic == topics::kNoticeQueued) calls.push_back(notice_of(each));
  }
  ASSERT_EQ(calls.size(), 2U);
  for (const NoticeStep& call : calls) desk.send(call);
  const auto reply = [&](const std::string& person) {
    return desk.answer(topics::kAlertAcknowledge, AlertAcknowledge{person, "reply", "1", "", ""});
  };
  EXPECT_EQ(reply(*calls[1].person), "taken");
  desk.now += minutes(1);
  EXPECT_EQ(reply(*calls[0].person), "repeated");
  const NoticeMark first = desk.row(calls[1].notice_id).steps->back();
  EXPECT_EQ(first.what, "acknowledged");
  EXPECT_EQ(first.after, std::nullopt);
  const NoticeMark later = desk.row(calls[0].notice_id).steps->back();
  EXPECT_EQ(later.what, "answered");
  EXPECT_EQ(later.detail, "reply");
  EXPECT_EQ(later.after, *calls[1].person);
  EXPECT_EQ(reply(*calls[0].person), "repeated");
  EXPECT_EQ(desk.row(calls[0].notice_id).steps->back().at, later.at) << "once";
}

// At the desk somebody answers by the notice of another.
TEST(LateAnswers, AnAcknowledgementByAnotherPersonIsToldAsHis) {
  AnswerDesk desk;
  const NoticeStep call = desk.call_of(1, "A-1");
  desk.send(call);
  const AlertAcknowledge ack{"zhou", "cli", "", call.notice_id, ""};
  EXPECT_EQ(desk.answer(topics::kAlertAcknowledge, ack), "taken");
  const NoticeMark mark = desk.row(call.notice_id).steps->back();
  EXPECT_EQ(mark.what, "acknowledged");
  EXPECT_EQ(mark.by, "zhou");
  EXPECT_EQ(mark.after, std::nullopt);
}

}  // namespace
}  // namespace jieban
