#include "common/clocks/class_rules.h"

#include <algorithm>
#include <array>

namespace jieban {
namespace {

using LimitMember = ClassRules::Limit ClassRules::*;

// In the order of ClockKind.
constexpr std::array<LimitMember, kClockKinds.size()> kLimits = {
    &ClassRules::sign,     &ClassRules::forward, &ClassRules::return_window, &ClassRules::contact,
    &ClassRules::internal, &ClassRules::audit,   &ClassRules::due,           &ClassRules::redo,
    &ClassRules::appeal,   &ClassRules::review};

}  // namespace

const ClassRules::Limit& ClassRules::limit(ClockKind kind) const {
  return this->*kLimits.at(size_t(kind));
}

ClassRules::Limit& ClassRules::limit(ClockKind kind) { return this->*kLimits.at(size_t(kind)); }

bool ClassRules::may_pause(PauseReason reason) const {
  return std::ranges::find(pauses, reason) != pauses.end();
}

}  // namespace jieban
