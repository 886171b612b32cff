// Goal: two lists of changes are put together, none is lost.
#include "common/duty/rota_changes.h"

#include "tests/unit/common/duty/duty_fixture.h"

namespace jieban {
namespace {

using namespace duty_test;

TEST(RotaChanges, AppendingKeepsEachOfThem) {
  RotaChanges ours;
  ours.overrides = {override_of("2026-03-05 00:00", "2026-03-06 00:00", "a", {})};
  ours.temporary.emplace_back().id = "t1";
  RotaChanges more;
  more.overrides = {override_of("2026-03-07 00:00", "2026-03-08 00:00", "b", {})};
  more.leaves = {leave_of("2026-03-05 00:00", "2026-03-06 00:00", "b")};
  more.swaps = {swap_of("2026-03-05 00:00", "2026-03-06 00:00", "a", "b")};
  more.temporary.emplace_back().id = "t2";
  ours.append(more);
  ASSERT_EQ(ours.overrides.size(), 2U);
  EXPECT_EQ(ours.overrides[1].add, "b");
  EXPECT_EQ(ours.leaves.size(), 1U);
  EXPECT_EQ(ours.swaps.size(), 1U);
  ASSERT_EQ(ours.temporary.size(), 2U);
  EXPECT_EQ(ours.temporary[1].id, "t2");
}

TEST(ShiftSwap, IsAcceptedOnlyWithATakerAndATime) {
  ShiftSwap swap = swap_of("2026-03-05 00:00", "2026-03-06 00:00", "a", "b");
  EXPECT_TRUE(swap.accepted());
  swap.accepted_at.reset();
  EXPECT_FALSE(swap.accepted());
  swap = swap_of("2026-03-05 00:00", "2026-03-06 00:00", "a", "b");
  swap.taker.reset();
  EXPECT_FALSE(swap.accepted());
}

TEST(Covers, TheFirstInstantAndNotTheLast) {
  const Timestamp from = local("2026-03-05 00:00");
  const Timestamp until = local("2026-03-06 00:00");
  EXPECT_TRUE(covers(from, until, from));
  EXPECT_FALSE(covers(from, until, from - Duration(1)));
  EXPECT_TRUE(covers(from, until, until - Duration(1)));
  EXPECT_FALSE(covers(from, until, until));
}

}  // namespace
}  // namespace jieban
