// Checkers: what must hold of the history of any run, one function for each promise.
//
// They know the streams and the outside world, not how the daemons work. Each returns what is
// wrong, in words; nothing when all is well. Thread rule: pure functions.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tests/simulation/history.h"

namespace jieban {

using Findings = std::vector<std::string>;

struct Checker {
  std::string_view promise;
  Findings (*check)(const History& history);
};

std::span<const Checker> checkers();

// All of them: "promise: finding" for each finding.
Findings check_all(const History& history);

// The single ones, each in the file that is named after its matter.
Findings check_sequences(const History& history);
Findings check_cursors(const History& history);
Findings check_archive(const History& history);
Findings check_acknowledged_rows(const History& history);
Findings check_commands(const History& history);
Findings check_life_cycles(const History& history);
Findings check_alerts(const History& history);
Findings check_notices(const History& history);
Findings check_ladders(const History& history);
Findings check_quarantine(const History& history);

}  // namespace jieban
