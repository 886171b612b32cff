#include "daemons/sla-watcher/clock_rules.h"

#include <algorithm>

namespace jieban {
namespace {

template <class List, class Item>
bool contains(const List& list, const Item& item) {
  return std::ranges::find(list, item) != list.end();
}

}  // namespace

bool Ladder::is_short(ClockKind clock, const std::string& order_class) const {
  return contains(short_clocks, clock) || contains(short_classes, order_class);
}

std::string Ladder::level_of(uint64_t percent) const {
  if (percent >= kBreachPercent) return "red";
  const auto found = std::ranges::find(rungs, percent, &Rung::percent);
  return found == rungs.end() ? std::string() : found->level;
}

}  // namespace jieban
