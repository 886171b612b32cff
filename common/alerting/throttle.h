// Throttle: how often one destination (a phone, a robot) may be written to.
//
// A limit allows `count` messages in any span of `per`, counted over the messages themselves: not
// one more in any window, wherever it begins (a bucket that refills would allow twice as many). A
// smooth limit lets as many through at once as the next shorter limit does, and spreads the rest
// over the rest of its span. A hold is a penalty box: nothing before its end, whatever the limits
// say (WeCom 45009: 60 s, DingTalk 130101: 600 s).
// A clock that steps back frees nothing: what was sent stays sent.
// What fails and how: check_limits returns `invalid` or `limit`; take() says false.
// Thread rule: plain values, pure functions.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "common/base/clock.h"
#include "common/base/result.h"
#include "common/domain/fields.h"

namespace jieban {

struct RateLimit {
  uint64_t count = 0;
  uint64_t per_micros = 0;
  bool smooth = false;

  Duration per() const { return Duration(int64_t(per_micros)); }

  template <class Visit>
  static void fields(Visit& visit) {
    visit("count", &RateLimit::count);
    visit("per_micros", &RateLimit::per_micros);
    visit("smooth", &RateLimit::smooth);
  }
  bool operator==(const RateLimit&) const = default;
};

// The limits of a kind of destination, and how long an answer of its vendor holds it.
struct ThrottleRules {
  std::vector<RateLimit> limits;
  std::map<std::string, uint64_t> hold_micros;  // by the vendor's code

  template <class Visit>
  static void fields(Visit& visit) {
    visit("limits", &ThrottleRules::limits);
    visit("hold_micros", &ThrottleRules::hold_micros);
  }
  bool operator==(const ThrottleRules&) const = default;
};

// Of one destination.
struct ThrottleRow {
  std::vector<Timestamp> sent;  // rising; as far back as the longest limit looks
  std::optional<Timestamp> held_until;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("sent", &ThrottleRow::sent);
    visit("held_until", &ThrottleRow::held_until);
  }
  bool operator==(const ThrottleRow&) const = default;
};

constexpr size_t kLimitsMax = 8;
constexpr uint64_t kRateCountMax = 1000;  // a row of so many instants is 9 KB
constexpr Duration kRatePerMax = std::chrono::hours(24 * 7);

Result<void> check_limits(const std::vector<RateLimit>& limits);

// When the next message may go; `now` when it may at once.
Timestamp earliest(const ThrottleRow& row, const std::vector<RateLimit>& limits, Timestamp now);
// Counts a message as sent. False, and nothing counted, before its time.
bool take(ThrottleRow& row, const std::vector<RateLimit>& limits, Timestamp now);
// Lengthens a hold, never shortens one.
void hold(ThrottleRow& row, Timestamp until);
// How long an answer with this code holds its destination; none when the rules do not know it.
std::optional<Duration> hold_after(const ThrottleRules& rules, const std::string& code);

// How many were sent after now - span.
uint64_t sent_within(const ThrottleRow& row, Duration span, Timestamp now);

}  // namespace jieban
