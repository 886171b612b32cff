#include "common/alerting/throttle.h"

#include <algorithm>

#include "common/base/crc32c.h"
#include "common/base/random.h"

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

// All that counts, rising: what is under way may arrive now or later.
std::vector<Timestamp> counted_at(const ThrottleRow& row, Timestamp now) {
  std::vector<Timestamp> counted = row.sent;
  const Timestamp latest = counted.empty() ? now : std::max(now, counted.back());
  counted.insert(counted.end(), row.under_way.value_or(0), latest);
  return counted;
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

Result<void> check_holds(const ThrottleRules& rules) {
  const auto good = [](uint64_t micros) {
    return micros > 0 && micros <= uint64_t(kRatePerMax.count());
  };
  for (const auto& [code, micros] : rules.hold_micros) {
    if (!good(micros)) return invalid("a hold is above zero and at most 7 days");
  }
  if (!rules.hold_max_micros) return {};
  for (const auto& [code, most] : *rules.hold_max_micros) {
    const auto least = rules.hold_micros.find(code);
    if (least == rules.hold_micros.end() || least->second > most || !good(most)) {
      return invalid("a hold is from the shorter to the longer, above zero and at most 7 days");
    }
  }
  return {};
}

// Every turn moves on to a later instant at which fewer messages count, so it ends.
Timestamp earliest(const ThrottleRow& row, const std::vector<RateLimit>& limits, Timestamp now) {
  Timestamp at = std::max(now, row.held_until.value_or(now));
  const std::vector<Timestamp> counted = counted_at(row, now);
  for (bool moved = true; moved;) {
    moved = false;
    for (const RateLimit& limit : limits) {
      const Timestamp allowed = allowed_by(limit, limits, counted, at);
      if (allowed <= at) continue;
      at = allowed;
      moved = true;
    }
  }
  return at;
}

bool begin_message(ThrottleRow& row, const std::vector<RateLimit>& limits, Timestamp now) {
  if (earliest(row, limits, now) > now) return false;
  const Timestamp gone = now - longest(limits);
  std::erase_if(row.sent, [&](Timestamp at) { return at <= gone; });
  row.under_way = row.under_way.value_or(0) + 1;
  if (row.held_until && *row.held_until <= now) row.held_until.reset();
  return true;
}

void end_message(ThrottleRow& row, Timestamp at) {
  if (row.under_way.value_or(0) == 0) return;
  drop_message(row);
  row.sent.push_back(row.sent.empty() ? at : std::max(at, row.sent.back()));
}

void drop_message(ThrottleRow& row) {
  const uint64_t under_way = row.under_way.value_or(0);
  row.under_way.reset();
  if (under_way > 1) row.under_way = under_way - 1;
}

bool take(ThrottleRow& row, const std::vector<RateLimit>& limits, Timestamp now) {
  if (!begin_message(row, limits, now)) return false;
  end_message(row, now);
  return true;
}

void hold(ThrottleRow& row, Timestamp until) {
  row.held_until = std::max(until, row.held_until.value_or(until));
}

std::optional<Duration> hold_after(const ThrottleRules& rules, const std::string& code,
                                   std::string_view seed) {
  const auto found = rules.hold_micros.find(code);
  if (found == rules.hold_micros.end()) return std::nullopt;
  const uint64_t least = found->second;
  if (!rules.hold_max_micros || !rules.hold_max_micros->contains(code)) {
    return Duration(int64_t(least));
  }
  const uint64_t most = rules.hold_max_micros->at(code);
  SeededRandom jitter(crc32c(seed));
  return Duration(int64_t(least + jitter.below(most - least + 1)));
}

uint64_t sent_within(const ThrottleRow& row, Duration span, Timestamp now) {
  const auto first = std::upper_bound(row.sent.begin(), row.sent.end(), now - span);
  return uint64_t(row.sent.end() - first) + row.under_way.value_or(0);
}

}  // namespace jieban
