// The watcher's rules: the clocks of each class, the calendar they count by, and when they warn
// (DOMAIN §4.3, §4.4).
//
// Data with a version: the shipped figures are not official. The calendar's text is a part of the
// rules, so that a replay counts the days as the day itself did. Durations are microseconds, as
// they are stored. Pure values; any thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "common/clocks/calendar_texts.h"
#include "common/clocks/class_rules.h"

namespace jieban {

constexpr uint64_t kBreachPercent = 100;

struct Rung {
  uint64_t percent = 0;            // of the clock used, 1..99
  std::string level;               // "blue", "yellow", "orange"
  std::optional<int64_t> left{};   // or so much before the deadline, of a long clock
  std::optional<bool> in_short{};  // also of the short ladder

  template <class Visit>
  static void fields(Visit& visit) {
    visit("percent", &Rung::percent);
    visit("level", &Rung::level);
    visit("left", &Rung::left);
    visit("in_short", &Rung::in_short);
  }
};

// The breach, "red", is above all rungs and is told again as long as the clock runs.
struct Ladder {
  std::vector<Rung> rungs;  // rising
  int64_t left_from = 0;    // `left` counts for clocks at least so long
  int64_t repeat = 0;       // 0: the breach is told once
  uint64_t repeats_max = 0;
  std::vector<ClockKind> short_clocks;  // these, and all clocks of these classes, warn less often
  std::vector<std::string> short_classes;

  bool is_short(ClockKind clock, const std::string& order_class) const;
  // "red" for the breach; empty when there is no such rung.
  std::string level_of(uint64_t percent) const;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("rungs", &Ladder::rungs);
    visit("left_from", &Ladder::left_from);
    visit("repeat", &Ladder::repeat);
    visit("repeats_max", &Ladder::repeats_max);
    visit("short_clocks", &Ladder::short_clocks);
    visit("short_classes", &Ladder::short_classes);
  }
};

struct ClockRules {
  std::string version;
  Ladder ladder;
  ClassTable classes;
  std::optional<CalendarTexts> calendar;  // empty: all clocks are natural

  template <class Visit>
  static void fields(Visit& visit) {
    visit("version", &ClockRules::version);
    visit("ladder", &ClockRules::ladder);
    visit("classes", &ClockRules::classes);
    visit("calendar", &ClockRules::calendar);
  }
};

}  // namespace jieban
