// Goal: what a swap would do is seen before it does it: nobody stands in two places, rests too
// little or leaves a hole; and what was wrong already is not held against it.
#include "daemons/notifier/duty/swap_checks.h"

#include "tests/unit/daemons/notifier/duty_fixture.h"

namespace jieban {
namespace {

using duty_test::local;
using std::chrono::hours;

std::string said(const Result<void>& checked) {
  return checked.ok() ? "taken" : checked.error().message;
}

ShiftSwap swap_between(const PersonId& asker, const PersonId& taker, std::string_view from,
                       std::string_view until) {
  return duty_test::swap_of(from, until, asker, taker);
}

const ShiftSwap kNight = swap_between("a", "e", "2026-02-03 20:30", "2026-02-04 08:30");

TEST(SwapChecks, TheAskerHasSomethingToGive) {
  const RotaBook book = desk_book();
  EXPECT_EQ(said(check_asker(book, kNight)), "taken");
  const auto none = swap_between("c", "e", "2026-02-03 20:30", "2026-02-04 08:30");
  EXPECT_TRUE(no_because(said(check_asker(book, none)), "坐席c在这段时间没有班"));
  ShiftSwap nowhere = kNight;
  nowhere.rota = "nowhere";
  EXPECT_TRUE(no_because(said(check_asker(book, nowhere)), "没有这个排班"));
}

TEST(SwapChecks, HoursThatComeFromAnOverrideAreNotTheAskersToGive) {
  RotaBook book = desk_book();
  book.changes.overrides = {
      duty_test::override_of("2026-02-03 20:30", "2026-02-04 08:30", "d", PersonId("a"))};
  const auto swap = swap_between("d", "e", "2026-02-03 20:30", "2026-02-04 08:30");
  EXPECT_TRUE(no_because(said(check_asker(book, swap)), "坐席d的这个班出自排班调整"));
}

TEST(SwapChecks, HoursThatComeFromASwapAre) {
  RotaBook book = desk_book();
  book.changes.swaps = {kNight};
  auto swap = swap_between("e", "d", "2026-02-03 20:30", "2026-02-04 08:30");
  swap.id = "s2";
  EXPECT_EQ(said(check_asker(book, swap)), "taken");
}

TEST(SwapChecks, NobodyIsOnDutyTwice) {
  RotaBook book = desk_book();
  EXPECT_EQ(said(check_taker(book, kNight, "e")), "taken");
  book.changes.overrides = {
      duty_test::override_of("2026-02-04 01:00", "2026-02-04 02:00", "e", std::nullopt)};
  EXPECT_TRUE(no_because(said(check_taker(book, kNight, "e")), "机动在这段时间已有班"));
  book = desk_book();
  Rota other = duty_test::seat_rota();
  other.id = "window";
  other.rules = {duty_test::rule_of({"e"}, 0, kDaySeconds)};
  book.rotas.push_back(other);
  EXPECT_TRUE(no_because(said(check_taker(book, kNight, "e")), "机动在这段时间已有班"));
  book.rotas.back().standby = true;
  EXPECT_EQ(said(check_taker(book, kNight, "e")), "taken") << "who is on call may sit at a desk";
}

TEST(SwapChecks, WhoIsOnLeaveTakesNothing) {
  RotaBook book = desk_book();
  book.changes.leaves = {duty_test::leave_of("2026-02-04 08:00", "2026-02-05 08:00", "e")};
  EXPECT_TRUE(no_because(said(check_taker(book, kNight, "e")), "机动在这段时间请假"));
  book.changes.leaves = {duty_test::leave_of("2026-02-04 08:30", "2026-02-05 08:00", "e")};
  EXPECT_EQ(said(check_taker(book, kNight, "e")), "taken") << "after it";
}

TEST(SwapChecks, WhatIsGivenBackIsThereAndIsTakenByOneWhoIsFree) {
  const RotaBook book = desk_book();
  ShiftSwap swap = swap_between("a", "d", "2026-02-03 20:30", "2026-02-04 08:30");
  swap.back_from = local("2026-02-05 08:30");  // of d
  swap.back_until = local("2026-02-05 20:30");
  EXPECT_EQ(said(check_taker(book, swap, "d")), "taken");
  swap.back_from = local("2026-02-04 08:30");  // of c
  swap.back_until = local("2026-02-04 20:30");
  EXPECT_TRUE(no_because(said(check_taker(book, swap, "d")), "还班：坐席d在这段时间没有班"));
  RotaBook busy = desk_book();
  busy.changes.overrides = {
      duty_test::override_of("2026-02-05 08:30", "2026-02-05 10:00", "a", std::nullopt)};
  swap.back_from = local("2026-02-05 08:30");
  swap.back_until = local("2026-02-05 20:30");
  EXPECT_TRUE(no_because(said(check_taker(busy, swap, "d")), "还班：坐席a在这段时间已有班"));
}

TEST(SwapChecks, EachLimitIsHeldAndOverruledAlike) {
  const RotaBook book = desk_book();
  EXPECT_EQ(said(check_limits(book, kNight, false)), "taken");
  struct Row {
    ShiftSwap swap;
    const char* reason;
  };
  const Row rows[] = {
      {swap_between("a", "d", "2026-02-03 20:30", "2026-02-04 08:30"), "坐席d连续夜班超过1个"},
      {swap_between("a", "c", "2026-02-03 20:30", "2026-02-04 08:30"),
       "坐席c连续在岗24小时，超过12小时"},
      {swap_between("a", "c", "2026-02-03 20:30", "2026-02-04 02:30"),
       "坐席c两班之间只休息6小时，少于11小时"},
  };
  for (const Row& row : rows) {
    EXPECT_TRUE(no_because(said(check_limits(book, row.swap, false)), row.reason));
    EXPECT_EQ(said(check_limits(book, row.swap, true)), "taken") << row.reason;
  }
}

TEST(SwapChecks, AGapIsNotMadeWhoeverWantsIt) {
  RotaBook book = desk_book();
  book.changes.leaves = {duty_test::leave_of("2026-02-04 00:00", "2026-02-04 06:00", "e")};
  EXPECT_TRUE(no_because(said(check_limits(book, kNight, true)), "换班后无人值班"));
}

TEST(SwapChecks, WhatWasWrongBeforeOrGetsBetterIsNotTheChangesFault) {
  RotaBook book = desk_book();
  // Three nights in a row for d, of which the last is given away again.
  for (const auto& [id, from, until] : {std::tuple("p1", "2026-02-03 20:30", "2026-02-04 08:30"),
                                        std::tuple("p2", "2026-02-04 20:30", "2026-02-05 08:30")}) {
    auto change = duty_test::override_of(from, until, "d", from[9] == '3' ? "a" : "b");
    change.id = id;
    book.changes.overrides.push_back(change);
  }
  RotaChanges change;
  change.overrides = {
      duty_test::override_of("2026-02-04 20:30", "2026-02-05 08:30", "e", PersonId("b"))};
  change.overrides[0].id = "p2";
  EXPECT_TRUE(new_findings(book, change).empty()) << "two nights are no worse than three";
  book.changes.overrides.pop_back();
  change.overrides[0].id = "p3";
  change.overrides[0].add = "d";
  const auto found = new_findings(book, change);
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].fault, DutyFault::nights_in_row) << "three are worse than two";
}

TEST(SwapChecks, ALeaveWithoutAStandInIsAGap) {
  RotaChanges change;
  change.leaves = {duty_test::leave_of("2026-02-03 20:30", "2026-02-04 08:30", "a")};
  const auto found = new_findings(desk_book(), change);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(finding_lines(desk_book(), found)[0],
            "2026-02-03 20:30 至 2026-02-04 08:30  坐席值班无人值班");
}

}  // namespace
}  // namespace jieban
