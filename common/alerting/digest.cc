#include "common/alerting/digest.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

namespace jieban {
namespace {

bool is_older(const PendingMessage& a, const PendingMessage& b) {
  return std::tie(a.created_at, a.id) < std::tie(b.created_at, b.id);
}

const PendingMessage* oldest_of(const std::vector<const PendingMessage*>& messages) {
  const auto least = std::ranges::min_element(
      messages, [](const PendingMessage* a, const PendingMessage* b) { return is_older(*a, *b); });
  return least == messages.end() ? nullptr : *least;
}

uint64_t orders_among(const std::vector<const PendingMessage*>& messages) {
  std::set<std::string_view> orders;
  for (const PendingMessage* each : messages) {
    if (!each->order.empty()) orders.insert(each->order);
  }
  return orders.size();
}

Outbound single(const PendingMessage& message, Timestamp at) {
  return {{message.id}, false, message.order.empty() ? 0U : 1U, at};
}

Outbound digest_of(std::vector<const PendingMessage*> messages, Timestamp at) {
  std::ranges::sort(messages, [](auto* a, auto* b) { return is_older(*a, *b); });
  if (messages.size() > kDigestMessagesMax) messages.resize(kDigestMessagesMax);
  Outbound out;
  for (const PendingMessage* each : messages) out.ids.push_back(each->id);
  out.digest = messages.size() > 1;
  out.orders = orders_among(messages);
  out.at = at;
  return out;
}

}  // namespace

Result<void> check_digest(const DigestRule& rule, const std::vector<RateLimit>& limits) {
  if (rule.count == 0 || rule.window_micros == 0) {
    return invalid("a digest has a count and a window above zero");
  }
  const bool seen = std::ranges::any_of(
      limits, [&](const RateLimit& limit) { return limit.per_micros >= rule.window_micros; });
  if (!seen) return invalid("the window of a digest is longer than every limit");
  if (rule.collect_micros <= rule.window_micros) return {};
  return invalid("a digest collects no longer than its window");
}

Outbound next_outbound(const std::vector<PendingMessage>& pending, const ThrottleRow& throttle,
                       const std::vector<RateLimit>& limits, const std::optional<DigestRule>& rule,
                       Timestamp now) {
  std::vector<const PendingMessage*> urgent;
  std::vector<const PendingMessage*> others;
  for (const PendingMessage& each : pending) {
    (each.urgent ? urgent : others).push_back(&each);
  }
  if (urgent.empty() && others.empty()) return {};
  const Timestamp at = earliest(throttle, limits, now);
  if (!urgent.empty()) return single(*oldest_of(urgent), at);
  const PendingMessage& oldest = *oldest_of(others);
  if (!rule) return single(oldest, at);
  const uint64_t recent = sent_within(throttle, Duration(int64_t(rule->window_micros)), now);
  if (recent + others.size() <= rule->count) return single(oldest, at);
  // Collected from the oldest that waits, so that a stream of messages puts no digest off.
  const Timestamp collected = oldest.created_at + Duration(int64_t(rule->collect_micros));
  return digest_of(std::move(others), std::max(at, collected));
}

}  // namespace jieban
