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

PendingMessage message_of(const WaitingNotice& waiting) {
  PendingMessage message;
  message.id = waiting.notice_id;
  message.created_at = waiting.created_at;
  return message;
}

PaceVerdict not_before(Timestamp at) {
  PaceVerdict verdict;
  verdict.go = false;
  verdict.at = at;
  return verdict;
}

// Of a message that no limit keeps back: whether company makes a list of it. What is urgent goes by
// itself, whenever it may, and is nobody's company.
PaceVerdict in_company(const std::vector<WaitingNotice>& waiting, const ThrottleRow& throttle,
                       const Limits& limits, Timestamp now) {
  std::vector<PendingMessage> messages;
  for (const WaitingNotice& each : waiting) {
    if (!each.urgent) messages.push_back(message_of(each));
  }
  const Outbound next = next_outbound(messages, throttle, limits.limits, limits.digest, now);
  if (next.at > now) return not_before(next.at);
  PaceVerdict verdict;
  verdict.go = !next.digest;
  if (next.digest) verdict.digest = next.ids;
  return verdict;
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
  const Timestamp open_at = std::max(earliest(at_channel, of_channel.limits, now),
                                     earliest(at_person, of_person.limits, now));
  if (open_at > now) return not_before(open_at);
  // A digest is made of what waits for one destination: the person, or the channel's readers.
  const Limits& limits = row.person ? of_person : of_channel;
  if (limits.digest && !row.urgent.value_or(false)) {
    auto waiting = notices.pending(store, destination_of(row), kDigestMessagesMax);
    if (!waiting.ok()) return waiting.error();
    PaceVerdict verdict = in_company(*waiting, row.person ? at_person : at_channel, limits, now);
    if (!verdict.go) return verdict;
  }
  if (!of_channel.limits.empty()) {
    begin_message(at_channel, of_channel.limits, now);
    RETURN_IF_ERROR(throttles_.put(store, channel_key, at_channel));
  }
  if (!of_person.limits.empty()) {
    begin_message(at_person, of_person.limits, now);
    RETURN_IF_ERROR(throttles_.put(store, person_key, at_person));
  }
  return PaceVerdict();
}

Result<void> Pacing::hold(Transaction& store, const std::string& channel, Timestamp until) const {
  const std::string key = make_key(channel);
  auto stored = throttles_.get(store, key);
  if (!stored.ok()) return stored.error();
  ThrottleRow row = stored->value_or(ThrottleRow());
  jieban::hold(row, until);
  return throttles_.put(store, key, row);
}

Result<void> Pacing::over(Transaction& store, const NoticeRow& row, const OutcomeMeaning& outcome,
                          Timestamp at) const {
  RETURN_IF_ERROR(settle(store, make_key(row.channel), outcome.asks, at));
  return row.person ? settle(store, make_key(destination_of(row)), outcome.reaches, at)
                    : Result<void>();
}

// What was not counted when it began, as there was no limit then, is not under way.
Result<void> Pacing::settle(Transaction& store, const std::string& key, bool counts,
                            Timestamp at) const {
  auto stored = throttles_.get(store, key);
  if (!stored.ok()) return stored.error();
  if (!*stored || (*stored)->under_way.value_or(0) == 0) return {};
  ThrottleRow row = std::move(**stored);
  if (counts) {
    end_message(row, at);
  } else {
    drop_message(row);
  }
  return throttles_.put(store, key, row);
}

}  // namespace jieban
