// Goal: an order that comes in long overdue is told once. Its breach is repeated every two hours
// for a day; when the day had passed long before, all twelve repeats were told at once, and an
// import of old orders rang every phone thirteen times for each.
#include "tests/unit/daemons/sla-watcher/sla_fixture.h"

namespace jieban {
namespace {

using std::chrono::hours;

std::vector<uint64_t> repeats_of(const std::vector<DeadlineAlert>& alerts) {
  std::vector<uint64_t> repeats;
  for (const DeadlineAlert& alert : alerts) {
    if (alert.clock == "due") repeats.push_back(alert.repeat.value_or(0));
  }
  return repeats;
}

std::vector<uint64_t> told_of_an_order_late_by(Duration late, Duration until) {
  SlaFixture sla(whole_catalogue());
  OrderOpening opening;
  opening.order_no = "A-1";
  opening.order_class = "general";
  opening.clock_start = sla.now - late - hours(24);
  opening.due_at = sla.now - late;
  sla.open_order(1, opening);
  return repeats_of(sla.alerts_until(sla.now + until));
}

TEST(RepeatsOfThePast, AnOrderThatComesInMonthsOverdueIsToldOnce) {
  EXPECT_EQ(told_of_an_order_late_by(hours(24 * 300), hours(48)), std::vector<uint64_t>{0});
}

TEST(RepeatsOfThePast, OneThatComesInHoursOverdueIsRepeatedFromThenOn) {
  EXPECT_EQ(told_of_an_order_late_by(hours(5), hours(4)), (std::vector<uint64_t>{0, 3, 4}));
}

TEST(RepeatsOfThePast, ADueTimeThatIsCorrectedIntoThePastIsToldOnce) {
  SlaFixture sla(whole_catalogue());
  sla.open_order(1);
  OrderOpening corrected;
  corrected.order_no = "A-1";
  corrected.order_class = "general";
  corrected.due_at = sla.now - hours(24 * 30);
  sla.now += hours(1);
  sla.amend(1, corrected);
  EXPECT_EQ(repeats_of(sla.alerts_until(sla.now + hours(48))), std::vector<uint64_t>{0});
}

}  // namespace
}  // namespace jieban
