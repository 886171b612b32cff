#include "daemons/sla-watcher/clock_rules.h"

namespace jieban {

Timestamp rung_time(Timestamp started_at, Timestamp deadline, uint64_t percent) {
  // 2^63 microseconds are 292,000 years: the product of a span with 100 does not overflow.
  return started_at + (deadline - started_at) * int64_t(percent) / int64_t{100};
}

uint64_t first_rung(const ClockRules& rules, Timestamp started_at, Timestamp deadline,
                    Timestamp now) {
  for (uint64_t percent : rules.warn_percents) {
    if (rung_time(started_at, deadline, percent) > now) return percent;
  }
  return kBreachPercent;
}

std::optional<uint64_t> next_rung(const ClockRules& rules, uint64_t percent) {
  if (percent >= kBreachPercent) return std::nullopt;
  for (uint64_t next : rules.warn_percents) {
    if (next > percent) return next;
  }
  return kBreachPercent;
}

}  // namespace jieban
