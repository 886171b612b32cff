// Digest: what waits for one destination, and what of it is said as one list.
//
// Where more than `count` messages would go to one destination within `window`, the rest waits
// `collect` for company and goes as one list (one that waited alone is no list), which counts
// orders, not messages (DOMAIN §15.9). What is urgent waits for nobody and goes by itself.
// Promises: no message is lost: each is told, singly or in a list, and in one only.
// What fails and how: nothing. Thread rule: plain values, pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/alerting/throttle.h"
#include "common/base/clock.h"
#include "common/domain/fields.h"

namespace jieban {

// One that has not gone out.
struct PendingMessage {
  std::string id;
  std::string order;  // "" when it is about none
  Timestamp created_at;
  bool urgent = false;
};

struct DigestRule {
  uint64_t count = 0;  // messages within the window that go singly
  uint64_t window_micros = 0;
  uint64_t collect_micros = 0;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("count", &DigestRule::count);
    visit("window_micros", &DigestRule::window_micros);
    visit("collect_micros", &DigestRule::collect_micros);
  }
  bool operator==(const DigestRule&) const = default;
};

// What is to be sent next to a destination, and when.
struct Outbound {
  std::vector<std::string> ids;  // one, or those of a digest, the oldest first
  bool digest = false;
  uint64_t orders = 0;  // different ones
  Timestamp at = kTimestampMax;
};

constexpr size_t kDigestMessagesMax = 500;

// The rule's window is seen whole: it is not longer than the longest limit (see begin_message()).
Result<void> check_digest(const DigestRule& rule, const std::vector<RateLimit>& limits);

// Of the messages of one destination; empty with kTimestampMax when there are none. Whoever
// sends it calls begin_message() with its time, takes its ids off the list, and asks again.
Outbound next_outbound(const std::vector<PendingMessage>& pending, const ThrottleRow& throttle,
                       const std::vector<RateLimit>& limits, const std::optional<DigestRule>& rule,
                       Timestamp now);

}  // namespace jieban
