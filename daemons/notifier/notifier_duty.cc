// Changes of the rota by command, and what follows from them at once.
#include "common/domain/topics.h"
#include "daemons/notifier/callout/step_gaps.h"
#include "daemons/notifier/notifier.h"

namespace jieban {

Result<void> Notifier::watch_anew(Step& step) {
  RETURN_IF_ERROR(own_alerts_.rules_changed(step));
  RETURN_IF_ERROR(review_step_gaps(callouts_, step));
  return handover_watch_.rules_changed(callouts_, step);
}

// Whoever is missing now is looked for with the next tick, which is due at once.
Result<void> Notifier::request_duty(const Event& event, Step& step) {
  auto wanted = decode_payload<DutyRequest>(event.payload);
  if (!wanted.ok()) return wanted.error();
  auto changed = callouts_.rota().request(*wanted, step);
  if (!changed.ok()) return changed.error();
  return *changed ? watch_anew(step) : Result<void>();
}

Result<void> Notifier::decide_duty(const Event& event, Step& step) {
  auto wanted = decode_payload<DutyDecision>(event.payload);
  if (!wanted.ok()) return wanted.error();
  auto changed = callouts_.rota().decide(*wanted, step);
  if (!changed.ok()) return changed.error();
  return *changed ? watch_anew(step) : Result<void>();
}

}  // namespace jieban
