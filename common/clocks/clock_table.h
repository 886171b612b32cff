// What each move of the life cycle does to the clocks of its order (DOMAIN §4.3): a table.
//
// A topic without a row does nothing to any clock and is not read at all. Starting a clock that
// runs supersedes it. Moves that change a clock in another way (an extension, a pause, new facts)
// are dealt with in sla_watcher.cc. Pure; any thread.
#pragma once

#include <span>
#include <string_view>

#include "common/clocks/clock_kind.h"

namespace jieban {

struct TopicRow {
  std::string_view topic;
  ClockSet stops;    // what was to be done is done: met, or too late
  ClockSet cancels;  // it need not be done any more
  ClockSet starts;
  // Whether its payload names something that clocks or alerts need: a unit, a due time, a result.
  bool told_in_payload = false;
  bool last = false;      // the order has left the street, no clock outlives it
  bool closes = false;    // it leaves as soon as no clock of it runs: its review may be to come
  bool unplaces = false;  // no unit leads it any more
};

std::span<const TopicRow> clock_table();
const TopicRow* find_topic(std::string_view topic);

}  // namespace jieban
