// Urgency: which of two alerts is the worse one, by their labels `severity` and `level`.
//
// The severity decides, then the level of the ladder (DOMAIN §4.4): an emergency is one whatever
// its colour, and worse when it is red. A severity or a level that stands in no list here is below
// all that do; so is a missing one. The order of the severities, of which those of the monitoring
// and those of the clocks are two kinds, is a shipped default that no authority states.
// A group is as urgent as the worst that fires in it. It counts what fires by urgency, since the
// group itself holds a few alerts only.
// Fails: never. Thread rule: plain values, pure functions.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <string>

#include "common/alerting/labels.h"

namespace jieban {

struct Urgency {
  size_t severity = 0;  // its place, rising; 0: none that is known
  size_t level = 0;

  auto operator<=>(const Urgency&) const = default;
};

Urgency urgency_of(const LabelSet& labels);

// How many alerts fire, by "severity/level"; those that are unknown are "".
using UrgencyCounts = std::map<std::string, uint64_t>;

void count_in(UrgencyCounts& counts, const LabelSet& labels);
// Nothing below zero.
void count_out(UrgencyCounts& counts, const LabelSet& labels);
Urgency worst_of(const UrgencyCounts& counts);
// Of the worst; "" when it has none that is known.
std::string worst_severity(const UrgencyCounts& counts);

}  // namespace jieban
