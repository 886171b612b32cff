// Goal: turns follow one another on the wall clock, forwards and backwards, months and jumps
// included.
#include "common/duty/rotation.h"

#include "common/calendar/instant_text.h"
#include "tests/unit/common/duty/duty_fixture.h"

namespace jieban {
namespace {

using namespace duty_test;

Rotation rotation_of(RotationUnit unit, uint64_t length, std::string_view start) {
  return {unit, length, local(start), {"a", "b", "c"}, std::nullopt};
}

PersonId person(const Rotation& rotation, std::string_view at) {
  const PersonId* found = person_at(rotation, shanghai(), local(at));
  return found == nullptr ? "" : *found;
}

TEST(Rotation, EachHasAWeekAndTheTurnStartsOnTime) {
  const Rotation rotation = rotation_of(RotationUnit::weekly, 1, "2026-03-02 08:30");
  EXPECT_EQ(person(rotation, "2026-03-02 08:30"), "a");
  EXPECT_EQ(person(rotation, "2026-03-09 08:29"), "a");
  EXPECT_EQ(person(rotation, "2026-03-09 08:30"), "b");
  EXPECT_EQ(person(rotation, "2026-03-23 08:30"), "a");
}

TEST(Rotation, RunsBackBeyondItsStart) {
  const Rotation rotation = rotation_of(RotationUnit::daily, 2, "2026-03-02 08:30");
  EXPECT_EQ(person(rotation, "2026-03-02 08:29"), "c");
  EXPECT_EQ(person(rotation, "2026-02-28 08:30"), "c");
  EXPECT_EQ(person(rotation, "2026-02-28 08:29"), "b");
}

TEST(Rotation, AMonthThatLacksTheDayHasItsLast) {
  const Rotation rotation = rotation_of(RotationUnit::monthly, 1, "2026-01-31 09:00");
  EXPECT_EQ(next_handoff(rotation, shanghai(), local("2026-01-31 09:00")),
            local("2026-02-28 09:00"));
  EXPECT_EQ(next_handoff(rotation, shanghai(), local("2026-02-28 09:00")),
            local("2026-03-31 09:00"));
  EXPECT_EQ(person(rotation, "2026-02-28 08:59"), "a");
  EXPECT_EQ(person(rotation, "2026-02-28 09:00"), "b");
}

TEST(Rotation, ADailyHandOverKeepsItsTimeWhenTheClockIsSetForward) {
  const TimeZone chicago = zone_named("America/Chicago");
  const Rotation rotation{
      RotationUnit::daily, 1, *parse_rfc3339("2026-03-07T02:30:00-06:00"), {"a", "b"}, {}};
  EXPECT_EQ(to_rfc3339(handoff(rotation, chicago, 1)), "2026-03-08T08:00:00Z");  // the jump
  EXPECT_EQ(to_rfc3339(handoff(rotation, chicago, 2)), "2026-03-09T07:30:00Z");
  EXPECT_EQ(turn_at(rotation, chicago, handoff(rotation, chicago, 1)), 1);
  EXPECT_EQ(turn_at(rotation, chicago, handoff(rotation, chicago, 1) - Duration(1)), 0);
}

// From 01:00 to 02:00 the wall clock of 1 November shows each reading twice.
TEST(Rotation, ATurnOfAnHourThatIsShownTwiceGoesOnThroughTheSecondShowing) {
  const TimeZone chicago = zone_named("America/Chicago");
  const Rotation rotation{
      RotationUnit::hourly, 1, *parse_rfc3339("2026-11-01T00:30:00-05:00"), {"a", "b"}, {}};
  EXPECT_EQ(turn_at(rotation, chicago, *parse_rfc3339("2026-11-01T01:15:00-05:00")), 0);
  EXPECT_EQ(turn_at(rotation, chicago, *parse_rfc3339("2026-11-01T01:45:00-05:00")), 1);
  EXPECT_EQ(turn_at(rotation, chicago, *parse_rfc3339("2026-11-01T01:15:00-06:00")), 1);
  EXPECT_EQ(turn_at(rotation, chicago, *parse_rfc3339("2026-11-01T02:30:00-06:00")), 2);
}

TEST(Rotation, WithoutPersonsItIsNobodysTurn) {
  Rotation rotation = rotation_of(RotationUnit::hourly, 1, "2026-03-02 08:30");
  rotation.persons.clear();
  EXPECT_EQ(person(rotation, "2026-03-02 08:30"), "");
}

// A length of none would never come to a next turn.
TEST(Rotation, ALengthThatIsNoneIsOne) {
  const Rotation rotation = rotation_of(RotationUnit::hourly, 0, "2026-03-02 08:30");
  EXPECT_EQ(person(rotation, "2026-03-02 09:30"), "b");
}

TEST(Rotation, TellsEachHandOverOfASpan) {
  std::vector<Timestamp> changes;
  add_changes(rotation_of(RotationUnit::hourly, 12, "2026-03-02 08:30"), shanghai(),
              {local("2026-03-03 08:30"), local("2026-03-04 08:30")}, changes);
  EXPECT_EQ(changes, (std::vector{local("2026-03-03 20:30"), local("2026-03-04 08:30")}));
}

}  // namespace
}  // namespace jieban
