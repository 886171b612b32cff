// Throttle: how often one destination (a phone, a robot) may be written to.
//
// A limit allows `count` messages in any span of `per`, counted over the messages themselves: not
// one more in any window, wherever it begins (a bucket that refills would allow twice as many). A
// smooth limit lets as many through at once as the next shorter limit does, and spreads the rest
// over the rest of its span. A hold is a penalty box: nothing before its end, whatever the limits
// say (WeCom 45009: 60 s, DingTalk 130101: 600 s).
// The windows are the vendor's, who counts a message when it arrives. That is no earlier than it
// was begun and no later than it was over, so a message that is under way counts as one of this
// instant, whichever that is, and afterwards as one of its end: however slow an answer, no window
// of theirs holds more. A clock that steps back frees nothing: what was sent stays sent. What fails
// and how: check_limits returns `invalid` or `limit`, check_holds `invalid`; begin_message() and
// take() say false. Thread rule: plain values, pure functions.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
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
  // Where a hold is of any length between two, so that robots do not come back together: the
  // longer.
  std::optional<std::map<std::string, uint64_t>> hold_max_micros{};

  template <class Visit>
  static void fields(Visit& visit) {
    visit("limits", &ThrottleRules::limits);
    visit("hold_micros", &ThrottleRules::hold_micros);
    visit("hold_max_micros", &ThrottleRules::hold_max_micros);
  }
  bool operator==(const ThrottleRules&) const = default;
};

// Of one destination.
struct ThrottleRow {
  std::vector<Timestamp> sent;  // rising; as far back as the longest limit looks
  std::optional<Timestamp> held_until;
  std::optional<uint64_t> under_way{};  // messages that are begun and not over

  template <class Visit>
  static void fields(Visit& visit) {
    visit("sent", &ThrottleRow::sent);
    visit("held_until", &ThrottleRow::held_until);
    visit("under_way", &ThrottleRow::under_way);
  }
  bool operator==(const ThrottleRow&) const = default;
};

constexpr size_t kLimitsMax = 8;
constexpr uint64_t kRateCountMax = 1000;  // a row of so many instants is 9 KB
constexpr Duration kRatePerMax = std::chrono::hours(24 * 7);

Result<void> check_limits(const std::vector<RateLimit>& limits);
// Each hold is above zero, at most kRatePerMax, and ends no earlier than it may.
Result<void> check_holds(const ThrottleRules& rules);

// When the next message may go; `now` when it may at once.
Timestamp earliest(const ThrottleRow& row, const std::vector<RateLimit>& limits, Timestamp now);
// A message is under way. False, and nothing counted, before its time.
bool begin_message(ThrottleRow& row, const std::vector<RateLimit>& limits, Timestamp now);
// It is over: it arrived by then, or not at all. Nothing when none is under way.
void end_message(ThrottleRow& row, Timestamp at);
// It never left: it counts no more.
void drop_message(ThrottleRow& row);
// Begun and over at once.
bool take(ThrottleRow& row, const std::vector<RateLimit>& limits, Timestamp now);
// Lengthens a hold, never shortens one.
void hold(ThrottleRow& row, Timestamp until);
// How long an answer with this code holds its destination; none when the rules do not know it. Of a
// hold between two lengths `seed` says which: the same for the same.
std::optional<Duration> hold_after(const ThrottleRules& rules, const std::string& code,
                                   std::string_view seed = {});

// How many were sent after now - span, or are under way.
uint64_t sent_within(const ThrottleRow& row, Duration span, Timestamp now);

}  // namespace jieban
