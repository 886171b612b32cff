// Goal: what happens to an order raises and ends its alerts, and an answer finds the right one.
#include "daemons/notifier/notifier.h"
#include "tests/unit/daemons/notifier/callout_fixture.h"

namespace jieban {
namespace {

using std::chrono::hours;

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

}  // namespace
}  // namespace jieban
