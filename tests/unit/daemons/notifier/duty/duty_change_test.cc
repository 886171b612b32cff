// Goal: a change acts from when it is in force to when it ends, and never on what has passed.
#include "daemons/notifier/duty/duty_change.h"

#include "tests/unit/daemons/notifier/duty_fixture.h"

namespace jieban {
namespace {

using duty_test::local;
using std::chrono::hours;

TEST(DutyChange, EachKindIsTheChangeOfItsName) {
  const auto added = make_change(
      override_request("o1", "2026-02-03 14:00", "2026-02-03 16:00", PersonId("e"), PersonId("b")),
      noon());
  ASSERT_EQ(added.effect.overrides.size(), 1U);
  EXPECT_EQ(added.effect.overrides[0].add, "e");
  EXPECT_EQ(added.effect.overrides[0].remove, "b");
  EXPECT_EQ(added.state, DutyChangeState::in_force);
  const auto leave = make_change(leave_request("l1", "b", "", "2026-02-03 16:00"), noon());
  ASSERT_EQ(leave.effect.leaves.size(), 1U);
  EXPECT_EQ(leave.effect.leaves[0].from, noon()) << "without a beginning, from now on";
  const auto swap = make_change(night_swap("s1", PersonId("e")), noon());
  ASSERT_EQ(swap.effect.swaps.size(), 1U);
  EXPECT_FALSE(swap.effect.swaps[0].accepted()) << "asked for only";
  EXPECT_EQ(swap.state, DutyChangeState::asked);
  auto request =
      duty_request(DutyKind::temporary, "t1", "x", "2026-02-04 00:00", "2026-02-05 00:00");
  request.shifts = {{"e", local("2026-02-04 00:00"), local("2026-02-05 00:00"), 0}};
  EXPECT_EQ(make_change(request, noon()).effect.temporary.at(0).shifts.size(), 1U);
}

TEST(DutyChange, AnApprovedSwapBeginsNoEarlierThanItsApproval) {
  auto request = night_swap("s1", PersonId("e"));
  request.back_from = local("2026-02-03 18:00");
  request.back_until = local("2026-02-04 20:00");
  const Timestamp late = local("2026-02-03 23:00");
  const ShiftSwap swap = approved_swap(make_change(request, noon()), "e", late);
  EXPECT_EQ(swap.from, late);
  EXPECT_EQ(swap.back_from, late);
  EXPECT_EQ(swap.accepted_at, late);
  EXPECT_EQ(approved_swap(make_change(request, noon()), "e", noon()).from, *request.from);
}

TEST(DutyChange, WhatWasServedStaysWhenTheRestIsCut) {
  DutyChange leave =
      make_change(leave_request("l1", "b", "2026-02-03 14:00", "2026-02-03 20:00"), noon());
  DutyChange unbegun = leave;
  cut_effect(unbegun, noon() + hours(1));
  EXPECT_TRUE(unbegun.effect.leaves.empty());
  cut_effect(leave, noon() + hours(4));
  ASSERT_EQ(leave.effect.leaves.size(), 1U);
  EXPECT_EQ(leave.effect.leaves[0].until, noon() + hours(4));
}

TEST(DutyChange, OfASwapEachSpanIsCutForItself) {
  auto request = night_swap("s1", PersonId("e"));
  request.back_from = local("2026-02-05 08:30");
  request.back_until = local("2026-02-05 20:30");
  DutyChange swap = make_change(request, noon());
  DutyChange asked = swap;
  cut_effect(asked, noon());
  EXPECT_TRUE(asked.effect.swaps.empty()) << "nobody is marked any more";
  swap.effect.swaps = {approved_swap(swap, "e", noon())};
  DutyChange before = swap;
  cut_effect(before, noon() + hours(1));
  EXPECT_TRUE(before.effect.swaps.empty());
  cut_effect(swap, local("2026-02-04 12:00"));
  ASSERT_EQ(swap.effect.swaps.size(), 1U);
  EXPECT_EQ(swap.effect.swaps[0].until, local("2026-02-04 08:30")) << "served";
  EXPECT_EQ(swap.effect.swaps[0].back_from, swap.effect.swaps[0].back_until) << "never begins";
}

TEST(DutyChange, ItsEndIsThatOfItsLastSpan) {
  auto request = night_swap("s1", std::nullopt);
  EXPECT_EQ(end_of(request), request.until);
  request.back_from = local("2026-02-05 08:30");
  request.back_until = local("2026-02-05 20:30");
  EXPECT_EQ(end_of(request), *request.back_until);
  const DutyChange change = make_change(request, noon());
  EXPECT_TRUE(touches(change, local("2026-02-05 20:00"), local("2026-02-06 00:00")));
  EXPECT_TRUE(touches(change, local("2026-02-04 08:00"), local("2026-02-04 09:00")));
  EXPECT_FALSE(touches(change, local("2026-02-04 09:00"), local("2026-02-05 08:30")));
}

TEST(DutyChange, EachStateIsReadAsItIsWritten) {
  for (const auto state :
       {DutyChangeState::asked, DutyChangeState::accepted, DutyChangeState::in_force,
        DutyChangeState::refused, DutyChangeState::withdrawn}) {
    DutyChangeState read{};
    ASSERT_TRUE(from_string(to_string(state), read));
    EXPECT_EQ(read, state);
  }
  DutyChangeState state{};
  EXPECT_FALSE(from_string("lost", state));
}

}  // namespace
}  // namespace jieban
