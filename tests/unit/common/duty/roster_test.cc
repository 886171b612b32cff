// Goal: layers, temporary schedules, swaps, overrides and leaves in the order that roster.h
// promises.
#include "common/duty/roster.h"

#include "tests/unit/common/duty/duty_fixture.h"

namespace jieban {
namespace {

using namespace duty_test;

const Timestamp kNoon = local("2026-03-02 12:00");

TEST(Roster, TheCycleSaysWhoIsOnDuty) {
  EXPECT_EQ(on_duty(seat_rota(), kNoon), Persons{"a"});
  EXPECT_EQ(on_duty(seat_rota(), local("2026-03-03 02:00")), Persons{"d"});
}

TEST(Roster, AHigherPriorityHidesALowerOneAndEqualOnesAreAllOnDuty) {
  Rota rota;
  rota.id = "seat";
  rota.rules = {rule_of({"low"}, 0, hour(24)), rule_of({"x", "y"}, hour(12), hour(13), 2),
                rule_of({"z"}, hour(12), hour(14), 2)};
  EXPECT_EQ(on_duty(rota, kNoon - Duration(1)), Persons{"low"});
  EXPECT_EQ(on_duty(rota, kNoon), (Persons{"x", "y", "z"}));
  EXPECT_EQ(on_duty(rota, local("2026-03-02 13:00")), Persons{"z"});
  EXPECT_EQ(on_duty(rota, local("2026-03-02 14:00")), Persons{"low"});
}

// Priority 0 is a priority too: the first row of a layer is not special.
TEST(Roster, ALowerRuleThatStandsLaterStaysHidden) {
  Rota rota;
  rota.rules = {rule_of({"high"}, 0, hour(24), 1), rule_of({"low"}, 0, hour(24), 0)};
  EXPECT_EQ(on_duty(rota, kNoon), Persons{"high"});
}

TEST(Roster, ADatedShiftIsOneOfTheLayers) {
  Rota rota = seat_rota();
  rota.dates = {{"chief", kNoon, local("2026-03-02 13:00"), 1}};
  EXPECT_EQ(on_duty(rota, kNoon), Persons{"chief"});
  EXPECT_EQ(on_duty(rota, local("2026-03-02 13:00")), Persons{"a"});
  rota.dates.front().priority = 0;
  EXPECT_EQ(on_duty(rota, kNoon), (Persons{"a", "chief"}));
}

TEST(Roster, ATemporaryScheduleHidesRulesAndOverridesEvenWhereItHasNobody) {
  RotaChanges changes;
  changes.temporary = {{"t1",
                        "seat",
                        kNoon,
                        local("2026-03-02 14:00"),
                        {{"x", kNoon, local("2026-03-02 13:00"), 0}}}};
  changes.overrides = {override_of("2026-03-02 12:00", "2026-03-02 15:00", "o", {})};
  EXPECT_EQ(on_duty(seat_rota(), changes, kNoon), Persons{"x"});
  EXPECT_EQ(on_duty(seat_rota(), changes, local("2026-03-02 13:00")), Persons{});
  EXPECT_EQ(on_duty(seat_rota(), changes, local("2026-03-02 14:00")), (Persons{"a", "o"}));
}

TEST(Roster, AStandInIsAnOverrideOfAPersonOnLeave) {
  RotaChanges changes;
  changes.leaves = {leave_of("2026-03-02 08:30", "2026-03-02 20:30", "a")};
  EXPECT_EQ(on_duty(seat_rota(), changes, kNoon), Persons{});
  changes.overrides = {override_of("2026-03-02 08:30", "2026-03-02 20:30", "c", "a")};
  EXPECT_EQ(on_duty(seat_rota(), changes, kNoon), Persons{"c"});
  // Whoever is on leave stands in for nobody.
  changes.leaves.push_back(leave_of("2026-03-02 08:30", "2026-03-02 20:30", "c"));
  EXPECT_EQ(on_duty(seat_rota(), changes, kNoon), Persons{});
}

TEST(Roster, AnExchangeGivesEachTheOthersHours) {
  RotaChanges changes;
  ShiftSwap swap = swap_of("2026-03-02 08:30", "2026-03-02 20:30", "a", "b");
  swap.back_from = local("2026-03-03 08:30");
  swap.back_until = local("2026-03-03 20:30");
  changes.swaps = {swap};
  EXPECT_EQ(on_duty(seat_rota(), changes, kNoon), Persons{"b"});
  EXPECT_EQ(on_duty(seat_rota(), changes, local("2026-03-03 12:00")), Persons{"a"});
  changes.swaps.front().accepted_at.reset();
  EXPECT_EQ(on_duty(seat_rota(), changes, kNoon), Persons{"a"});
  EXPECT_EQ(on_duty(seat_rota(), changes, local("2026-03-03 12:00")), Persons{"b"});
}

TEST(Roster, ChangesOfAnotherRotaSayNothingButALeaveHoldsForAll) {
  RotaChanges changes;
  changes.overrides = {override_of("2026-03-02 08:30", "2026-03-02 20:30", "x", {})};
  changes.swaps = {swap_of("2026-03-02 08:30", "2026-03-02 20:30", "a", "b")};
  changes.temporary = {{"t1", "other", kNoon, local("2026-03-02 14:00"), {}}};
  changes.overrides.front().rota = changes.swaps.front().rota = "other";
  EXPECT_EQ(on_duty(seat_rota(), changes, kNoon), Persons{"a"});
  changes.leaves = {leave_of("2026-03-02 08:30", "2026-03-02 20:30", "a")};
  EXPECT_EQ(on_duty(seat_rota(), changes, kNoon), Persons{});
}

// Chicago sets its clock forward on 8 March: its midnight comes an hour earlier in Beijing.
TEST(Roster, ARotationMayHaveATimeZoneOfItsOwn) {
  Rota rota;
  DutyRule& rule = rota.rules.emplace_back();
  rule.rotation = Rotation{RotationUnit::daily, 1, local("2026-03-07 14:00"), {"a", "b"}, {}};
  EXPECT_EQ(on_duty(rota, local("2026-03-09 13:00")), Persons{"b"});
  rule.rotation->time_zone = "America/Chicago";
  EXPECT_EQ(on_duty(rota, local("2026-03-09 13:00")), Persons{"a"});
  EXPECT_EQ(on_duty(rota, local("2026-03-09 12:59")), Persons{"b"});
  rule.rotation->time_zone = "Mars/Olympus";
  EXPECT_EQ(on_duty(rota, local("2026-03-09 13:00")), Persons{});
}

TEST(Roster, ARotaOfAnUnknownZoneHasOnlyItsDates) {
  Rota rota = seat_rota();
  rota.time_zone = "Mars/Olympus";
  EXPECT_EQ(on_duty(rota, kNoon), Persons{});
  rota.dates = {{"x", kNoon, local("2026-03-02 13:00"), 0}};
  EXPECT_EQ(on_duty(rota, kNoon), Persons{"x"});
  EXPECT_TRUE(Roster(rota, {}).needs_cover(kNoon));
}

TEST(Roster, TellsEachInstantOfChangeWithinASpan) {
  Rota rota = seat_rota();
  rota.cover = {{kEveryDay, hour(9), hour(10)}};
  RotaChanges changes;
  changes.leaves = {leave_of("2026-03-02 11:00", "2026-03-02 11:30", "a")};
  const Roster roster(rota, changes);
  const auto told = roster.changes({local("2026-03-02 08:30"), local("2026-03-02 20:30")});
  EXPECT_EQ(told, (std::vector{local("2026-03-02 09:00"), local("2026-03-02 10:00"),
                               local("2026-03-02 11:00"), local("2026-03-02 11:30")}));
  EXPECT_TRUE(roster.changes({kNoon, kNoon}).empty());
}

}  // namespace
}  // namespace jieban
