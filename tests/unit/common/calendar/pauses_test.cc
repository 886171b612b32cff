// A pause costs nothing and moves a due instant by the working time in it.
#include "common/calendar/pauses.h"

#include <gtest/gtest.h>

#include "tests/support/calendars.h"

namespace jieban {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

Timestamp on_monday(std::string_view time) {
  return at(office(), "2026-03-09 " + std::string(time));
}

std::string due(std::string_view start, Duration budget, const Pauses& pauses) {
  return told(office(), due_after(office(), on_monday(start), budget, pauses));
}

TEST(Pauses, ADueInstantMovesByTheWorkingTimeInThePause) {
  EXPECT_EQ(due("09:00:00", hours(2), {}), "2026-03-09 11:00:00");
  EXPECT_EQ(due("09:00:00", hours(2), {{on_monday("09:30:00"), on_monday("10:00:00")}}),
            "2026-03-09 11:30:00");
  // From 11:30 to 14:00 lies one working hour: the rest is the midday break.
  EXPECT_EQ(due("11:00:00", hours(2), {{on_monday("11:30:00"), on_monday("14:00:00")}}),
            "2026-03-09 15:30:00");
}

TEST(Pauses, ABudgetUsedUpWhenAPauseBeginsIsDueBeforeIt) {
  EXPECT_EQ(due("09:00:00", hours(1), {{on_monday("10:00:00"), on_monday("11:00:00")}}),
            "2026-03-09 10:00:00");
  EXPECT_EQ(
      due("09:00:00", hours(1) + seconds(1), {{on_monday("10:00:00"), on_monday("11:00:00")}}),
      "2026-03-09 11:00:01");
}

TEST(Pauses, PausesBeforeTheStartAndAfterTheDueChangeNothing) {
  const Pauses pauses = {{on_monday("09:00:00"), on_monday("09:30:00")},
                         {on_monday("15:00:00"), on_monday("16:00:00")}};
  EXPECT_EQ(due("09:30:00", hours(1), pauses), "2026-03-09 10:30:00");
  EXPECT_EQ(due("09:15:00", hours(1), pauses), "2026-03-09 10:30:00");
}

TEST(Pauses, APauseWithoutAnEndHasNoDueInstant) {
  const Pauses open = {{on_monday("10:00:00")}};
  EXPECT_EQ(due_after(office(), on_monday("09:00:00"), hours(2), open).error().code,
            ErrorCode::refused);
  EXPECT_EQ(due("09:00:00", hours(1), open), "2026-03-09 10:00:00");
  EXPECT_EQ(*used_between(office(), on_monday("09:00:00"), on_monday("12:00:00"), open), hours(1));
}

TEST(Pauses, UsedTimeLeavesPausesOut) {
  const Pauses pauses = {{on_monday("09:30:00"), on_monday("10:00:00")},
                         {on_monday("11:30:00"), on_monday("14:00:00")}};
  EXPECT_EQ(*used_between(office(), on_monday("09:00:00"), on_monday("18:00:00"), pauses),
            hours(7) + minutes(30) - minutes(30) - hours(1));
  EXPECT_EQ(*used_between(office(), on_monday("09:45:00"), on_monday("09:50:00"), pauses),
            hours(0));
}

TEST(Pauses, OutOfOrderIsRefused) {
  const Pauses backwards = {{on_monday("10:00:00"), on_monday("09:00:00")}};
  const Pauses overlapping = {{on_monday("09:00:00"), on_monday("11:00:00")},
                              {on_monday("10:00:00"), on_monday("12:00:00")}};
  for (const Pauses& pauses : {backwards, overlapping}) {
    EXPECT_EQ(due_after(office(), on_monday("09:00:00"), hours(1), pauses).error().code,
              ErrorCode::invalid);
    EXPECT_FALSE(used_between(office(), on_monday("09:00:00"), on_monday("10:00:00"), pauses).ok());
  }
}

TEST(Pauses, AYearWithoutACalendarIsStillAnError) {
  const Timestamp start = at(office(), "2026-12-31 17:00:00");
  EXPECT_EQ(due_after(office(), start, hours(2), {}).error().code, ErrorCode::not_found);
  EXPECT_FALSE(used_between(office(), start, start + hours(24 * 30), {}).ok());
}

}  // namespace
}  // namespace jieban
