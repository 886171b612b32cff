// Goal: what each change does to a set of persons, and which one goes first.
#include "common/duty/overrides.h"

#include "tests/unit/common/duty/duty_fixture.h"

namespace jieban {
namespace {

using namespace duty_test;

std::vector<OnDuty> rows_of(const Persons& persons) {
  std::vector<OnDuty> rows;
  for (const PersonId& person : persons) rows.push_back({person});
  return rows;
}

Persons persons_of(const std::vector<OnDuty>& rows) {
  Persons persons;
  for (const OnDuty& row : rows) persons.push_back(row.person);
  return persons;
}

DutyOverride change(std::optional<PersonId> add, std::optional<PersonId> remove,
                    uint64_t priority = 0, bool alone = false) {
  DutyOverride out;
  out.add = std::move(add);
  out.remove = std::move(remove);
  out.priority = priority;
  out.alone = alone;
  return out;
}

Persons after(const std::vector<DutyOverride>& changes, const Persons& before) {
  std::vector<const DutyOverride*> pointers;
  for (const DutyOverride& each : changes) pointers.push_back(&each);
  auto rows = rows_of(before);
  apply_overrides(pointers, rows);
  return persons_of(rows);
}

TEST(Overrides, AddRemoveAndStandIn) {
  EXPECT_EQ(after({change("x", {})}, {"a"}), (Persons{"a", "x"}));
  EXPECT_EQ(after({change({}, "a")}, {"a", "b"}), Persons{"b"});
  EXPECT_EQ(after({change("x", "a")}, {"a", "b"}), (Persons{"x", "b"}));
  // Whoever would not be on duty is not stood in for.
  EXPECT_EQ(after({change("x", "z")}, {"a"}), Persons{"a"});
}

TEST(Overrides, OfOnePriorityAllActTogether) {
  // b stands in for a and is not itself stood in for by c.
  EXPECT_EQ(after({change("b", "a"), change("c", "b")}, {"a"}), Persons{"b"});
  EXPECT_EQ(after({change("x", "a"), change("y", "a")}, {"a"}), (Persons{"x", "y"}));
  EXPECT_EQ(after({change("a", {}), change({}, "a")}, {"a"}), Persons{"a"});
}

TEST(Overrides, AHigherPriorityActsOnWhatTheLowerLeft) {
  EXPECT_EQ(after({change("c", "b", 1), change("b", "a", 0)}, {"a"}), Persons{"c"});
  EXPECT_EQ(after({change({}, "x", 1), change("x", {}, 0)}, {"a"}), Persons{"a"});
  EXPECT_EQ(after({change({}, "x", 0), change("x", {}, 1)}, {"a"}), (Persons{"a", "x"}));
}

TEST(Overrides, WhoIsToBeAloneIs) {
  EXPECT_EQ(after({change("x", {}, 0, true)}, {"a", "b"}), Persons{"x"});
  EXPECT_EQ(after({change("x", {}, 0, true), change("y", {}, 1, true)}, {"a"}), Persons{"y"});
  EXPECT_EQ(after({change("x", {}, 0, true), change("y", {}, 0, true)}, {"a"}),
            (Persons{"x", "y"}));
}

TEST(Overrides, AStandInKeepsWhoseShiftItIs) {
  std::vector<OnDuty> rows = {{"a", DutyOrigin::rule, std::nullopt, "白班"}};
  const DutyOverride stand_in = change("x", "a");
  apply_overrides({&stand_in}, rows);
  EXPECT_EQ(rows, (std::vector<OnDuty>{{"x", DutyOrigin::stand_in, "a", "白班"}}));
}

TEST(Swaps, MoveTheHoursOfTheAsker) {
  const ShiftSwap swap = swap_of("2026-03-02 08:30", "2026-03-02 20:30", "a", "b");
  auto rows = rows_of({"a", "c"});
  apply_swaps({&swap}, local("2026-03-02 09:00"), rows);
  EXPECT_EQ(persons_of(rows), (Persons{"b", "c"}));
  EXPECT_EQ(rows.front().origin, DutyOrigin::swap);
  EXPECT_EQ(rows.front().in_place_of, "a");
}

TEST(Swaps, OneThatNobodyAcceptedChangesNothingAndIsMarked) {
  ShiftSwap swap = swap_of("2026-03-02 08:30", "2026-03-02 20:30", "a", "b");
  swap.accepted_at.reset();
  auto rows = rows_of({"a", "c"});
  apply_swaps({&swap}, local("2026-03-02 09:00"), rows);
  EXPECT_EQ(persons_of(rows), (Persons{"a", "c"}));
  EXPECT_TRUE(rows[0].swap_asked);
  EXPECT_FALSE(rows[1].swap_asked);
}

TEST(Swaps, GoInTheOrderOfTheirAcceptance) {
  const ShiftSwap first = swap_of("2026-03-02 08:30", "2026-03-02 20:30", "a", "b");
  ShiftSwap second = swap_of("2026-03-02 08:30", "2026-03-02 20:30", "b", "c");
  second.accepted_at = *first.accepted_at + std::chrono::hours(1);
  auto rows = rows_of({"a"});
  apply_swaps({&second, &first}, local("2026-03-02 09:00"), rows);
  EXPECT_EQ(persons_of(rows), Persons{"c"});
  EXPECT_EQ(rows.front().in_place_of, "a");
}

TEST(Leaves, TakeAPersonOffWhileTheyLast) {
  const std::vector<DutyLeave> leaves = {leave_of("2026-03-02 08:30", "2026-03-02 20:30", "a")};
  auto rows = rows_of({"a", "b"});
  drop_absent(leaves, local("2026-03-02 20:30"), rows);
  EXPECT_EQ(persons_of(rows), (Persons{"a", "b"}));
  drop_absent(leaves, local("2026-03-02 08:30"), rows);
  EXPECT_EQ(persons_of(rows), Persons{"b"});
}

}  // namespace
}  // namespace jieban
