// Goal: a call that does not get through is followed by the next means, and a receipt is believed.
#include "daemons/notifier/notice_query.h"
#include "daemons/notifier/notifier.h"
#include "tests/unit/daemons/notifier/callout_fixture.h"

namespace jieban {
namespace {

using std::chrono::minutes;
using Calls = std::vector<std::string>;

TEST(NotifierDelivery, ACallThatIsGivenUpGoesOnByThePersonsNextMeans) {
  CalloutFixture desk;
  const NoticeStep notice = queued_in(desk.emergency(1, "A-1"));
  EXPECT_EQ(desk.begin(notice.notice_id, 1), "go");
  EXPECT_EQ(desk.end(notice.notice_id, 1, DeliveryOutcome::rejected), "abandoned");
  EXPECT_EQ(calls_in(desk.advance(Duration(0))), Calls{"li/robot"})
      << "at once, not after a minute";
}

// The holds of escalation.yaml, by the vendor's code; three of them are no failure of a call.
TEST(NotifierDelivery, ACodeHoldsTheChannelForAsLongAsTheRulesSayAndCostsACallNothing) {
  CalloutFixture desk;
  std::string text = kLadders;
  const std::string old = "spool: {limits: [{count: 1000, per: 1s}]";
  text.replace(text.find(old), old.size(), old + ", hold: {\"45009\": 5s}");
  auto ladders = parse_alerting_rules(text, "ladders");
  ASSERT_TRUE(ladders.ok()) << ladders.error().message;
  desk.input(rules_input(Callouts::kRulesName, *ladders));
  const NoticeStep notice = queued_in(desk.emergency(1, "A-1"));
  for (uint64_t attempt = 1; attempt <= 5; ++attempt) {
    ASSERT_EQ(desk.begin(notice.notice_id, attempt), "go") << attempt;
    DeliveryEnd end{notice.notice_id, attempt, DeliveryOutcome::failed, "code 45009"};
    end.code = "45009";
    EXPECT_EQ(desk.answer(topics::kDeliveryEnd, end), "waiting");
    EXPECT_EQ(desk.row(notice.notice_id).due_at, desk.now + std::chrono::seconds(5));
    EXPECT_EQ(desk.row(notice.notice_id).failures, 0U);
    desk.now += std::chrono::seconds(5) - Duration(1);
    EXPECT_EQ(desk.begin(notice.notice_id, attempt + 1), "skip");
    desk.now += Duration(1);
  }
}

TEST(NotifierDelivery, AHoldIsKeptWhereNoLaddersAreLoaded) {
  NotifierFixture desk;
  desk.load(test_rules());
  desk.warn();
  desk.warn();
  const auto rows = desk.due("desk").rows;
  ASSERT_EQ(rows.size(), 2U);
  ASSERT_EQ(desk.begin(rows[0].notice_id, 1), "go");
  desk.end(rows[0].notice_id, 1, DeliveryOutcome::held);
  EXPECT_EQ(desk.begin(rows[1].notice_id, 1), "skip");
  desk.now += minutes(1);
  EXPECT_EQ(desk.begin(rows[1].notice_id, 1), "go");
}

TEST(NotifierDelivery, ADisabledRobotGivesItsCallToTheNextMeansAtOnce) {
  CalloutFixture desk;
  const NoticeStep notice = queued_in(desk.emergency(1, "A-1"));
  EXPECT_EQ(desk.begin(notice.notice_id, 1), "go");
  EXPECT_EQ(desk.end(notice.notice_id, 1, DeliveryOutcome::disabled), "abandoned");
  const Calls calls = calls_in(desk.advance(Duration(0)));
  EXPECT_NE(std::ranges::find(calls, "li/robot"), calls.end());
}

TEST(NotifierDelivery, WithoutAReceiptInTimeThePersonsNextMeansIsUsed) {
  CalloutFixture desk;
  desk.deadline(1, "A-1", "red", 100);
  const NoticeRow row = desk.due("phone").rows.at(0);
  desk.begin(row.notice_id, 1);
  desk.end(row.notice_id, 1, DeliveryOutcome::accepted);
  const auto told = desk.advance(minutes(2));
  EXPECT_EQ(count_of(told, topics::kNoticeUndelivered), 1U);
  EXPECT_EQ(desk.row(row.notice_id).state, NoticeState::undelivered);
  const DeliveryReceipt late{"phone", row.notice_id, "", "delivered"};
  EXPECT_EQ(desk.answer(topics::kDeliveryReceipt, late), "taken");
  EXPECT_EQ(desk.row(row.notice_id).state, NoticeState::delivered) << "a late receipt mends it";
}

TEST(NotifierDelivery, AReceiptIsKnownByTheGatewaysNameForTheMessage) {
  CalloutFixture desk;
  const NoticeStep notice = queued_in(desk.emergency(1, "A-1"));
  desk.begin(notice.notice_id, 1);
  DeliveryEnd end{notice.notice_id, 1, DeliveryOutcome::accepted, std::nullopt};
  end.gateway_id = "gw-7";
  desk.input(topics::kDeliveryEnd, end);
  EXPECT_EQ(
      desk.answer(topics::kDeliveryReceipt, DeliveryReceipt{"phone", "", "gw-8", "delivered"}),
      "not_found");
  EXPECT_EQ(
      desk.answer(topics::kDeliveryReceipt, DeliveryReceipt{"phone", "", "gw-7", "delivered"}),
      "taken");
  EXPECT_EQ(desk.row(notice.notice_id).state, NoticeState::delivered);
  EXPECT_EQ(desk.answer(topics::kDeliveryReceipt, DeliveryReceipt{"phone", "", "gw-7", "failed"}),
            "repeated")
      << "what was delivered stays so";
}

TEST(NotifierDelivery, AReceiptOfAMessageThatTheGatewayTookWithoutAWordSparesTheRepeat) {
  CalloutFixture desk;
  const NoticeStep notice = queued_in(desk.emergency(1, "A-1"));
  desk.begin(notice.notice_id, 1);
  DeliveryEnd end{notice.notice_id, 1, DeliveryOutcome::unknown, "no answer"};
  end.gateway_id = "gw-7";
  desk.input(topics::kDeliveryEnd, end);
  ASSERT_EQ(desk.row(notice.notice_id).state, NoticeState::waiting);
  desk.reopen();
  EXPECT_EQ(desk.answer(topics::kDeliveryReceipt, DeliveryReceipt{"phone", "", "gw-7", "failed"}),
            "repeated")
      << "the next attempt may get through";
  EXPECT_EQ(
      desk.answer(topics::kDeliveryReceipt, DeliveryReceipt{"phone", "", "gw-7", "delivered"}),
      "taken");
  EXPECT_EQ(desk.row(notice.notice_id).state, NoticeState::delivered);
  desk.now = desk.now + minutes(5);
  EXPECT_EQ(desk.begin(notice.notice_id, 2), "skip");
}

// Killed between the gateway's answer and our commit.
TEST(NotifierDelivery, AReceiptFindsAnAttemptThatACrashCutOffByTheNameThatItsBeginTold) {
  CalloutFixture desk;
  const NoticeStep notice = queued_in(desk.emergency(1, "A-1"));
  DeliveryBegin begin{notice.notice_id, 1};
  begin.gateway_id = "3010012345.203040506.32";
  begin.parts = 2;
  EXPECT_EQ(desk.answer(topics::kDeliveryBegin, begin), "go");
  desk.reopen();
  DeliveryReceipt receipt{"phone", "", *begin.gateway_id, "delivered"};
  receipt.part = 2;
  EXPECT_EQ(desk.answer(topics::kDeliveryReceipt, receipt), "unavailable") << "still under way";
  desk.input(topics::kDeliveryEnd,
             DeliveryEnd{notice.notice_id, 1, DeliveryOutcome::unknown, "interrupted"});
  ASSERT_EQ(desk.row(notice.notice_id).state, NoticeState::waiting);
  EXPECT_EQ(desk.answer(topics::kDeliveryReceipt, receipt), "taken");
  EXPECT_EQ(desk.row(notice.notice_id).state, NoticeState::waiting) << "one part is missing";
  receipt.part = 1;
  EXPECT_EQ(desk.answer(topics::kDeliveryReceipt, receipt), "taken");
  EXPECT_EQ(desk.row(notice.notice_id).state, NoticeState::delivered);
  desk.now += minutes(5);
  EXPECT_EQ(desk.begin(notice.notice_id, 2), "skip");
}

// Whatever becomes of the second attempt, the first may be out.
TEST(NotifierDelivery, TheNameOfAnEarlierAttemptThatMayBeOutStaysOneAndThatOfAFailedOneGoes) {
  CalloutFixture desk;
  const NoticeStep notice = queued_in(desk.emergency(1, "A-1"));
  const auto attempt = [&](uint64_t number, const char* name, DeliveryOutcome outcome) {
    DeliveryBegin begin{notice.notice_id, number};
    begin.gateway_id = name;
    EXPECT_EQ(desk.answer(topics::kDeliveryBegin, begin), "go") << name;
    desk.end(notice.notice_id, number, outcome);
    desk.now += minutes(1);
  };
  attempt(1, "gw-1", DeliveryOutcome::held);
  attempt(2, "gw-2", DeliveryOutcome::unknown);
  EXPECT_EQ(
      desk.answer(topics::kDeliveryReceipt, DeliveryReceipt{"phone", "", "gw-1", "delivered"}),
      "not_found");
  attempt(3, "gw-3", DeliveryOutcome::held);
  EXPECT_EQ(
      desk.answer(topics::kDeliveryReceipt, DeliveryReceipt{"phone", "", "gw-2", "delivered"}),
      "taken");
  EXPECT_EQ(desk.row(notice.notice_id).state, NoticeState::delivered);
}

// Kannel's 4 and 8, SGIP's 1: it is on its way, so the gateway has it.
TEST(NotifierDelivery, AReceiptThatAMessageIsOnItsWaySparesTheRepeatAndItsEndIsWaitedFor) {
  CalloutFixture desk;
  desk.deadline(1, "A-1", "red", 100);
  const NoticeRow row = desk.due("phone").rows.at(0);
  desk.begin(row.notice_id, 1);
  DeliveryEnd end{row.notice_id, 1, DeliveryOutcome::unknown, "no answer"};
  end.gateway_id = "gw-7";
  desk.input(topics::kDeliveryEnd, end);
  ASSERT_EQ(desk.row(row.notice_id).state, NoticeState::waiting);
  desk.reopen();
  const DeliveryReceipt buffered{"phone", "", "gw-7", "buffered"};
  const auto taken = desk.input(topics::kDeliveryReceipt, buffered);
  EXPECT_EQ(*taken.answers.at(0), "taken");
  EXPECT_EQ(count_of(events_of(taken), topics::kNoticeSent), 1U);
  EXPECT_EQ(desk.row(row.notice_id).state, NoticeState::sent);
  EXPECT_TRUE(desk.row(row.notice_id).possible_repeat);
  EXPECT_EQ(desk.row(row.notice_id).error, std::nullopt);
  EXPECT_EQ(desk.answer(topics::kDeliveryReceipt, buffered), "repeated");
  EXPECT_EQ(desk.begin(row.notice_id, 2), "skip");
  const auto told = desk.advance(minutes(2));
  EXPECT_EQ(count_of(told, topics::kNoticeUndelivered), 1U) << "as of each that was sent";
}

TEST(NotifierDelivery, AMessageThatIsOnItsWayChangesNothingElse) {
  CalloutFixture desk;
  const NoticeStep notice = queued_in(desk.emergency(1, "A-1"));
  const DeliveryReceipt buffered{"phone", notice.notice_id, "", "buffered"};
  EXPECT_EQ(desk.answer(topics::kDeliveryReceipt, buffered), "repeated") << "never sent";
  desk.begin(notice.notice_id, 1);
  EXPECT_EQ(desk.answer(topics::kDeliveryReceipt, buffered), "unavailable") << "under way";
  desk.end(notice.notice_id, 1, DeliveryOutcome::failed);
  EXPECT_EQ(desk.answer(topics::kDeliveryReceipt, buffered), "repeated") << "it did not go out";
  EXPECT_EQ(desk.row(notice.notice_id).state, NoticeState::waiting);
}

TEST(NotifierDelivery, TheStreamAndTheRowSayHowManySegmentsWentOut) {
  CalloutFixture desk;
  const NoticeStep notice = queued_in(desk.emergency(1, "A-1"));
  desk.begin(notice.notice_id, 1);
  DeliveryEnd end{notice.notice_id, 1, DeliveryOutcome::accepted, std::nullopt};
  end.segments = 2;
  end.alphabet = "UCS-2";
  const auto told = events_of(desk.input(topics::kDeliveryEnd, end));
  ASSERT_EQ(count_of(told, topics::kNoticeSent), 1U);
  for (const Event& each : told) {
    if (each.topic != topics::kNoticeSent) continue;
    const NoticeStep sent = *decode_payload<NoticeStep>(each.payload);
    EXPECT_EQ(sent.segments, 2U);
    EXPECT_EQ(sent.alphabet, "UCS-2");
  }
  const Value shown = notice_value(desk.row(notice.notice_id));
  EXPECT_EQ(*shown.find("segments"), Value(uint64_t{2}));
  EXPECT_EQ(*shown.find("alphabet"), Value("UCS-2"));
}

// Over a restart after each receipt: what has come is kept.
TEST(NotifierDelivery,
     TheReceiptsOfPartsAreCountedOverARestartAndWhileOneIsMissingNothingIsDelivered) {
  CalloutFixture desk;
  const NoticeStep notice = queued_in(desk.emergency(1, "A-1"));
  desk.begin(notice.notice_id, 1);
  DeliveryEnd end{notice.notice_id, 1, DeliveryOutcome::accepted, std::nullopt};
  end.gateway_id = "gw-7";
  end.parts = 3;
  desk.input(topics::kDeliveryEnd, end);
  const auto receipt = [&](uint64_t part) {
    desk.reopen();
    DeliveryReceipt told{"phone", "", "gw-7", "delivered"};
    told.part = part;
    return desk.input(topics::kDeliveryReceipt, told);
  };
  for (uint64_t part : {3U, 1U}) {
    auto first = receipt(part);
    EXPECT_EQ(*first.answers.at(0), "taken");
    EXPECT_EQ(events_of(first).size(), 0U);
    EXPECT_EQ(*receipt(part).answers.at(0), "repeated");
    EXPECT_EQ(desk.row(notice.notice_id).state, NoticeState::sent);
  }
  const auto last = receipt(2);
  EXPECT_EQ(*last.answers.at(0), "taken");
  EXPECT_EQ(count_of(events_of(last), topics::kNoticeDelivered), 1U);
  EXPECT_EQ(desk.row(notice.notice_id).state, NoticeState::delivered);
}

TEST(NotifierDelivery, HalfATextIsFollowedAsNoneIs) {
  CalloutFixture desk;
  const NoticeStep notice = queued_in(desk.emergency(1, "A-1"));
  desk.begin(notice.notice_id, 1);
  DeliveryEnd end{notice.notice_id, 1, DeliveryOutcome::accepted, std::nullopt};
  end.gateway_id = "gw-7";
  end.parts = 2;
  desk.input(topics::kDeliveryEnd, end);
  DeliveryReceipt told{"phone", "", "gw-7", "delivered"};
  told.part = 1;
  EXPECT_EQ(desk.answer(topics::kDeliveryReceipt, told), "taken");
  const auto late = desk.advance(minutes(2));
  EXPECT_EQ(count_of(late, topics::kNoticeUndelivered), 1U) << "the other half never came";
  EXPECT_EQ(calls_in(late), Calls{"li/robot"}) << "the next means";
  const std::string robot = queued_in(late).notice_id;
  for (uint64_t attempt = 1; attempt <= kCallAttempts; ++attempt) {
    desk.begin(robot, attempt);
    desk.end(robot, attempt, DeliveryOutcome::rejected);
    if (desk.row(robot).state == NoticeState::abandoned) break;
  }
  EXPECT_EQ(calls_in(desk.advance(Duration(0))), Calls{"zhou/sms"}) << "the next person";
}

TEST(NotifierDelivery, AReceiptThatOvertakesTheEndOfItsAttemptComesAgain) {
  CalloutFixture desk;
  const NoticeStep notice = queued_in(desk.emergency(1, "A-1"));
  const DeliveryReceipt by_id{"phone", notice.notice_id, "", "delivered"};
  const DeliveryReceipt by_name{"phone", "", "gw-7", "delivered"};
  desk.begin(notice.notice_id, 1);
  EXPECT_EQ(desk.answer(topics::kDeliveryReceipt, by_id), "unavailable");
  EXPECT_EQ(desk.answer(topics::kDeliveryReceipt, by_name), "unavailable");
  const DeliveryReceipt elsewhere{"other", "", "gw-7", "delivered"};
  EXPECT_EQ(desk.answer(topics::kDeliveryReceipt, elsewhere), "not_found");
  DeliveryEnd end{notice.notice_id, 1, DeliveryOutcome::accepted, std::nullopt};
  end.gateway_id = "gw-7";
  desk.input(topics::kDeliveryEnd, end);
  EXPECT_EQ(desk.answer(topics::kDeliveryReceipt, by_name), "taken");
}

TEST(NotifierDelivery, AReceiptSparesThePossibleRepeat) {
  CalloutFixture desk;
  const NoticeStep notice = queued_in(desk.emergency(1, "A-1"));
  desk.begin(notice.notice_id, 1);
  desk.end(notice.notice_id, 1, DeliveryOutcome::unknown);
  const DeliveryReceipt failed{"phone", notice.notice_id, "", "failed"};
  EXPECT_EQ(desk.answer(topics::kDeliveryReceipt, failed), "repeated")
      << "it is tried again anyway";
  const DeliveryReceipt delivered{"phone", notice.notice_id, "", "delivered"};
  EXPECT_EQ(desk.answer(topics::kDeliveryReceipt, delivered), "taken");
  EXPECT_EQ(desk.row(notice.notice_id).state, NoticeState::delivered);
  desk.advance(minutes(1));
  EXPECT_EQ(desk.begin(notice.notice_id, 2), "skip");
}

}  // namespace
}  // namespace jieban
