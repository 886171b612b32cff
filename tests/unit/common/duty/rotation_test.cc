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
  const Timestamp jump = next_handoff(rotation, chicago, rotation.start);
  EXPECT_EQ(to_rfc3339(jump), "2026-03-08T08:00:00Z");
  EXPECT_EQ(to_rfc3339(next_handoff(rotation, chicago, jump)), "2026-03-09T07:30:00Z");
  EXPECT_EQ(turn_at(rotation, chicago, jump),
            (Turn{1, jump, next_handoff(rotation, chicago, jump)}));
  EXPECT_EQ(turn_at(rotation, chicago, jump - Duration(1)), (Turn{0, rotation.start, jump}));
}

// From 01:00 to 02:00 the wall clock of 1 November shows each reading twice.
TEST(Rotation, ATurnOfAnHourThatIsShownTwiceGoesOnThroughTheSecondShowing) {
  const TimeZone chicago = zone_named("America/Chicago");
  const Rotation rotation{
      RotationUnit::hourly, 1, *parse_rfc3339("2026-11-01T00:30:00-05:00"), {"a", "b"}, {}};
  EXPECT_EQ(turn_at(rotation, chicago, *parse_rfc3339("2026-11-01T01:15:00-05:00")).number, 0);
  EXPECT_EQ(turn_at(rotation, chicago, *parse_rfc3339("2026-11-01T01:45:00-05:00")).number, 1);
  EXPECT_EQ(turn_at(rotation, chicago, *parse_rfc3339("2026-11-01T01:15:00-06:00")).number, 1);
  EXPECT_EQ(turn_at(rotation, chicago, *parse_rfc3339("2026-11-01T02:30:00-06:00")).number, 2);
}

// Whose turns begin from an instant on, one after the other: "a 06:00", on the clock of UTC.
Lines turns_from(const Rotation& rotation, const TimeZone& zone, std::string_view from,
                 size_t count) {
  Lines lines;
  Timestamp at = parse_rfc3339(from).value();
  for (; lines.size() < count; at = next_handoff(rotation, zone, at)) {
    lines.push_back(*person_at(rotation, zone, at) + " " + to_rfc3339(at).substr(11, 5));
  }
  return lines;
}

// 02:00 is 03:00 on 8 March: the hand-over of 02:00 is that of 03:00, and nobody is left out.
TEST(Rotation, HandOversThatAJumpMakesOneAreOne) {
  const TimeZone chicago = zone_named("America/Chicago");
  Rotation rotation{
      RotationUnit::hourly, 1, *parse_rfc3339("2020-03-08T06:00:00Z"), {"a", "b", "c", "d"}, {}};
  const Lines all = {"a 06:00", "b 07:00", "c 08:00", "d 09:00", "a 10:00"};
  EXPECT_EQ(turns_from(rotation, chicago, "2020-03-08T06:00:00Z", 5), all);
  // The same turns, counted back from where they come to behind the jump.
  rotation.start = *parse_rfc3339("2020-03-08T10:00:00Z");
  EXPECT_EQ(turns_from(rotation, chicago, "2020-03-08T06:00:00Z", 5), all);
  // A rotation that starts at the jump itself.
  rotation.start = *parse_rfc3339("2020-03-08T08:00:00Z");
  EXPECT_EQ(turns_from(rotation, chicago, "2020-03-08T06:00:00Z", 5),
            (Lines{"c 06:00", "d 07:00", "a 08:00", "b 09:00", "c 10:00"}));
}

// At half past each hour the jump is a hand-over beside the others: 01:30, 03:00, 03:30.
TEST(Rotation, AHandOverWithinAJumpIsATurnOfItsOwn) {
  const Rotation rotation{
      RotationUnit::hourly, 1, *parse_rfc3339("2020-03-08T07:30:00Z"), {"a", "b", "c"}, {}};
  EXPECT_EQ(turns_from(rotation, zone_named("America/Chicago"), "2020-03-08T07:30:00Z", 4),
            (Lines{"a 07:30", "b 08:00", "c 08:30", "a 09:30"}));
}

// 30 December 2011 was no day in Samoa.
TEST(Rotation, ADayThatTheClockSkipsIsNobodys) {
  const TimeZone apia = zone_named("Pacific/Apia");
  Rotation rotation{
      RotationUnit::daily, 1, *parse_rfc3339("2011-12-29T00:00:00-10:00"), {"a", "b", "c"}, {}};
  EXPECT_EQ(turns_from(rotation, apia, "2011-12-29T10:00:00Z", 3),
            (Lines{"a 10:00", "b 10:00", "c 10:00"}));
  rotation.unit = RotationUnit::hourly;
  rotation.persons = {"a", "b", "c", "d", "e"};
  rotation.start = *parse_rfc3339("2011-12-29T22:00:00-10:00");
  EXPECT_EQ(turns_from(rotation, apia, "2011-12-30T08:00:00Z", 4),
            (Lines{"a 08:00", "b 09:00", "c 10:00", "d 11:00"}));
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
