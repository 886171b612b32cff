#include "daemons/sla-watcher/clock_rules.h"

#include <algorithm>

namespace jieban {
namespace {

using LimitMember = ClassRules::Limit ClassRules::*;

// In the order of ClockKind.
constexpr std::array<LimitMember, kClockKinds.size()> kLimits = {
    &ClassRules::sign,     &ClassRules::forward, &ClassRules::return_window, &ClassRules::contact,
    &ClassRules::internal, &ClassRules::audit,   &ClassRules::due,           &ClassRules::redo,
    &ClassRules::appeal,   &ClassRules::review};

template <class List, class Item>
bool contains(const List& list, const Item& item) {
  return std::ranges::find(list, item) != list.end();
}

}  // namespace

const ClassRules::Limit& ClassRules::limit(ClockKind kind) const {
  return this->*kLimits.at(size_t(kind));
}

ClassRules::Limit& ClassRules::limit(ClockKind kind) { return this->*kLimits.at(size_t(kind)); }

bool ClassRules::may_pause(PauseReason reason) const { return contains(pauses, reason); }

bool Ladder::is_short(ClockKind clock, const std::string& order_class) const {
  return contains(short_clocks, clock) || contains(short_classes, order_class);
}

std::string Ladder::level_of(uint64_t percent) const {
  if (percent >= kBreachPercent) return "red";
  const auto found = std::ranges::find(rungs, percent, &Rung::percent);
  return found == rungs.end() ? std::string() : found->level;
}

}  // namespace jieban
