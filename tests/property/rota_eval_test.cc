// Goal: the shifts of a row of `rota eval` are those that a clock on the wall gives.
// Method: rows by chance, around the days on which clocks are set forward and back; beside the
// program a model that looks at the clock minute by minute and asks what it shows: it knows nothing
// of time zones but that, counts hand-overs by seeing them, and has no spans to join.
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "common/base/random.h"
#include "common/calendar/instant_text.h"
#include "tests/unit/common/duty/duty_fixture.h"
#include "tools/jieban/rota_row_shifts.h"

namespace jieban {
namespace {

using namespace duty_test;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

struct Place {
  const char* zone;
  const char* near;  // a day before the clock is set
};

constexpr std::array<Place, 10> kPlaces = {{{"America/Chicago", "2020-03-07T06:00:00Z"},
                                            {"America/Chicago", "2020-10-31T05:00:00Z"},
                                            {"Europe/Berlin", "2021-03-27T00:00:00Z"},
                                            {"Europe/Berlin", "2021-10-30T00:00:00Z"},
                                            {"Australia/Lord_Howe", "2021-04-03T00:00:00Z"},
                                            {"Australia/Lord_Howe", "2020-10-03T00:00:00Z"},
                                            {"America/Sao_Paulo", "2018-11-03T12:00:00Z"},
                                            {"Asia/Tehran", "2021-03-21T00:00:00Z"},
                                            {"Pacific/Apia", "2011-12-29T00:00:00Z"},
                                            {"Asia/Shanghai", "2026-03-01T00:00:00Z"}}};

// What the clock shows, minute by minute, of some days.
class WallClock {
 public:
  WallClock(const std::string& zone, Timestamp from, Timestamp until) : from_(from) {
    const TimeZone place = zone_named(zone);
    for (Timestamp at = from; at <= until; at += minutes(1)) shown_.push_back(place.wall(at));
  }

  WallTime shows(Timestamp at) const { return shown_.at(size_t((at - from_) / minutes(1))); }
  // When it first shows a reading, or one behind it where that is skipped.
  Timestamp first(WallTime reading) const {
    for (size_t i = 0; i < shown_.size(); ++i) {
      if (shown_[i] >= reading) return from_ + minutes(i);
    }
    return from_ + minutes(shown_.size());
  }
  // When it shows it for the last time.
  Timestamp last(WallTime reading) const {
    for (size_t i = shown_.size(); i > 0; --i) {
      if (shown_[i - 1] == reading) return from_ + minutes(i - 1);
    }
    return first(reading);
  }

 private:
  Timestamp from_;
  std::vector<WallTime> shown_;
};

// When a rule has a person on duty without a break, as the model sees it.
struct Watch {
  Timestamp from;
  Timestamp until;
  PersonId person;
};

// A rule's hours, as days of the wall clock.
std::vector<TimeSpan> hours_by_clock(const WeeklyWindow& window, const WallClock& clock,
                                     TimeSpan within) {
  std::vector<TimeSpan> spans;
  const Date last = date_of(clock.shows(within.until));
  for (Date date = date_of(clock.shows(within.from)); date <= last; date += days(1)) {
    if ((window.weekdays >> weekday_of(date) & 1U) == 0) continue;
    const TimeSpan span{clock.first(date + std::chrono::seconds(window.begin)),
                        clock.last(date + std::chrono::seconds(window.end))};
    const bool goes_on = !spans.empty() && spans.back().until >= span.from;
    if (goes_on) {
      spans.back().until = span.until;
    } else {
      spans.push_back(span);
    }
  }
  return spans;
}

// The turns of a rotation that the clock shows, one behind the other: the first person's begins at
// its start. The one that ran already when the clock was first looked at is among them.
std::vector<Watch> turns_by_clock(const Rotation& rotation, const WallClock& clock,
                                  TimeSpan known) {
  const std::map<RotationUnit, hours> units = {{RotationUnit::hourly, hours(1)},
                                               {RotationUnit::daily, hours(24)},
                                               {RotationUnit::weekly, hours(24 * 7)}};
  const hours length = units.at(rotation.unit) * int64_t(rotation.length);
  WallTime reading = clock.shows(rotation.start);
  while (reading - length >= clock.shows(known.from)) reading -= length;
  std::set<Timestamp> hand_overs;
  for (; clock.first(reading) < known.until; reading += length) {
    hand_overs.insert(clock.first(reading));
  }
  hand_overs.insert(known.from);
  const auto count = int64_t(rotation.persons.size());
  int64_t turn = -std::distance(hand_overs.begin(), hand_overs.find(rotation.start));
  std::vector<Watch> turns;
  for (const Timestamp at : hand_overs) {
    if (!turns.empty()) turns.back().until = at;
    const int64_t place = (turn++ % count + count) % count;
    turns.push_back({at, known.until, rotation.persons[size_t(place)]});
  }
  return turns;
}

class Model {
 public:
  explicit Model(const RotaRow& row) : row_(row) {
    const TimeSpan known{row.from - days(5), row.until + days(3)};
    const WallClock clock(row.rota.time_zone, known.from, known.until);
    for (const DutyRule& rule : row.rota.rules) {
      const TimeSpan within{known.from + days(2), known.until - days(2)};
      std::vector<Watch> turns;
      if (rule.rotation) turns = turns_by_clock(*rule.rotation, clock, known);
      for (const TimeSpan& span : hours_by_clock(rule.window, clock, within)) {
        for (const PersonId& each : rule.persons) add({span.from, span.until, each});
        for (const Watch& turn : turns) {
          add({std::max(turn.from, span.from), std::min(turn.until, span.until), turn.person});
        }
      }
    }
  }

