// Goal: a rung stands where it should, and the next one is the right one.
#include "daemons/sla-watcher/rungs.h"

#include "tests/support/calendars.h"
#include "tests/unit/daemons/sla-watcher/sla_fixture.h"

namespace jieban {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr CalendarKind kWorktime = CalendarKind::worktime;

TEST(Rungs, ARungStandsAtItsShareOfTheSpan) {
  const Timestamp start = local_time("2026-03-10 08:00:00");
  const auto rung = [&](Duration span, uint64_t percent) {
    return rung_time({start, start + span}, percent, nullptr) - start;
  };
  EXPECT_EQ(rung(minutes(10), 50), minutes(5));
  EXPECT_EQ(rung(minutes(10), 75), seconds(450));
  EXPECT_EQ(rung(minutes(10), 100), minutes(10));
  EXPECT_EQ(rung(Duration(3), 50), Duration(1));
  const Timestamp old = local_time("1970-01-01 08:00:00");
  const Timestamp end = local_time("2199-12-31 23:59:59");
  EXPECT_EQ(rung_time({old, end}, 100, nullptr), end);
  EXPECT_LT(rung_time({old, end}, 90, nullptr), end);
}

TEST(Rungs, ARungOfWorkingTimeIsAShareOfWorkingTime) {
  const Timestamp friday = local_time("2026-03-13 17:00:00");
  const Timestamp deadline = reckon(limit_by(kWorktime, hours(4)), friday, &office()).at;
  EXPECT_EQ(format_local(deadline), "2026-03-16 12:00:00");
  const ClockSpan span{friday, deadline, 0, kWorktime};
  EXPECT_EQ(format_local(rung_time(span, 50, &office())), "2026-03-16 10:00:00");
}

struct Ask {
  Ladder ladder = whole_catalogue().ladder;
  ClockKind clock = ClockKind::due;
  std::string order_class = "general";

  Armed next(Timestamp start, Timestamp end, uint64_t after,
             std::optional<Timestamp> past = {}) const {
    return next_rung({ladder, clock, order_class, nullptr}, {start, end}, after, past);
  }
};

TEST(Rungs, TheFirstRungIsTheLowestThatHasNotPassed) {
  const Ask ask;
  const Timestamp start = local_time("2026-03-10 08:00:00");
  const Timestamp end = start + minutes(100);
  EXPECT_EQ(ask.next(start, end, 0, start).percent, 50U);
  EXPECT_EQ(ask.next(start, end, 0, start + minutes(50) - Duration(1)).percent, 50U);
  EXPECT_EQ(ask.next(start, end, 0, start + minutes(50)).percent, 75U);
  EXPECT_EQ(ask.next(start, end, 0, start + minutes(90)).percent, kBreachPercent);
  EXPECT_EQ(ask.next(start, end, 0, end + minutes(1)).percent, kBreachPercent);
  // A deadline before its start, as a wrong order prints it: only the breach.
  EXPECT_EQ(ask.next(start, start - minutes(1), 0, start).percent, kBreachPercent);
}

TEST(Rungs, AfterEachRungComesTheNextAndAfterTheBreachNone) {
  Ask ask;
  const Timestamp start = local_time("2026-03-10 08:00:00");
  const Timestamp end = start + minutes(100);
  EXPECT_EQ(ask.next(start, end, 50).percent, 75U);
  EXPECT_EQ(ask.next(start, end, 60).percent, 75U);
  EXPECT_EQ(ask.next(start, end, 90).percent, kBreachPercent);
  EXPECT_EQ(ask.next(start, end, 90).fires_at, end + Duration(1));
  EXPECT_EQ(ask.next(start, end, 100).percent, 0U);
  ask.ladder.rungs.clear();
  EXPECT_EQ(ask.next(start, end, 0).percent, kBreachPercent);
}

// DOMAIN §4.4: a day, and four hours, before the deadline, of clocks of two days and more.
TEST(Rungs, ALongClockAlsoWarnsByWhatIsLeft) {
  const Ask ask;
  const Timestamp start = local_time("2026-03-10 08:00:00");
  // 75 percent of a week come before its last day; 90 of two days before their last four hours.
  EXPECT_EQ(ask.next(start, start + days(7), 50).fires_at, start + hours(126));
  EXPECT_EQ(ask.next(start, start + hours(48), 50).fires_at, start + hours(24));
  EXPECT_EQ(ask.next(start, start + hours(48), 75).fires_at, start + minutes(2592));
  EXPECT_EQ(ask.next(start, start + hours(47), 50).fires_at, start + minutes(2115));
}

TEST(Rungs, AShortLadderAndAWindowWarnLess) {
  Ask ask;
  const Timestamp start = local_time("2026-03-10 08:00:00");
  const Timestamp end = start + minutes(10);
  ask.clock = ClockKind::sign;
  EXPECT_EQ(ask.next(start, end, 75).percent, kBreachPercent);
  ask.clock = ClockKind::due;
  ask.order_class = "emergency";
  EXPECT_EQ(ask.next(start, end, 75).percent, kBreachPercent);
  ask = Ask();
  ask.clock = ClockKind::return_window;
  EXPECT_EQ(ask.next(start, end, 0).fires_at, end + Duration(1));
}

TEST(Rungs, TheBreachIsRepeatedUpToItsLimit) {
  Ladder ladder = whole_catalogue().ladder;
  const Timestamp end = local_time("2026-03-10 08:00:00");
  EXPECT_EQ(next_repeat(ladder, end, 1).fires_at, end + Duration(1) + hours(2));
  EXPECT_EQ(next_repeat(ladder, end, 12).fires_at, end + Duration(1) + hours(24));
  EXPECT_EQ(next_repeat(ladder, end, 13).percent, 0U);
  ladder.repeat = 0;
  EXPECT_EQ(next_repeat(ladder, end, 1).percent, 0U);
}

}  // namespace
}  // namespace jieban
