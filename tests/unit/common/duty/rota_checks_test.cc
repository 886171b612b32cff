// Goal: each fault is found where it is, with its times, and none where there is none.
#include "common/duty/rota_checks.h"

#include <algorithm>

#include "tests/unit/common/duty/duty_fixture.h"

namespace jieban {
namespace {

using namespace duty_test;

constexpr const char* kFrom = "2026-03-02 08:30";
constexpr const char* kUntil = "2026-03-16 08:30";

// "gap seat  03-02 08:30..03-02 20:30".
Lines found(const RotaBook& book, const RotaChanges& changes, std::string_view from = kFrom,
            std::string_view until = kUntil) {
  Lines lines;
  for (const DutyFinding& each : check_duty(book, changes, local(from), local(until))) {
    lines.push_back(std::string(to_string(each.fault)) + " " + each.rota + each.person +
                    each.change + " " + format_local(each.from).substr(5, 11) + ".." +
                    format_local(each.until).substr(5, 11));
  }
  return lines;
}

TEST(RotaChecks, FourSeatsHaveNone) { EXPECT_EQ(found(seat_book(), {}), Lines{}); }

TEST(RotaChecks, ALeaveWithoutAStandInIsAGap) {
  RotaChanges changes;
  changes.leaves = {leave_of("2026-03-02 08:30", "2026-03-02 20:30", "a")};
  EXPECT_EQ(found(seat_book(), changes), Lines{"gap seat 03-02 08:30..03-02 20:30"});
}

// c has the day of the 4th, and takes the first hours of a's night before.
ShiftSwap first_hours_until(std::string_view until) {
  return swap_of("2026-03-03 20:30", until, "a", "c");
}

TEST(RotaChecks, TooLittleRestIsToldWithItsHours) {
  RotaChanges changes;
  changes.swaps = {first_hours_until("2026-03-03 21:31")};
  EXPECT_EQ(found(seat_book(), changes), Lines{"short_rest c 03-03 21:31..03-04 08:30"});
  // Eleven hours are enough.
  changes.swaps = {first_hours_until("2026-03-03 21:30")};
  EXPECT_EQ(found(seat_book(), changes), Lines{});
}

TEST(RotaChecks, TwoShiftsInOneAreTooLong) {
  RotaChanges changes;
  changes.swaps = {swap_of("2026-03-02 20:30", "2026-03-03 08:30", "d", "a")};
  // a goes on through the night, and works the next one too.
  EXPECT_EQ(found(seat_book(), changes), (Lines{"long_shift a 03-02 08:30..03-03 08:30",
                                                "nights_in_row a 03-03 02:00..03-04 02:00"}));
}

TEST(RotaChecks, NightsInARowAreOneFindingHoweverMany) {
  RotaBook book = seat_book();
  book.rotas.front().rules = {rule_of({"a"}, hour(20), hour(32)),
                              rule_of({"b"}, hour(8), hour(20))};
  const Lines all = found(book, {}, "2026-03-02 20:00", "2026-03-05 20:00");
  EXPECT_EQ(std::ranges::count_if(
                all, [](const std::string& each) { return each.starts_with("nights_in_row a"); }),
            1);
  book.limits.nights_in_row_max = 10;
  EXPECT_EQ(found(book, {}, "2026-03-02 20:00", "2026-03-05 20:00").size(), 1U);
  book.limits.nights_in_row_max = 30;
  book.rotas.front().rules.erase(book.rotas.front().rules.begin());
  book.rotas.front().cover = {{kEveryDay, hour(8), hour(20)}};
  EXPECT_EQ(found(book, {}), Lines{});
}

// What follows from a shift before the span is told within it.
TEST(RotaChecks, WhatBeganBeforeTheSpanCounts) {
  RotaChanges changes;
  changes.swaps = {first_hours_until("2026-03-03 22:30")};
  EXPECT_EQ(found(seat_book(), changes, "2026-03-04 08:00", kUntil).size(), 1U);
  EXPECT_EQ(found(seat_book(), changes, "2026-03-04 08:31", kUntil), Lines{});
}

// c works the nights of the 1st and the 2nd; the second ends behind the span.
TEST(RotaChecks, WhatGoesOnBehindTheSpanIsToldWhole) {
  RotaBook book = seat_book();
  book.rotas.front().rules.clear();
  book.rotas.front().cover = {{0, 0, 1}};
  book.rotas.front().dates = {{"c", local("2026-03-01 20:30"), local("2026-03-02 08:30"), 0},
                              {"c", local("2026-03-02 20:30"), local("2026-03-03 10:30"), 0},
                              {"c", local("2026-03-03 18:30"), local("2026-03-03 20:30"), 0}};
  const Lines all = {"nights_in_row c 03-02 02:00..03-03 02:00",
                     "long_shift c 03-02 20:30..03-03 10:30"};
  EXPECT_EQ(found(book, {}, "2026-03-02 00:00", "2026-03-03 00:00"), all);
  // What begins behind it is not of it.
  EXPECT_EQ(found(book, {}, "2026-03-02 00:00", "2026-03-03 10:30"), all);
  EXPECT_EQ(found(book, {}, "2026-03-02 00:00", "2026-03-03 10:31").back(),
            "short_rest c 03-03 10:30..03-03 18:30");
  EXPECT_EQ(found(book, {}, "2026-03-02 00:00", "2026-03-02 02:00"), Lines{});
}

TEST(RotaChecks, StandbyIsNoWorkButHasGaps) {
  RotaBook book = seat_book();
  book.rotas.front().rules = {rule_of({"a"}, hour(0), hour(24))};
  EXPECT_FALSE(found(book, {}).empty());
  book.rotas.front().standby = true;
  EXPECT_EQ(found(book, {}), Lines{});
  book.rotas.front().rules.clear();
  EXPECT_EQ(found(book, {}), Lines{"gap seat 03-02 08:30..03-16 08:30"});
}

TEST(RotaChecks, APersonsTimeIsThatOfAllRotas) {
  RotaBook book = seat_book();
  Rota& other = book.rotas.emplace_back();
  other.id = "desk";
  other.dates = {{"a", local("2026-03-02 20:30"), local("2026-03-02 22:30"), 0}};
  other.cover = {{0, 0, 1}};
  EXPECT_EQ(found(book, {}), Lines{"long_shift a 03-02 08:30..03-02 22:30"});
}

TEST(RotaChecks, ASwapThatNobodyAcceptedIsTold) {
  RotaChanges changes;
  changes.swaps = {swap_of("2026-03-02 08:30", "2026-03-02 20:30", "a", "b")};
  changes.swaps.front().accepted_at.reset();
  EXPECT_EQ(found(seat_book(), changes), Lines{"open_swap seatas1 03-02 08:30..03-02 20:30"});
  EXPECT_EQ(found(seat_book(), changes, "2026-03-02 20:30", kUntil), Lines{});
}

TEST(RotaChecks, WhomAndWhatTheBookDoesNotKnowIsTold) {
  RotaChanges changes;
  changes.leaves = {leave_of("2026-03-02 08:30", "2026-03-02 09:30", "x")};
  changes.overrides = {override_of("2026-03-02 08:30", "2026-03-02 09:30", "y", {})};
  changes.overrides.front().rota = "nowhere";
  changes.swaps = {swap_of("2026-03-02 08:30", "2026-03-02 09:30", "a", "z")};
  changes.temporary = {{"t1", "seat", local("2026-03-20 08:30"), local("2026-03-20 09:30"), {}}};
  EXPECT_EQ(found(seat_book(), changes),
            (Lines{"unknown_person yo1 03-02 08:30..03-02 09:30",
                   "unknown_person xl1 03-02 08:30..03-02 09:30",
                   "unknown_person zs1 03-02 08:30..03-02 09:30",
                   "unknown_rota nowhereo1 03-02 08:30..03-02 09:30"}));
}

TEST(RotaChecks, TheChangesOfTheBookCountToo) {
  RotaBook book = seat_book();
  book.changes.leaves = {leave_of("2026-03-02 08:30", "2026-03-02 20:30", "a")};
  RotaChanges stand_in;
  stand_in.overrides = {override_of("2026-03-02 08:30", "2026-03-02 20:30", "b", "a")};
  EXPECT_EQ(found(book, {}).size(), 1U);
  EXPECT_EQ(found(book, stand_in), Lines{});
}

TEST(RotaChecks, AnEmptySpanHasNone) {
  EXPECT_EQ(found(seat_book(), {}, kFrom, kFrom), Lines{});
  EXPECT_EQ(found(RotaBook(), {}), Lines{});
}

}  // namespace
}  // namespace jieban
