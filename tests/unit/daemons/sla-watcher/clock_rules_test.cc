// Goal: when a rung is reached is exact, and which one comes first is decided by what has passed.
#include "daemons/sla-watcher/clock_rules.h"

#include "tests/unit/daemons/sla-watcher/sla_fixture.h"

namespace jieban {
namespace {

using std::chrono::minutes;

TEST(ClockRules, ARungStandsAtItsShareOfTheSpan) {
  Timestamp start = local_time("2026-03-10 08:00:00");
  EXPECT_EQ(rung_time(start, start + minutes(10), 50), start + minutes(5));
  EXPECT_EQ(rung_time(start, start + minutes(10), 75), start + std::chrono::seconds(450));
  EXPECT_EQ(rung_time(start, start + minutes(10), 100), start + minutes(10));
  EXPECT_EQ(rung_time(start, start + Duration(3), 50), start + Duration(1));
}

TEST(ClockRules, ARungOfACenturyDoesNotOverflow) {
  Timestamp start = local_time("1970-01-01 08:00:00");
  Timestamp end = local_time("2199-12-31 23:59:59");
  EXPECT_EQ(rung_time(start, end, 100), end);
  EXPECT_LT(rung_time(start, end, 90), end);
}

TEST(ClockRules, TheFirstRungIsTheLowestThatHasNotPassed) {
  ClockRules rules = clock_rules();
  Timestamp start = local_time("2026-03-10 08:00:00");
  Timestamp end = start + minutes(100);
  EXPECT_EQ(first_rung(rules, start, end, start), 50U);
  EXPECT_EQ(first_rung(rules, start, end, start + minutes(50) - Duration(1)), 50U);
  EXPECT_EQ(first_rung(rules, start, end, start + minutes(50)), 75U);
  EXPECT_EQ(first_rung(rules, start, end, start + minutes(90)), kBreachPercent);
  EXPECT_EQ(first_rung(rules, start, end, end + minutes(1)), kBreachPercent);
  // A deadline before its start, as a wrong order prints it: only the breach.
  EXPECT_EQ(first_rung(rules, start, start - minutes(1), start), kBreachPercent);
}

TEST(ClockRules, AfterEachRungComesTheNextAndAfterTheBreachNone) {
  ClockRules rules = clock_rules();
  EXPECT_EQ(next_rung(rules, 50), 75U);
  EXPECT_EQ(next_rung(rules, 60), 75U);
  EXPECT_EQ(next_rung(rules, 90), kBreachPercent);
  EXPECT_FALSE(next_rung(rules, 100).has_value());
  rules.warn_percents.clear();
  EXPECT_EQ(next_rung(rules, 50), kBreachPercent);
}

}  // namespace
}  // namespace jieban
