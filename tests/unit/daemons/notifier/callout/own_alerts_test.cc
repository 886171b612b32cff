// Goal: what goes wrong with the telling itself ends on a phone too, over a way that still works.
#include "daemons/notifier/callout/own_alerts.h"

#include "tests/unit/daemons/notifier/callout_fixture.h"

namespace jieban {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

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

void watch_feed(CalloutFixture& desk) {
  auto ladders = parse_alerting_rules(
      kLadders + "feed: {timeouts: [{within: day, timeout: 30m}], otherwise: 60m}\n", "ladders");
  ASSERT_TRUE(ladders.ok()) << ladders.error().message;
  desk.input(rules_input(Callouts::kRulesName, *ladders));
}

TEST(OwnAlerts, AFeedThatIsSilentForTooLongIsToldOnceAndEndsWithTheNextOrder) {
  CalloutFixture desk;
  watch_feed(desk);
  desk.emergency(1, "A-1");
  desk.moved(1, "order.signed", OrderState::new_order, OrderState::signed_in);
  EXPECT_EQ(opened(desk.advance(minutes(29)), "feed.silent"), 0U);
  auto told = desk.advance(minutes(2));
  EXPECT_EQ(opened(told, "feed.silent"), 1U) << "30 minutes by day";
  EXPECT_EQ(opened(desk.advance(hours(1)), "feed.silent"), 0U) << "once";
  told = desk.emergency(2, "A-2");
  EXPECT_EQ(count_of(told, topics::kAlertResolved), 1U);
  desk.moved(2, "order.signed", OrderState::new_order, OrderState::signed_in);
  desk.now = noon() + hours(11);  // 23:00
  desk.advance(Duration(0));
  desk.emergency(3, "A-3");
  desk.moved(3, "order.signed", OrderState::new_order, OrderState::signed_in);
  EXPECT_EQ(opened(desk.advance(minutes(59)), "feed.silent"), 0U) << "an hour by night";
  EXPECT_EQ(opened(desk.advance(minutes(2)), "feed.silent"), 1U);
}

TEST(OwnAlerts, AStreetThatWasNeverFedIsNotSilent) {
  CalloutFixture desk;
  watch_feed(desk);
  EXPECT_EQ(opened(desk.advance(hours(5)), "feed.silent"), 0U);
}

}  // namespace
}  // namespace jieban
