// Step gaps: steps of ladders that found nobody on duty, as alerts (PRODUCTS row 29): who is to be
// called at night is missing, and the ladder has gone past the place.
//
// Of each policy and each rota or role that it named in vain there is one alert, `step.gap`, until
// somebody is on duty for it, or no ladder of that policy names it any more; looked at each
// kStepGapPause, and at once when the rota or the ladders are others. So a gap that lasts is told
// once, however many orders pass it. That an order has no unit yet is no gap of duty, nor is a
// means that no channel has; and the ladder on which a gap is told raises none itself: it would
// tell of itself for ever. What is skipped is noted in the turn of its group (CalloutTables::
// skipped) and raised by the next tick, which is due at once: no group is changed within another's
// turn.
// Fails: as the store does. Thread rule: the loop's thread.
#pragma once

#include "daemons/notifier/callout/callouts.h"

namespace jieban {

constexpr Duration kStepGapPause = std::chrono::minutes(15);

// To be called when the rota, a change of it or the ladders are others.
Result<void> review_step_gaps(const Callouts& callouts, Step& step);
Result<void> tell_step_gaps(Callouts& callouts, CallSink& sink, Step& step);
Result<Timestamp> step_gaps_due(const Callouts& callouts, const Transaction& store);

}  // namespace jieban
