// Whether a due time may be put off (DOMAIN §4.3 rule 6): asked by the router before it says yes,
// and by the watcher before it moves the clock, so that no yes is without effect. Pure; any thread.
#pragma once

#include <optional>
#include <string_view>

#include "common/clocks/class_rules.h"

namespace jieban {

struct ExtensionQuestion {
  Timestamp due;                            // as it stands
  std::optional<Timestamp> paused_since{};  // while it stands still no time is used
  Timestamp wanted;
  uint64_t approved = 0;  // in this round
  Timestamp now;
};

enum class ExtensionFault : uint8_t {
  none,
  expired,  // what is late stays late
  earlier,  // it is not put off at all
  count,
  length,
};
// "extension_expired": the reason in clock.changed. REQUIRES: not none.
std::string_view to_string(ExtensionFault fault);

// In natural time: one more period of the class where the rules say nothing else.
Duration extension_length(const ClassRules& rules);
// The first thing that is in the way.
ExtensionFault judge_extension(const ClassRules& rules, const ExtensionQuestion& question);

}  // namespace jieban
