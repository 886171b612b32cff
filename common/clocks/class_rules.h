// The rules of one class of orders: how long each clock may run, by which calendar, how far its due
// time may be put off, and for what a clock may stand still (DOMAIN §4.3).
//
// Read from clocks.yaml (limit_file.h), and nowhere else: the watcher runs the clocks by them, the
// router refuses what the watcher would not do. Durations are microseconds, as they are stored.
// Plain values; any thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "common/base/clock.h"
#include "common/clocks/clock_kind.h"

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

// By class.
using ClassTable = std::map<std::string, ClassRules>;

}  // namespace jieban
