// Goal: instants become shifts: joined, cut at the span, with the past as it was; and gaps.
#include "common/duty/shifts.h"

#include "tests/unit/common/duty/duty_fixture.h"

namespace jieban {
namespace {

using namespace duty_test;

Lines seat_shifts(const RotaChanges& changes, std::string_view from, std::string_view until) {
  return lines_of(shifts(seat_rota(), changes, local(from), local(until)));
}

TEST(Shifts, AreCutAtTheSpanAndSaySoAtItsEnd) {
  EXPECT_EQ(seat_shifts({}, "2026-03-02 12:00", "2026-03-03 09:00"),
            (Lines{"a 03-02 12:00..03-02 20:30", "d 03-02 20:30..03-03 08:30",
                   "b 03-03 08:30..03-03 09:00+"}));
}

// What ends where the span ends is over.
TEST(Shifts, OneThatEndsWithTheSpanIsNotCut) {
  EXPECT_EQ(seat_shifts({}, "2026-03-02 08:30", "2026-03-02 20:30"),
            Lines{"a 03-02 08:30..03-02 20:30"});
}

TEST(Shifts, OfOnePersonThatTouchAreOneAndTheirPiecesAreNot) {
  RotaChanges changes;
  changes.swaps = {swap_of("2026-03-02 20:30", "2026-03-03 08:30", "d", "a")};
  EXPECT_EQ(seat_shifts(changes, "2026-03-02 08:30", "2026-03-03 08:30"),
            Lines{"a 03-02 08:30..03-03 08:30"});
  const auto pieces =
      duty_pieces(seat_rota(), changes, local("2026-03-02 08:30"), local("2026-03-03 08:30"));
  ASSERT_EQ(lines_of(pieces), (Lines{"a 03-02 08:30..03-02 20:30", "a 03-02 20:30..03-03 08:30"}));
  EXPECT_EQ(pieces[0].shift_name, "白班");
  EXPECT_EQ(pieces[1].origin, DutyOrigin::swap);
  EXPECT_EQ(pieces[1].in_place_of, "d");
  EXPECT_EQ(pieces[1].shift_name, "夜班");
}

TEST(Shifts, AnEmptySpanHasNone) {
  EXPECT_TRUE(seat_shifts({}, "2026-03-02 12:00", "2026-03-02 12:00").empty());
  EXPECT_TRUE(seat_shifts({}, "2026-03-02 12:00", "2026-03-02 11:00").empty());
  EXPECT_TRUE(gaps(seat_rota(), {}, local("2026-03-02 12:00"), local("2026-03-02 11:00")).empty());
}

TEST(Shifts, ThePastIsAsItWasAndTheRulesCountFromNowOn) {
  // By the rules a would have been on duty; x was, until a came at noon.
  const DutyHistory history{local("2026-03-02 13:00"),
                            {{"x", local("2026-03-02 07:00"), local("2026-03-02 12:00")},
                             {"a", local("2026-03-02 12:00"), std::nullopt}}};
  EXPECT_EQ(lines_of(shifts(seat_rota(), {}, local("2026-03-02 09:00"), local("2026-03-02 22:00"),
                            &history)),
            (Lines{"x 03-02 07:00..03-02 12:00", "a 03-02 12:00..03-02 20:30",
                   "d 03-02 20:30..03-02 22:00+"}));
}

TEST(Shifts, WhoeverTheRulesDoNotNameIsOffFromNowOn) {
  const DutyHistory history{local("2026-03-02 13:00"),
                            {{"x", local("2026-03-02 07:00"), std::nullopt}}};
  EXPECT_EQ(lines_of(shifts(seat_rota(), {}, local("2026-03-02 09:00"), local("2026-03-02 14:00"),
                            &history)),
            (Lines{"x 03-02 07:00..03-02 13:00", "a 03-02 13:00..03-02 14:00+"}));
}

// The span begins after `now`: between the two the rules count, and cut a shift at the span.
TEST(Shifts, OnlyAShiftOfTheHistoryKeepsItsBeginning) {
  const DutyHistory history{local("2026-03-02 09:00"),
                            {{"a", local("2026-03-02 08:00"), std::nullopt}}};
  Rota rota = seat_rota();
  rota.rules.push_back(rule_of({"late"}, hour(10), hour(14)));
  EXPECT_EQ(
      lines_of(shifts(rota, {}, local("2026-03-02 12:00"), local("2026-03-02 13:00"), &history)),
      (Lines{"a 03-02 08:00..03-02 13:00+", "late 03-02 12:00..03-02 13:00+"}));
}

TEST(Gaps, ALeaveWithoutAStandInIsOne) {
  RotaChanges changes;
  changes.leaves = {leave_of("2026-03-02 00:00", "2026-03-04 00:00", "a")};
  const auto found =
      gaps(seat_rota(), changes, local("2026-03-02 00:00"), local("2026-03-05 00:00"));
  // The night that began on the 3rd is left without it at midnight.
  EXPECT_EQ(found, (std::vector<TimeSpan>{{local("2026-03-02 08:30"), local("2026-03-02 20:30")},
                                          {local("2026-03-03 20:30"), local("2026-03-04 00:00")}}));
  changes.overrides = {override_of("2026-03-02 00:00", "2026-03-04 00:00", "c", "a")};
  EXPECT_TRUE(
      gaps(seat_rota(), changes, local("2026-03-02 00:00"), local("2026-03-05 00:00")).empty());
}

TEST(Gaps, OnlyWhereSomebodyHasToBeOnDuty) {
  Rota rota;
  rota.rules = {rule_of({"a"}, hour(9), hour(12))};
  rota.cover = {{0b001'1111, hour(9), hour(13)}};
  EXPECT_EQ(gaps(rota, {}, local("2026-03-06 00:00"), local("2026-03-09 11:00")),
            (std::vector<TimeSpan>{{local("2026-03-06 12:00"), local("2026-03-06 13:00")}}));
  rota.cover.clear();
  EXPECT_EQ(gaps(rota, {}, local("2026-03-06 00:00"), local("2026-03-06 11:00")),
            (std::vector<TimeSpan>{{local("2026-03-06 00:00"), local("2026-03-06 09:00")}}));
}

TEST(Gaps, TheNextOneIsLookedForForSomeDays) {
  RotaChanges changes;
  changes.leaves = {leave_of("2026-03-10 08:30", "2026-03-10 20:30", "a")};
  EXPECT_FALSE(next_gap(seat_rota(), changes, local("2026-03-02 12:00")).has_value());
  const auto found = next_gap(seat_rota(), changes, local("2026-03-04 12:00"));
  EXPECT_EQ(found, (TimeSpan{local("2026-03-10 08:30"), local("2026-03-10 20:30")}));
  // One that runs already counts from the instant on.
  EXPECT_EQ(next_gap(seat_rota(), changes, local("2026-03-10 09:00"))->from,
            local("2026-03-10 09:00"));
  EXPECT_TRUE(next_gap(seat_rota(), changes, local("2026-03-02 12:00"), 9).has_value());
}

}  // namespace
}  // namespace jieban
