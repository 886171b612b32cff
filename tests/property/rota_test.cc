// Goal: what must hold of any rota: the instants and the shifts say the same, the four seats never
// leave a gap, a swap moves hours between two persons and no others. Method: rotas, changes and
// instants by chance.
#include <algorithm>
#include <map>

#include "common/base/random.h"
#include "tests/unit/common/duty/duty_fixture.h"

namespace jieban {
namespace {

using namespace duty_test;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

constexpr std::array<const char*, 3> kZones = {"Asia/Shanghai", "America/Chicago",
                                               "Australia/Lord_Howe"};
// Before the clocks of Chicago and Lord Howe are set forward and back.
const Timestamp kStart = local("2026-03-02 00:00");
constexpr days kSpan{60};

PersonId any_person(SeededRandom& random) { return PersonId(1, char('a' + char(random.below(5)))); }

Timestamp any_instant(SeededRandom& random) {
  return kStart + minutes(random.below(uint64_t(kSpan / minutes(1))));
}

template <class Change>
void any_span(SeededRandom& random, Change& change) {
  change.from = any_instant(random);
  change.until = change.from + minutes(1 + random.below(3 * 24 * 60));
}

DutyRule any_rule(SeededRandom& random) {
  const auto begin = int64_t(random.below(24 * 12) * 300);
  DutyRule rule =
      rule_of({}, begin, begin + 300 * int64_t(1 + random.below(24 * 12)), random.below(3));
  rule.window.weekdays = random.below(128);
  switch (random.below(3)) {
    case 0:
      rule.persons = {any_person(random), any_person(random)};
      break;
    case 1:
      rule.rotation = Rotation{RotationUnit(random.below(4)),
                               1 + random.below(5),
                               kStart - days(3) + minutes(random.below(9000)),
                               {"a", "b", "c"},
                               {}};
      break;
    default:
      rule.cycle = four_days();
  }
  return rule;
}

Rota any_rota(SeededRandom& random) {
  Rota rota;
  rota.id = "seat";
  rota.time_zone = kZones.at(random.below(kZones.size()));
  for (uint64_t count = random.below(4); count > 0; --count) rota.rules.push_back(any_rule(random));
  for (uint64_t count = random.below(3); count > 0; --count) {
    DatedShift& shift = rota.dates.emplace_back();
    shift.person = any_person(random);
    shift.priority = random.below(3);
    any_span(random, shift);
  }
  return rota;
}

ShiftSwap any_swap(SeededRandom& random) {
  ShiftSwap swap;
  swap.rota = "seat";
  swap.asked_by = any_person(random);
  swap.taker = any_person(random);
  any_span(random, swap);
  if (random.below(3) > 0) swap.accepted_at = kStart - hours(random.below(100));
  if (random.below(2) > 0) {
    swap.back_from = any_instant(random);
    swap.back_until = *swap.back_from + hours(1 + random.below(30));
  }
  return swap;
}

RotaChanges any_changes(SeededRandom& random) {
  RotaChanges changes;
  for (uint64_t count = random.below(4); count > 0; --count) {
    DutyOverride& change = changes.overrides.emplace_back();
    change.rota = "seat";
    any_span(random, change);
    change.priority = random.below(2);
    const uint64_t kind = random.below(4);
    if (kind != 1) change.add = any_person(random);
    if (kind == 1 || kind == 2) change.remove = any_person(random);
    change.alone = kind == 3;
  }
  for (uint64_t count = random.below(3); count > 0; --count) {
    DutyLeave& leave = changes.leaves.emplace_back();
    leave.person = any_person(random);
    any_span(random, leave);
  }
  for (uint64_t count = random.below(3); count > 0; --count) {
    changes.swaps.push_back(any_swap(random));
  }
  if (random.below(2) > 0) {
    TemporarySchedule& schedule = changes.temporary.emplace_back();
    schedule.rota = "seat";
    any_span(random, schedule);
    schedule.shifts.push_back({any_person(random), schedule.from + hours(1), schedule.until, 0});
  }
  return changes;
}

Persons sorted(Persons persons) {
  std::ranges::sort(persons);
  return persons;
}

Persons in_shifts(const std::vector<Shift>& all, Timestamp at) {
  Persons persons;
  for (const Shift& shift : all) {
    if (covers(shift.start, shift.end, at)) persons.push_back(shift.person);
  }
  return sorted(std::move(persons));
}

bool in_gap(const std::vector<TimeSpan>& all, Timestamp at) {
  return std::ranges::any_of(all,
                             [&](const TimeSpan& gap) { return covers(gap.from, gap.until, at); });
}

TEST(Rota, WhatAnInstantSaysTheShiftsThePiecesAndTheGapsSayToo) {
  SeededRandom random(20260302);
  size_t manned = 0;
  for (int run = 0; run < 300; ++run) {
    const Rota rota = any_rota(random);
    const RotaChanges changes = any_changes(random);
    const auto whole = shifts(rota, changes, kStart, kStart + kSpan);
    const auto pieces = duty_pieces(rota, changes, kStart, kStart + kSpan);
    const auto empty = gaps(rota, changes, kStart, kStart + kSpan);
    for (int i = 0; i < 100; ++i) {
      // Any second, and the ones next to a change.
      Timestamp at = any_instant(random) + std::chrono::seconds(random.below(60));
      if (i % 4 == 0 && !pieces.empty()) at = pieces[random.below(pieces.size())].start;
      if (i % 8 == 0 && at > kStart) at -= Duration(1);
      const Persons told = sorted(on_duty(rota, changes, at));
      ASSERT_EQ(in_shifts(whole, at), told) << "run " << run << " at " << to_micros(at);
      ASSERT_EQ(in_shifts(pieces, at), told) << "run " << run << " at " << to_micros(at);
      ASSERT_EQ(in_gap(empty, at), told.empty()) << "run " << run << " at " << to_micros(at);
      manned += size_t(!told.empty());
    }
  }
  EXPECT_GT(manned, 10'000U);
  EXPECT_LT(manned, 29'000U);
}

TEST(Rota, ShiftsOfOnePersonNeverTouch) {
  SeededRandom random(7);
  for (int run = 0; run < 200; ++run) {
    std::map<PersonId, Timestamp> ended;
    const auto all = shifts(any_rota(random), any_changes(random), kStart, kStart + kSpan);
    for (const Shift& shift : all) {
      ASSERT_LT(shift.start, shift.end);
      const auto [last, first] = ended.try_emplace(shift.person, shift.end);
      ASSERT_TRUE(first || last->second < shift.start) << run;
      last->second = shift.end;
      ASSERT_LE(shift.end, kStart + kSpan);
    }
  }
}

TEST(Rota, FourSeatsAreNeverWithoutOneWhateverTheInstant) {
  SeededRandom random(10'000);
  const Rota rota = seat_rota();
  for (int i = 0; i < 10'000; ++i) {
    // Some ten years, to the microsecond, before and after the first day.
    const Timestamp at = kStart + Duration(int64_t(random.below(uint64_t(3650) * 86'400'000'000)) -
                                           int64_t{1825} * 86'400'000'000);
    ASSERT_EQ(on_duty(rota, at).size(), 1U) << to_micros(at);
  }
}

std::map<PersonId, Duration> hours_of(const Rota& rota, const RotaChanges& changes) {
  std::map<PersonId, Duration> sums;
  for (const Shift& shift : shifts(rota, changes, kStart, kStart + kSpan)) {
    sums[shift.person] += shift.end - shift.start;
  }
  return sums;
}

TEST(Rota, ASwapMovesHoursBetweenExactlyTwoPersons) {
  SeededRandom random(42);
  const Rota rota = seat_rota();
  const auto before = hours_of(rota, {});
  size_t moved = 0;
  for (int run = 0; run < 500; ++run) {
    RotaChanges changes;
    ShiftSwap swap = any_swap(random);
    // Of the four; the fifth is not in the rota and would gain what the asker loses, too.
    if (swap.asked_by == swap.taker) continue;
    changes.swaps = {swap};
    auto after = hours_of(rota, changes);
    const Duration given = before.contains(swap.asked_by)
                               ? before.at(swap.asked_by) - after[swap.asked_by]
                               : -after[swap.asked_by];
    const Duration taken =
        after[*swap.taker] - (before.contains(*swap.taker) ? before.at(*swap.taker) : Duration(0));
    ASSERT_EQ(given, taken) << "run " << run;
    for (const auto& [person, sum] : before) {
      const bool in_swap = person == swap.asked_by || person == *swap.taker;
      ASSERT_TRUE(in_swap || after[person] == sum) << run;
    }
    ASSERT_TRUE(swap.accepted() || given == Duration(0)) << run;
    moved += size_t(given != Duration(0));
  }
  EXPECT_GT(moved, 100U);
}

}  // namespace
}  // namespace jieban
