#include "common/alerting/throttle.h"

#include <algorithm>

namespace jieban {
namespace {

// What a smooth limit lets through at once: as much as the next shorter limit does in its span.
RateLimit burst_of(const RateLimit& limit, const std::vector<RateLimit>& limits) {
  RateLimit burst;
  for (const RateLimit& each : limits) {
    if (each.per_micros < limit.per_micros && each.per_micros > burst.per_micros) burst = each;
  }
  return burst;
}

// The burst at its own time; the n-th message after it n equal parts of what is left later.
Timestamp spread(const RateLimit& limit, const RateLimit& burst, Timestamp first,
                 uint64_t counted) {
  const auto left = uint64_t((limit.per() - burst.per()).count());
  const uint64_t parts = limit.count - burst.count;
  const uint64_t share = left * (counted - burst.count) / parts;
  return first + burst.per() + Duration(int64_t(share));
}

// When `limit` allows the next message, if no other does before `at`.
Timestamp allowed_by(const RateLimit& limit, const std::vector<RateLimit>& limits,
                     const std::vector<Timestamp>& sent, Timestamp at) {
  const auto first = std::upper_bound(sent.begin(), sent.end(), at - limit.per());
  const auto counted = uint64_t(sent.end() - first);
  // More than the count only after it was lowered: those in excess have to leave the window first.
  if (counted >= limit.count) return *(sent.end() - int64_t(limit.count)) + limit.per();
  if (!limit.smooth) return at;
  const RateLimit burst = burst_of(limit, limits);
  if (counted < burst.count || counted == 0) return at;
  return spread(limit, burst, *first, counted);
}

Duration longest(const std::vector<RateLimit>& limits) {
  Duration span{};
  for (const RateLimit& limit : limits) span = std::max(span, limit.per());
  return span;
}

}  // namespace

Result<void> check_limits(const std::vector<RateLimit>& limits) {
  if (limits.size() > kLimitsMax) {
    return Error{ErrorCode::limit, "more than " + std::to_string(kLimitsMax) + " limits"};
  }
  for (const RateLimit& limit : limits) {
    if (limit.count < 1 || limit.count > kRateCountMax) {
      return invalid("the count of a limit is from 1 to " + std::to_string(kRateCountMax));
    }
    if (limit.per_micros < 1 || limit.per_micros > uint64_t(kRatePerMax.count())) {
      return invalid("the span of a limit is above zero and at most 7 days");
    }
  }
  return {};
}

// Every turn moves on to a later instant at which fewer messages count, so it ends.
Timestamp earliest(const ThrottleRow& row, const std::vector<RateLimit>& limits, Timestamp now) {
  Timestamp at = std::max(now, row.held_until.value_or(now));
  for (bool moved = true; moved;) {
    moved = false;
    for (const RateLimit& limit : limits) {
      const Timestamp allowed = allowed_by(limit, limits, row.sent, at);
      if (allowed <= at) continue;
      at = allowed;
      moved = true;
    }
  }
  return at;
}

bool take(ThrottleRow& row, const std::vector<RateLimit>& limits, Timestamp now) {
  if (earliest(row, limits, now) > now) return false;
  const Timestamp gone = now - longest(limits);
  std::erase_if(row.sent, [&](Timestamp at) { return at <= gone; });
  row.sent.push_back(row.sent.empty() ? now : std::max(now, row.sent.back()));
  if (row.held_until && *row.held_until <= now) row.held_until.reset();
  return true;
}

void hold(ThrottleRow& row, Timestamp until) {
  row.held_until = std::max(until, row.held_until.value_or(until));
}

std::optional<Duration> hold_after(const ThrottleRules& rules, const std::string& code) {
  const auto found = rules.hold_micros.find(code);
  if (found == rules.hold_micros.end()) return std::nullopt;
  return Duration(int64_t(found->second));
}

uint64_t sent_within(const ThrottleRow& row, Duration span, Timestamp now) {
  return uint64_t(row.sent.end() - std::upper_bound(row.sent.begin(), row.sent.end(), now - span));
}

}  // namespace jieban
