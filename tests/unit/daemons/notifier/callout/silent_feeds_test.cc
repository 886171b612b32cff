// Goal: what should come often and does not is told by the limit of the hour, once, until it comes.
#include "common/domain/import_done.h"
#include "daemons/notifier/callout/own_alerts.h"
#include "tests/support/exchange.h"
#include "tests/unit/daemons/notifier/callout_fixture.h"

namespace jieban {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using FeedCalls = std::vector<std::string>;

size_t alerts_opened(const std::vector<Event>& told, const std::string& topic) {
  size_t count = 0;
  for (const Event& event : told) {
    if (event.topic != topics::kAlertOpened) continue;
    count += decode_payload<AlertStep>(event.payload)->topic == topic ? 1 : 0;
  }
  return count;
}

void watch_feed(CalloutFixture& desk) {
  auto ladders = parse_alerting_rules(
      kLadders + "feed: {timeouts: [{within: day, timeout: 30m}], otherwise: 60m}\n", "ladders");
  ASSERT_TRUE(ladders.ok()) << ladders.error().message;
  desk.input(rules_input(Callouts::kRulesName, *ladders));
}

TEST(SilentFeeds, AFeedThatIsSilentForTooLongIsToldOnceAndEndsWithTheNextOrder) {
  CalloutFixture desk;
  watch_feed(desk);
  desk.emergency(1, "A-1");
  desk.moved(1, "order.signed", OrderState::new_order, OrderState::signed_in);
  EXPECT_EQ(alerts_opened(desk.advance(minutes(29)), "feed.silent"), 0U);
  auto told = desk.advance(minutes(2));
  EXPECT_EQ(alerts_opened(told, "feed.silent"), 1U) << "30 minutes by day";
  EXPECT_EQ(alerts_opened(desk.advance(hours(1)), "feed.silent"), 0U) << "once";
  told = desk.emergency(2, "A-2");
  EXPECT_EQ(count_of(told, topics::kAlertResolved), 1U);
  desk.moved(2, "order.signed", OrderState::new_order, OrderState::signed_in);
  desk.now = noon() + hours(11);  // 23:00
  desk.advance(Duration(0));
  desk.emergency(3, "A-3");
  desk.moved(3, "order.signed", OrderState::new_order, OrderState::signed_in);
  EXPECT_EQ(alerts_opened(desk.advance(minutes(59)), "feed.silent"), 0U) << "an hour by night";
  EXPECT_EQ(alerts_opened(desk.advance(minutes(2)), "feed.silent"), 1U);
}

TEST(SilentFeeds, AnOrderThatIsBroughtAgainIsNoNewOne) {
  CalloutFixture desk;
  watch_feed(desk);
  desk.emergency(1, "A-1");
  desk.moved(1, "order.signed", OrderState::new_order, OrderState::signed_in);
  desk.advance(minutes(20));
  OrderOpening again;
  again.order_no = "A-1";
  desk.event(kRouterStream, topics::kOrderAmended, again, 1);
  EXPECT_EQ(alerts_opened(desk.advance(minutes(11)), "feed.silent"), 1U);
}

// A file or a push is done now; with news or without is all the same.
std::vector<Event> imported(CalloutFixture& desk, uint64_t added = 0) {
  ImportDone done;
  done.source = "import";
  done.batches = 1;
  done.added = added;
  done.at = desk.now;
  return events_of(desk.event(kRouterStream, topics::kImportNoted, done, 0));
}

void watch_imports(CalloutFixture& desk) {
  auto ladders = parse_alerting_rules(
      kLadders + "imports: {timeouts: [{within: day, timeout: 30m}], otherwise: 60m}\n", "ladders");
  ASSERT_TRUE(ladders.ok()) << ladders.error().message;
  desk.input(rules_input(Callouts::kRulesName, *ladders));
}

// DOMAIN §14.2.
TEST(SilentFeeds, ImportsThatDoNotComeAreToldAfterHalfAnHourByDayAndAnHourByNight) {
  CalloutFixture desk;
  watch_imports(desk);
  imported(desk, 3);
  EXPECT_EQ(alerts_opened(desk.advance(minutes(30) - seconds(1)), "import.silent"), 0U);
  auto told = desk.advance(minutes(2));
  EXPECT_EQ(alerts_opened(told, "import.silent"), 1U);
  EXPECT_EQ(calls_in(told), FeedCalls{"li/sms"}) << "on a phone";
  EXPECT_EQ(calls_in(desk.advance(minutes(8))), FeedCalls{"zhou/sms"}) << "by the ladder";
  EXPECT_EQ(count_of(imported(desk), topics::kAlertResolved), 1U) << "without news as well";
  EXPECT_TRUE(calls_in(desk.advance(minutes(20))).empty());
  desk.now = noon() + hours(11);  // 23:00
  desk.advance(Duration(0));
  imported(desk);
  EXPECT_EQ(alerts_opened(desk.advance(minutes(60) - seconds(1)), "import.silent"), 0U);
  EXPECT_EQ(alerts_opened(desk.advance(minutes(2)), "import.silent"), 1U);
}

Timestamp tomorrow_at(int hour, int minute, int second = 0) {
  return noon() + hours(12) + hours(hour) + minutes(minute) + seconds(second);
}

constexpr const char* kShiftLimits =
    "{timeouts: [{within: shift, timeout: 30m}], otherwise: 60m}\n";

// The instant at which is told that nothing came after `last`. The shift is from 08:30 to 20:30.
Timestamp told_silent(const std::string& topic, Timestamp last) {
  CalloutFixture desk;
  std::string text = kLadders + "feed: " + kShiftLimits + "imports: " + kShiftLimits;
  exchange(text, "  group_wait: 30s", "  group_wait: 0s");
  exchange(text, "times:\n", "times:\n  shift: [{times: [\"08:30-20:30\"]}]\n");
  auto ladders = parse_alerting_rules(text, "ladders");
  EXPECT_TRUE(ladders.ok()) << ladders.error().message;
  desk.input(rules_input(Callouts::kRulesName, *ladders));
  desk.advance(last - desk.now);
  if (topic == "import.silent") {
    imported(desk);
  } else {
    desk.emergency(1, "A-1");
    desk.moved(1, "order.signed", OrderState::new_order, OrderState::signed_in);
  }
  for (const Event& event : desk.advance(hours(3))) {
    if (alerts_opened({event}, topic) > 0) return event.occurred_at;
  }
  return kTimestampMax;
}

// DOMAIN §14.2: more than 30 minutes in the day shift, more than 60 at night; what counts is the
// shift of now, not that of the last import.
TEST(SilentFeeds, TheLimitOfTheHourCountsAndNotThatOfTheLastOne) {
  struct Row {
    Timestamp last;
    Timestamp told;
    const char* why;
  };
  for (const std::string& topic : {std::string("import.silent"), std::string("feed.silent")}) {
    for (const Row& row :
         {Row{tomorrow_at(8, 3, 53), tomorrow_at(8, 33, 53), "30 minutes, which it is by day"},
          Row{tomorrow_at(7, 45), tomorrow_at(8, 30), "45 minutes old as the day begins"},
          Row{tomorrow_at(7, 30), tomorrow_at(8, 30), "an hour, as the night ends"},
          Row{tomorrow_at(7, 29), tomorrow_at(8, 29), "an hour by night"},
          Row{tomorrow_at(20, 24), tomorrow_at(21, 24), "half an hour falls into the night"},
          Row{tomorrow_at(20, 0), tomorrow_at(21, 0), "at the day's end the night's limit counts"},
          Row{tomorrow_at(19, 59, 59), tomorrow_at(20, 29, 59), "half an hour by day"}}) {
      EXPECT_EQ(format_local(told_silent(topic, row.last)), format_local(row.told))
          << topic << ": " << row.why;
    }
  }
}

TEST(SilentFeeds, AnImportWithoutNewsKeepsTheAlarmAway) {
  CalloutFixture desk;
  watch_imports(desk);
  for (int i = 0; i < 8; ++i) {
    imported(desk);
    EXPECT_EQ(alerts_opened(desk.advance(minutes(20)), "import.silent"), 0U) << i;
  }
}

TEST(SilentFeeds, AnImportThatIsToldLateCountsFromWhenItWas) {
  CalloutFixture desk;
  watch_imports(desk);
  ImportDone done;
  done.source = "city";
  done.batches = 1;
  done.at = desk.now - minutes(20);
  desk.event(kRouterStream, topics::kImportNoted, done, 0);
  EXPECT_EQ(alerts_opened(desk.advance(minutes(11)), "import.silent"), 1U);
}

TEST(SilentFeeds, NewOrdersAndImportsAreWatchedApart) {
  CalloutFixture desk;
  auto ladders = parse_alerting_rules(
      kLadders + "feed: {otherwise: 2h}\nimports: {otherwise: 30m}\n", "ladders");
  ASSERT_TRUE(ladders.ok()) << ladders.error().message;
  desk.input(rules_input(Callouts::kRulesName, *ladders));
  desk.emergency(1, "A-1");
  desk.moved(1, "order.signed", OrderState::new_order, OrderState::signed_in);
  size_t imports = 0;
  size_t feeds = 0;
  for (int i = 0; i < 7; ++i) {
    imported(desk);
    const auto told = desk.advance(minutes(20));
    imports += alerts_opened(told, "import.silent");
    feeds += alerts_opened(told, "feed.silent");
  }
  EXPECT_EQ(imports, 0U);
  EXPECT_EQ(feeds, 1U) << "no new order in two hours";
}

TEST(SilentFeeds, AStreetThatWasNeverFedIsNotSilent) {
  CalloutFixture desk;
  watch_feed(desk);
  EXPECT_EQ(alerts_opened(desk.advance(hours(5)), "feed.silent"), 0U);
  watch_imports(desk);
  EXPECT_EQ(alerts_opened(desk.advance(hours(5)), "import.silent"), 0U);
}

}  // namespace
}  // namespace jieban
