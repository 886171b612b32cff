// Goal: the ladder of DOMAIN §4.4, windows that lapse, and a timer for each clock that has one.
#include "daemons/sla-watcher/order_clocks.h"

#include "tests/unit/daemons/sla-watcher/sla_fixture.h"

namespace jieban {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

std::vector<std::string> rungs_of(const std::vector<DeadlineAlert>& alerts, ClockKind clock) {
  std::vector<std::string> rungs;
  for (const DeadlineAlert& alert : alerts) {
    if (alert.clock != to_string(clock)) continue;
    std::string rung = alert.level.value_or("none") + " " + std::to_string(alert.percent);
    if (alert.repeat) rung += " again " + std::to_string(*alert.repeat);
    rungs.push_back(std::move(rung));
  }
  return rungs;
}

TEST(OrderClocks, ALongClockClimbsTheWholeLadder) {
  SlaFixture sla(whole_catalogue());
  const Timestamp start = sla.now;
  sla.open_order(1);
  auto alerts = sla.alerts_until(start + hours(84));
  EXPECT_EQ(rungs_of(alerts, ClockKind::due), (std::vector<std::string>{"blue 50"}));
  alerts = sla.alerts_until(start + hours(168) - hours(4));
  EXPECT_EQ(rungs_of(alerts, ClockKind::due), (std::vector<std::string>{"yellow 75", "orange 90"}));
  alerts = sla.alerts_until(start + hours(168) + hours(4) + Duration(1));
  EXPECT_EQ(rungs_of(alerts, ClockKind::due),
            (std::vector<std::string>{"red 100", "red 100 again 1", "red 100 again 2"}));
}

TEST(OrderClocks, RedIsRepeatedUpToItsLimitAndNotAfterItStopped) {
  SlaFixture sla(whole_catalogue());
  const Timestamp start = sla.now;
  sla.open_order(1, "emergency");
  sla.open_order(2, "emergency");
  sla.alerts_until(start + minutes(11));
  sla.move(2, "order.signed");
  const auto alerts = sla.alerts_until(start + hours(100));
  const auto sign = rungs_of(alerts, ClockKind::sign);
  ASSERT_EQ(sign.size(), 12U);
  EXPECT_EQ(sign.front(), "red 100 again 1");
  EXPECT_EQ(sign.back(), "red 100 again 12");
  EXPECT_EQ(sla.clock_of(1, ClockKind::sign)->next_percent, 0U);
}

TEST(OrderClocks, AWindowLapsesInSilence) {
  SlaFixture sla(whole_catalogue());
  sla.open_order(1);
  sla.move(1, "order.signed");
  const Timestamp signed_at = sla.now;
  auto alerts = sla.alerts_until(signed_at + hours(24) + Duration(1));
  for (const DeadlineAlert& alert : alerts) EXPECT_NE(alert.clock, "return");
  EXPECT_FALSE(sla.clock_of(1, ClockKind::return_window).has_value());
  EXPECT_EQ(summary_of(sla.move(1, "order.return_requested")), "");
}

TEST(OrderClocks, AWindowThatLapsedWhileItWasDownIsToldWithTheNextChange) {
  SlaFixture sla(whole_catalogue());
  sla.open_order(1);
  sla.move(1, "order.signed");
  const Timestamp end = sla.now + hours(24);
  sla.now = end + minutes(1);
  const auto changes = changes_of(sla.move(1, "order.dispatched"));
  ASSERT_FALSE(changes.empty());
  EXPECT_EQ(changes.front().clock, "return");
  EXPECT_EQ(changes.front().change, "lapsed");
  EXPECT_EQ(changes.front().stopped_at, end);
}

// Alerts of a lead that has no room would only repeat those of the due time.
TEST(OrderClocks, ALeadWithoutRoomIsNoClock) {
  SlaFixture sla(whole_catalogue());
  OrderOpening told = sla.opening();
  told.due_at = sla.now + hours(20);
  sla.open_order(1, told);
  sla.move(1, "order.signed");
  EXPECT_EQ(summary_of(sla.move(1, "order.dispatched")), "forward met");
}

TEST(OrderClocks, ADeadlineCarriesTheVersionThatMadeIt) {
  SlaFixture sla(whole_catalogue());
  sla.open_order(1);
  ClockRules later = whole_catalogue();
  later.version = "9";
  sla.load(later);
  sla.move(1, "order.signed");
  EXPECT_FALSE(sla.clock_of(1, ClockKind::due)->rules_version.has_value());
  EXPECT_EQ(sla.clock_of(1, ClockKind::forward)->rules_version, "9");
  EXPECT_EQ((*sla.core().orders().get(sla.read(), make_key(uint64_t{1})))->rules_version, "8");
}

TEST(OrderClocks, OneEventIsToldInOneChange) {
  SlaFixture sla(whole_catalogue());
  EXPECT_EQ(topics_of(sla.open_order(1)), std::vector<std::string>{"clock.changed"});
  EXPECT_EQ(topics_of(sla.move(1, "order.signed")), std::vector<std::string>{"clock.changed"});
  EXPECT_EQ(topics_of(sla.move(1, "order.dispatched")), std::vector<std::string>{"clock.changed"});
}

}  // namespace
}  // namespace jieban