  // Of the past by what runs at the beginning of the window.
  std::set<PersonId> at(Timestamp at) const {
    const Timestamp seen = std::max(at, row_.from);
    std::set<PersonId> by_rules;
    for (const Watch& watch : watches_) {
      if (covers(watch.from, watch.until, at) && covers(watch.from, watch.until, seen)) {
        by_rules.insert(watch.person);
      }
    }
    std::set<PersonId> persons;
    std::set<PersonId> gone;
    for (const DutyOverride& each : row_.changes.overrides) {
      if (!covers(each.from, each.until, at) || !covers(each.from, each.until, seen)) continue;
      if (each.remove) gone.insert(*each.remove);
      const bool acts = !each.remove || by_rules.contains(*each.remove);
      if (each.add && acts) persons.insert(*each.add);
    }
    for (const PersonId& each : by_rules) {
      if (!gone.contains(each)) persons.insert(each);
    }
    return persons;
  }

  // "x 2020-03-08T08:00:00Z 2020-03-08T09:00:00Z", with a + behind it when it is truncated.
  Lines shifts() const {
    std::map<PersonId, Timestamp> since;
    for (const PersonId& each : at(row_.from)) since[each] = beginning_of(each);
    std::vector<std::pair<Timestamp, std::string>> all;
    for (Timestamp now = row_.from + minutes(1); now <= row_.until; now += minutes(1)) {
      const auto persons = at(now);
      const bool end = now == row_.until;
      std::erase_if(since, [&](const auto& each) {
        if (persons.contains(each.first) && !end) return false;
        all.emplace_back(each.second,
                         line(each.first, each.second, now, end && persons.contains(each.first)));
        return true;
      });
      if (end) break;
      for (const PersonId& each : persons) since.try_emplace(each, now);
    }
    std::ranges::sort(all);
    Lines lines;
    for (auto& each : all) lines.push_back(std::move(each.second));
    return lines;
  }

  static std::string line(const PersonId& person, Timestamp from, Timestamp until, bool cut) {
    return person + " " + to_rfc3339(from) + " " + to_rfc3339(until) + (cut ? "+" : "");
  }

 private:
  void add(const Watch& watch) {
    if (watch.from < watch.until) watches_.push_back(watch);
  }

  Timestamp beginning_of(const PersonId& person) const {
    Timestamp begun = row_.from;
    while (at(begun - minutes(1)).contains(person)) begun -= minutes(1);
    return begun;
  }

  const RotaRow& row_;
  std::vector<Watch> watches_;
};

PersonId one_of(SeededRandom& random, char first) {
  return PersonId(1, char(first + char(random.below(4))));
}

// A rotation starts before the clock is set, or behind it.
DutyRule any_eval_rule(SeededRandom& random, Timestamp near) {
  const auto begin = int64_t(random.below(24 * 4) * 900);
  DutyRule rule = rule_of({}, begin, begin + 900 * int64_t(1 + random.below(24 * 4 - 1)));
  rule.window.weekdays = random.below(2) > 0 ? kEveryDay : random.below(128);
  if (random.below(2) > 0) {
    rule.persons = {one_of(random, 'a')};
    return rule;
  }
  const auto unit = RotationUnit(random.below(3));
  const uint64_t length = unit == RotationUnit::hourly ? 1 + random.below(6) : 1;
  const Timestamp start =
      near + minutes(15 * random.below(4)) +
      (random.below(3) > 0 ? -hours(1 + random.below(70)) : hours(36 + random.below(12)));
  rule.rotation = Rotation{unit, length, start, {"u", "v", "w", "x", "y"}, {}};
  return rule;
}

RotaRow any_row(SeededRandom& random) {
  const Place& place = kPlaces.at(random.below(kPlaces.size()));
  RotaRow row;
  row.rota.id = "seat";
  row.rota.time_zone = place.zone;
  const Timestamp near = *parse_rfc3339(place.near);
  row.from = near + minutes(random.below(24 * 60));
  row.until = row.from + minutes(60 + random.below(36 * 60));
  for (uint64_t count = 1 + random.below(3); count > 0; --count) {
    row.rota.rules.push_back(any_eval_rule(random, near));
  }
  for (uint64_t count = random.below(3); count > 0; --count) {
    DutyOverride& change = row.changes.overrides.emplace_back();
    change.rota = "seat";
    change.from = row.from + minutes(random.below(24 * 60)) - hours(6);
    change.until = change.from + minutes(1 + random.below(24 * 60));
    const uint64_t kind = random.below(3);
    if (kind != 1) change.add = one_of(random, 'a');
    if (kind != 0) change.remove = one_of(random, random.below(2) > 0 ? 'a' : 'u');
  }
  return row;
}

TEST(RotaEval, TheShiftsOfARowAreThoseThatTheClockOnTheWallGives) {
  SeededRandom random(20200308);
  size_t told = 0;
  for (int run = 0; run < 300; ++run) {
    const RotaRow row = any_row(random);
    Lines lines;
    for (const Shift& each : shifts_of(row)) {
      lines.push_back(Model::line(each.person, each.start, each.end, each.truncated));
    }
    const Lines expected = Model(row).shifts();
    ASSERT_EQ(std::set(lines.begin(), lines.end()), std::set(expected.begin(), expected.end()))
        << "run " << run << " in " << row.rota.time_zone << " from " << to_rfc3339(row.from);
    told += lines.size();
  }
  EXPECT_GT(told, 1'000U);
}

}  // namespace
}  // namespace jieban
