// Outage: since when the notifier has not answered, and when somebody was told of it.
//
// Kept between two looks in a file, as JSON. Whoever looks says whether it was told: what reached
// nobody is tried again with the next look.
// Fails: never; a file that can't be read is as none. Thread rule: plain values, pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "common/base/clock.h"

namespace jieban {

struct Outage {
  std::optional<Timestamp> since{};    // empty: it answered
  std::optional<Timestamp> told_at{};  // the last time

  bool operator==(const Outage&) const = default;
};

struct OutageRules {
  Duration after{};   // so long without an answer before anybody is told
  Duration repeat{};  // between two tellings of one outage
};

enum class OutageWord { nothing, down, over };

// What is to be told now. `over` only where it was told as down.
OutageWord look(Outage& outage, bool answers, Timestamp now, const OutageRules& rules);

std::string print_outage(const Outage& outage);
Outage parse_outage(std::string_view text);

}  // namespace jieban
