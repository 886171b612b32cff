// How long each clock of each class may run, by which calendar, and when it warns (DOMAIN §4.3,
// §4.4).
//
// Data with a version: the shipped figures are not official. The calendar's text is a part of the
// rules, so that a replay counts the days as the day itself did. Durations are microseconds, as
// they are stored. Pure values; any thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "common/base/clock.h"
#include "daemons/sla-watcher/calendar_texts.h"
#include "daemons/sla-watcher/clock_kind.h"

namespace jieban {

// One cell of the catalogue.
struct ClockLimit {
  int64_t span = 0;                  // of a workday clock: days of 24 hours, each one date
  std::optional<bool> before_due{};  // ends so long before the due clock, natural time
  std::optional<CalendarKind> calendar{};
  std::optional<Rounding> rounding{};
  std::optional<uint64_t> from_day{};  // runs from that day of a month on: an assessment cycle ends

  CalendarKind kind() const { return calendar.value_or(CalendarKind::natural); }

  template <class Visit>
  static void fields(Visit& visit) {
    visit("span", &ClockLimit::span);
    visit("before_due", &ClockLimit::before_due);
    visit("calendar", &ClockLimit::calendar);
    visit("rounding", &ClockLimit::rounding);
    visit("from_day", &ClockLimit::from_day);
  }
};

// How often, and by how much each time, a due time may be put off.
struct ExtensionLimit {
  uint64_t count = 1;
  std::optional<int64_t> length{};  // empty: one more period of the class

  template <class Visit>
  static void fields(Visit& visit) {
    visit("count", &ExtensionLimit::count);
    visit("length", &ExtensionLimit::length);
  }
};

// A clock without a limit does not run for orders of the class.
struct ClassRules {
  using Limit = std::optional<ClockLimit>;
  Limit sign, forward, return_window, contact, internal, audit, due, redo, appeal, review;
  ExtensionLimit extension;
  std::vector<PauseReason> pauses;  // those that stop a clock; by default none does

  const Limit& limit(ClockKind kind) const;
  Limit& limit(ClockKind kind);
  bool may_pause(PauseReason reason) const;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("sign", &ClassRules::sign);
    visit("forward", &ClassRules::forward);
    visit("return", &ClassRules::return_window);
    visit("contact", &ClassRules::contact);
    visit("internal", &ClassRules::internal);
    visit("audit", &ClassRules::audit);
    visit("due", &ClassRules::due);
    visit("redo", &ClassRules::redo);
    visit("appeal", &ClassRules::appeal);
    visit("review", &ClassRules::review);
    visit("extension", &ClassRules::extension);
    visit("pauses", &ClassRules::pauses);
  }
};

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
  std::map<std::string, ClassRules> classes;
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
