// How long each clock of each class may run, and at which fractions it warns (DOMAIN §4.3, §4.4).
//
// Data with a version: the shipped figures are not official. Durations are natural time.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "common/base/clock.h"

namespace jieban {

// Microseconds, as they are stored.
struct ClassLimits {
  int64_t sign = 0;
  int64_t forward = 0;
  int64_t due = 0;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("sign", &ClassLimits::sign);
    visit("forward", &ClassLimits::forward);
    visit("due", &ClassLimits::due);
  }
};

struct ClockRules {
  std::string version;
  std::vector<uint64_t> warn_percents;  // ascending, each in 1..99; the breach is at 100
  std::map<std::string, ClassLimits> classes;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("version", &ClockRules::version);
    visit("warn_percents", &ClockRules::warn_percents);
    visit("classes", &ClockRules::classes);
  }
};

constexpr uint64_t kBreachPercent = 100;

// When `percent` of the clock is used: exact, rounded down to the microsecond.
Timestamp rung_time(Timestamp started_at, Timestamp deadline, uint64_t percent);

// The lowest rung whose time lies after `now`, or the breach when none does: of a clock that is
// already old when it is first seen, warnings of the past are not told.
uint64_t first_rung(const ClockRules& rules, Timestamp started_at, Timestamp deadline,
                    Timestamp now);

// The rung after `percent`; empty after the breach.
std::optional<uint64_t> next_rung(const ClockRules& rules, uint64_t percent);

}  // namespace jieban
