#include "common/alerting/bundle.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

namespace jieban {
namespace {

using Place = std::pair<std::string, std::string>;

bool is_older(const PendingMessage& a, const PendingMessage& b) {
  return std::tie(a.created_at, a.id) < std::tie(b.created_at, b.id);
}

// The place of the oldest unsent single message of each subject and destination.
std::map<Place, size_t> keepers(const std::vector<PendingMessage>& messages) {
  std::map<Place, size_t> found;
  for (size_t at = 0; at < messages.size(); ++at) {
    const PendingMessage& each = messages[at];
    if (each.sent || each.bundle) continue;
    const auto [place, fresh] = found.try_emplace({each.destination, each.subject}, at);
    if (!fresh && is_older(each, messages[place->second])) place->second = at;
  }
  return found;
}

struct Bundling {
  std::vector<size_t> members;  // unsent single messages
  std::optional<size_t> existing;
};

std::map<Place, Bundling> bundlings(const std::vector<PendingMessage>& messages) {
  std::map<Place, Bundling> found;
  for (size_t at = 0; at < messages.size(); ++at) {
    const PendingMessage& each = messages[at];
    if (each.sent) continue;
    Bundling& to = found[{each.destination, each.group}];
    if (!each.bundle) {
      to.members.push_back(at);
    } else if (!to.existing) {
      to.existing = at;
    }
  }
  return found;
}

PendingMessage made_of(const std::vector<PendingMessage>& messages, const Bundling& parts) {
  size_t oldest = parts.members.front();
  for (size_t at : parts.members) {
    if (is_older(messages[at], messages[oldest])) oldest = at;
  }
  PendingMessage made = messages[oldest];
  made.id += '+';
  made.subject.clear();
  made.order.clear();
  made.bundle = true;
  return made;
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

Deduplicated deduplicate(std::vector<PendingMessage> messages) {
  const auto oldest = keepers(messages);
  Deduplicated out;
  for (size_t at = 0; at < messages.size(); ++at) {
    PendingMessage& each = messages[at];
    const auto keeper = oldest.find({each.destination, each.subject});
    if (each.sent || each.bundle || keeper->second == at) continue;
    out.merged[messages[keeper->second].id].push_back(each.id);
    // What is urgent stays so.
    messages[keeper->second].urgent = messages[keeper->second].urgent || each.urgent;
  }
  for (size_t at = 0; at < messages.size(); ++at) {
    PendingMessage& each = messages[at];
    const auto keeper = oldest.find({each.destination, each.subject});
    if (each.sent || each.bundle || keeper->second == at) out.kept.push_back(std::move(each));
  }
  return out;
}

std::vector<PendingMessage> bundle(std::vector<PendingMessage> messages) {
  std::set<size_t> gone;
  std::map<size_t, PendingMessage> instead;
  for (const auto& [place, parts] : bundlings(messages)) {
    if (parts.members.empty() || (!parts.existing && parts.members.size() < 2)) continue;
    PendingMessage to = parts.existing ? messages[*parts.existing] : made_of(messages, parts);
    for (size_t at : parts.members) {
      to.children.push_back(messages[at].id);
      to.urgent = to.urgent || messages[at].urgent;
      gone.insert(at);
    }
    instead.emplace(parts.existing.value_or(parts.members.front()), std::move(to));
  }
  std::vector<PendingMessage> out;
  for (size_t at = 0; at < messages.size(); ++at) {
    const auto bundled = instead.find(at);
    if (bundled != instead.end()) {
      out.push_back(std::move(bundled->second));
    } else if (!gone.contains(at)) {
      out.push_back(std::move(messages[at]));
    }
  }
  return out;
}

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
    if (!each.sent) (each.urgent ? urgent : others).push_back(&each);
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
