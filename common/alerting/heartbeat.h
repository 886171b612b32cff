// Heartbeat: something that should come often (orders from the city, a daemon's beat) and has not.
//
// Silent once `timeout` has passed since the last beat, told once; a beat ends it. A muted one is
// never silent. The timeout is a parameter of each question, so that it may change with the hour
// (feed_limit.h).
// What fails and how: nothing. Thread rule: plain values, pure functions.
#pragma once

#include <cstdint>

#include "common/base/clock.h"
#include "common/domain/fields.h"

namespace jieban {

struct HeartbeatRow {
  Timestamp last_at;
  bool silent = false;  // and told so
  bool muted = false;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("last_at", &HeartbeatRow::last_at);
    visit("silent", &HeartbeatRow::silent);
    visit("muted", &HeartbeatRow::muted);
  }
  bool operator==(const HeartbeatRow&) const = default;
};

enum class HeartbeatChange : uint8_t { none, fell_silent, came_back };

// Beats that come late and tell of an earlier time do not turn the row back.
HeartbeatChange beat(HeartbeatRow& row, Timestamp at);
HeartbeatChange check_heartbeat(HeartbeatRow& row, Duration timeout, Timestamp now);
// kTimestampMax when it is silent already, or muted.
Timestamp silent_at(const HeartbeatRow& row, Duration timeout);

}  // namespace jieban
