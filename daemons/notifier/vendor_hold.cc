#include "daemons/notifier/vendor_hold.h"

#include <algorithm>

namespace jieban {

void apply_hold(DeliveryEnd& end, const ThrottleRules* rules) {
  const bool may_hold =
      end.outcome == DeliveryOutcome::failed || end.outcome == DeliveryOutcome::held;
  if (!may_hold) return;
  std::optional<Duration> hold;
  if (rules != nullptr && end.code) {
    hold = hold_after(*rules, *end.code, end.notice_id + "#" + std::to_string(end.attempt));
  }
  if (hold) end.outcome = DeliveryOutcome::held;
  if (end.outcome == DeliveryOutcome::held && !end.hold_micros) hold = hold.value_or(kHoldUnstated);
  if (hold) end.hold_micros = std::max(uint64_t(hold->count()), end.hold_micros.value_or(0));
}

}  // namespace jieban
