// Event: an immutable fact in a stream, told in the past tense.
//
// A stream is one daemon's totally ordered log; its name is "<street code>.<daemon>", so that a
// district can gather many streets. An event's identity is its stream and sequence.
#pragma once

#include <cstdint>
#include <string>

#include "common/base/clock.h"

namespace jieban {

// The event that led to this one; sequence 0 when it came from outside.
struct Cause {
  std::string stream;
  uint64_t sequence = 0;

  bool operator==(const Cause&) const = default;
};

struct Event {
  std::string stream;
  uint64_t sequence = 0;
  std::string topic;  // dotted, past tense: "order.signed"; see topics.h
  Timestamp occurred_at;
  uint64_t order_id = 0;  // 0: not about one order
  Cause cause;
  std::string actor;    // who: an account name, or "system"; never a citizen
  std::string payload;  // a MessagePack map; its shape is the topic's struct in events.h

  bool operator==(const Event&) const = default;
};

inline std::string stream_name(const std::string& street_code, const std::string& daemon) {
  return street_code + "." + daemon;
}

}  // namespace jieban
