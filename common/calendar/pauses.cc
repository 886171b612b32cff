#include "common/calendar/pauses.h"

#include <algorithm>

#include "common/base/check.h"

namespace jieban {
namespace {

Result<void> check_order(const Pauses& pauses) {
  for (size_t i = 0; i < pauses.size(); ++i) {
    const bool begins_late = i == 0 || pauses[i].from >= pauses[i - 1].to;
    if (pauses[i].to < pauses[i].from || !begins_late) return invalid("pauses out of order");
  }
  return {};
}

}  // namespace

Result<Duration> used_between(const Calendar& calendar, Timestamp from, Timestamp to,
                              const Pauses& pauses) {
  RETURN_IF_ERROR(check_order(pauses));
  auto used = calendar.between(from, to);
  for (const Pause& pause : pauses) {
    if (!used.ok() || pause.from >= to) break;
    if (pause.to <= from) continue;
    auto idle = calendar.between(std::max(from, pause.from), std::min(to, pause.to));
    if (!idle.ok()) return idle.error();
    *used -= *idle;
  }
  return used;
}

Result<Timestamp> due_after(const Calendar& calendar, Timestamp start, Duration budget,
                            const Pauses& pauses) {
  CHECK(budget >= Duration::zero());
  RETURN_IF_ERROR(check_order(pauses));
  for (const Pause& pause : pauses) {
    if (pause.to <= start) continue;
    auto running = calendar.between(start, pause.from);
    if (!running.ok()) return running.error();
    if (budget <= *running) break;
    if (pause.to == kTimestampMax) return Error{ErrorCode::refused, "paused without an end"};
    budget -= *running;
    start = pause.to;
  }
  return calendar.add(start, budget);
}

}  // namespace jieban
