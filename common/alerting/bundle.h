// Bundling: what is said once, what is said together, and what becomes a digest.
//
// Deduplication: of the unsent messages about one subject to one destination the oldest stays and
// takes the newer ones in; one that was sent takes nothing in. Bundle: two or more unsent messages
// of one group to one destination become one, as old as the oldest; a bundle that is still unsent
// takes them in and keeps its time. Digest: where more than `count` messages would go to one
// destination within `window`, the rest waits `collect` for company and goes as one list (one
// that waited alone is no list), which counts orders, not messages (DOMAIN §15.9). What is urgent
// waits for nobody and goes by itself.
// Promises: no message is lost: each is kept, merged, or in a bundle or digest, and in one only.
// What fails and how: nothing. Thread rule: plain values, pure functions.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "common/alerting/throttle.h"
#include "common/base/clock.h"
#include "common/domain/fields.h"

namespace jieban {

struct PendingMessage {
  std::string id;
  std::string destination;  // "<channel>:<address>"
  std::string subject;      // the alert that it tells of
  std::string group;        // what may be said together
  std::string order;        // "" when it is about none
  Timestamp created_at;
  bool sent = false;
  bool urgent = false;
  bool bundle = false;
  std::vector<std::string> children;  // of a bundle

  template <class Visit>
  static void fields(Visit& visit) {
    visit("id", &PendingMessage::id);
    visit("destination", &PendingMessage::destination);
    visit("subject", &PendingMessage::subject);
    visit("group", &PendingMessage::group);
    visit("order", &PendingMessage::order);
    visit("created_at", &PendingMessage::created_at);
    visit("sent", &PendingMessage::sent);
    visit("urgent", &PendingMessage::urgent);
    visit("bundle", &PendingMessage::bundle);
    visit("children", &PendingMessage::children);
  }
  bool operator==(const PendingMessage&) const = default;
};

struct Deduplicated {
  std::vector<PendingMessage> kept;                        // in the order of the input
  std::map<std::string, std::vector<std::string>> merged;  // by the id that took them in
};

Deduplicated deduplicate(std::vector<PendingMessage> messages);

// Bundles stand where their first message stood; `<id of the oldest>+` is the id of a new one.
std::vector<PendingMessage> bundle(std::vector<PendingMessage> messages);

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

// Of the unsent messages of one destination; empty with kTimestampMax when there are none. Whoever
// sends it calls begin_message() with its time, takes its ids off the list, and asks again.
Outbound next_outbound(const std::vector<PendingMessage>& pending, const ThrottleRow& throttle,
                       const std::vector<RateLimit>& limits, const std::optional<DigestRule>& rule,
                       Timestamp now);

}  // namespace jieban
