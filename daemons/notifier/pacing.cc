#include "daemons/notifier/pacing.h"

#include <algorithm>
#include <array>

namespace jieban {
namespace {

// The kinds of destination whose limits a means of reaching a person keeps.
struct MeansLimits {
  std::string_view method;
  std::array<std::string_view, 3> kinds;
};
constexpr std::array<MeansLimits, 3> kMeans = {{
    {"sms", {"person_all", "person_phone", "alert_sms"}},
    {"voice", {"person_all", "person_phone", "alert_voice"}},
    {"", {"person_all", "", ""}},  // all others
}};

const MeansLimits& means_of(const std::string& method) {
  for (const MeansLimits& row : kMeans) {
    if (row.method == method) return row;
  }
  return kMeans.back();
}

struct Limits {
  std::vector<RateLimit> limits;
  std::optional<DigestRule> digest;

  void add(const AlertingRules& rules, std::string_view kind) {
    auto found = rules.destinations.find(std::string(kind));
    if (found == rules.destinations.end()) return;
    const auto& more = found->second.throttle.limits;
    limits.insert(limits.end(), more.begin(), more.end());
    if (found->second.digest) digest = found->second.digest;
  }
};

Limits limits_of(const NoticeRow& row, const AlertingRules& rules) {
  Limits limits;
  for (std::string_view kind : means_of(row.method.value_or("")).kinds) limits.add(rules, kind);
  return limits;
}

PendingMessage message_of(const NoticeRow& row) {
  PendingMessage message;
  message.id = row.notice_id;
  message.destination = destination_of(row);
  message.subject = row.alert.value_or(row.notice_id);
  message.order = row.order_no;
  message.created_at = row.created_at;
  message.urgent = row.urgent.value_or(false);
  return message;
}

}  // namespace

Result<PaceVerdict> Pacing::ask(const NoticeRow& row, const ChannelRule& channel,
                                const AlertingRules& rules, const NoticeTables& notices,
                                Transaction& store, Timestamp now) const {
  Limits of_channel;
  of_channel.add(rules, to_string(channel.kind));
  const Limits of_person = row.person ? limits_of(row, rules) : Limits();
  const std::string channel_key = make_key(channel.name);
  const std::string person_key = make_key(destination_of(row));
  auto channel_row = throttles_.get(store, channel_key);
  if (!channel_row.ok()) return channel_row.error();
  ThrottleRow at_channel = channel_row->value_or(ThrottleRow());
  const bool held = at_channel.held_until && *at_channel.held_until > now;
  if (of_channel.limits.empty() && of_person.limits.empty() && !held) return PaceVerdict();

  auto person_row = throttles_.get(store, person_key);
  if (!person_row.ok()) return person_row.error();
  ThrottleRow at_person = row.person ? person_row->value_or(ThrottleRow()) : ThrottleRow();
  // A digest is made of what waits for one destination: the person, or the channel's readers.
  const Limits& limits = row.person ? of_person : of_channel;
  auto waiting = notices.pending(store, destination_of(row), kDigestMessagesMax);
  if (!waiting.ok()) return waiting.error();
  std::vector<PendingMessage> messages;
  for (const NoticeRow& each : *waiting) messages.push_back(message_of(each));
  const Outbound next = next_outbound(messages, row.person ? at_person : at_channel, limits.limits,
                                      limits.digest, now);
  const Timestamp open_at = earliest(at_channel, of_channel.limits, now);
  PaceVerdict verdict;
  if (next.at > now || open_at > now) {
    verdict.go = false;
    verdict.at = std::max(next.at, open_at);
    return verdict;
  }
  if (next.digest) {
    verdict.go = false;
    verdict.at = now;
    verdict.digest = next.ids;
    verdict.orders = next.orders;
    return verdict;
  }
  if (!of_channel.limits.empty()) {
    take(at_channel, of_channel.limits, now);
    RETURN_IF_ERROR(throttles_.put(store, channel_key, at_channel));
  }
  if (!of_person.limits.empty()) {
    take(at_person, of_person.limits, now);
    RETURN_IF_ERROR(throttles_.put(store, person_key, at_person));
  }
  return verdict;
}

Result<void> Pacing::hold(Transaction& store, const std::string& channel, Timestamp until) const {
  const std::string key = make_key(channel);
  auto stored = throttles_.get(store, key);
  if (!stored.ok()) return stored.error();
  ThrottleRow row = stored->value_or(ThrottleRow());
  jieban::hold(row, until);
  return throttles_.put(store, key, row);
}

}  // namespace jieban
