// What a vendor's code says of the time after it: the holds of escalation.yaml, put into the end of
// an attempt.
//
// The channel tells the code; for how long it closes the channel is data (`hold` of the
// destination), and stands nowhere else. A code that the rules name is a hold although the channel
// knows it as a mere failure: a vendor may think of new ones.
// Promises: a `held` end has a hold; what was accepted, or may be out, is left alone.
// Fails: nothing. Thread rule: a pure function.
#pragma once

#include "common/alerting/throttle.h"
#include "daemons/notifier/delivery.h"

namespace jieban {

// Of a code that is known to mean "too often" while the rules in force do not say for how long: the
// shorter of the two spans that DOMAIN §15 gives, since a gateway that is asked too soon says so.
constexpr Duration kHoldUnstated = std::chrono::minutes(1);

// `rules` are those of the channel's kind; null when there are none.
void apply_hold(DeliveryEnd& end, const ThrottleRules* rules);

}  // namespace jieban
