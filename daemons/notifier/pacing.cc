#include "daemons/notifier/pacing.h"

#include <algorithm>
#include <array>

#include "common/base/bytes.h"
#include "common/crypto/hashes.h"

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

const MeansLimits& means_of(std::string_view method) {
  for (const MeansLimits& row : kMeans) {
    if (row.method == method) return row;
  }
  return kMeans.back();
}

// A list that waits takes in no more: each change of it is a new text of all. An urgent one stands
// for all that a person is called for, whose next list may be minutes away.
constexpr size_t kUrgentListMax = 2 * kDigestMessagesMax;

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

// Whose patience counts beside the channel's: the person's, by the means of the call; of a notice
// to nobody in particular that of the one whom the channel's account names. A group has none of its
// own: it reads all that the channel brings.
std::optional<std::string_view> means_to_reader(const NoticeRow& row, const ChannelRule& channel) {
  if (row.shared.value_or(false)) return std::nullopt;
  if (row.person) return row.method ? std::string_view(*row.method) : std::string_view();
  const ChannelKindRow& kind = row_of(channel.kind);
  return kind.means.empty() ? std::nullopt : std::optional(kind.means);
}

Limits limits_of(std::string_view means, const AlertingRules& rules) {
  Limits limits;
  for (std::string_view kind : means_of(means).kinds) limits.add(rules, kind);
  return limits;
}

// Both that a message has to pass.
struct Gates {
  ThrottleRow channel;
  ThrottleRow reader;
  const Limits& of_channel;
  const Limits& of_reader;

  Timestamp open_at(Timestamp now) const {
    return std::max(earliest(channel, of_channel.limits, now),
                    earliest(reader, of_reader.limits, now));
  }
  void pass(Timestamp now) {
    if (!of_channel.limits.empty()) begin_message(channel, of_channel.limits, now);
    if (!of_reader.limits.empty()) begin_message(reader, of_reader.limits, now);
  }
};

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

// When the gates are open to another one, if all of these pass first; as far as they can.
Timestamp open_after(Gates gates, size_t others, Timestamp now) {
  for (size_t i = 0; i < others && gates.open_at(now) <= now; ++i) gates.pass(now);
  return gates.open_at(now);
}

// What waits for the destination of the one that asks.
struct Waiting {
  std::vector<std::string> urgent;  // no lists
  std::vector<WaitingList> lists;
  const NoticeTables& notices;
  const Transaction& store;

  // What is urgent goes first, also where it waits to be tried again.
  size_t urgent_count() const {
    return urgent.size() + size_t(std::ranges::count(lists, true, &WaitingList::urgent));
  }
  // The list of its like that takes `more` in; "" where there is none. One that has been tried says
  // what it says.
  Result<std::string> open_list(const NoticeRow& row, size_t more) const {
    const size_t most = row.urgent.value_or(false) ? kUrgentListMax : kDigestMessagesMax;
    for (const WaitingList& each : lists) {
      const bool alike = each.urgent == row.urgent.value_or(false) && each.call == is_call(row);
      if (!alike || !each.fresh) continue;
      auto members = notices.count_members(store, each.notice_id);
      if (!members.ok()) return members.error();
      if (*members + more <= most) return each.notice_id;
    }
    return std::string();
  }
};

// Goes alone, or is told along with these: in the list that waits, else in a new one. A list never
// goes into another.
Result<PaceVerdict> as_list(const NoticeRow& row, std::vector<std::string> calls,
                            const Waiting& waiting) {
  if (calls.empty()) return PaceVerdict();
  auto open = waiting.open_list(row, calls.size());
  if (!open.ok()) return open.error();
  const bool list = is_digest(row.notice_id);
  const bool joins = list ? *open == row.notice_id : !open->empty() || calls.size() > 1;
  if (!joins) return PaceVerdict();
  PaceVerdict verdict;
  verdict.go = false;
  verdict.digest = std::move(calls);
  verdict.into = std::move(*open);
  return verdict;
}

// Of what is urgent: each by itself while all that wait may go now; else what had to wait goes as
// one list.
Result<PaceVerdict> among_urgent(const NoticeRow& row, const Gates& gates, const Waiting& waiting,
                                 Timestamp now) {
  const size_t all = waiting.urgent_count();
  if (all < 2 || open_after(gates, all - 1, now) <= now) return PaceVerdict();
  return as_list(row, waiting.urgent, waiting);
}

// What came before the end of a hold, after which nothing has gone out yet.
std::vector<std::string> waited_for_hold(const std::vector<PendingMessage>& messages,
                                         const ThrottleRow& throttle, const Limits& limits) {
  std::vector<std::string> ids;
  // Without limits nobody counts what goes out.
  if (!throttle.held_until || limits.limits.empty()) return ids;
  for (const PendingMessage& each : messages) {
    if (each.created_at < *throttle.held_until) ids.push_back(each.id);
  }
  return ids;
}

// Of a message that no limit keeps back: whether company makes a list of it. What is urgent is
// nobody's company. Calls, which ask for an answer and have another means after them, and what a
// board shows are two lists.
Result<PaceVerdict> in_company(const NoticeRow& row, const std::vector<WaitingNotice>& pending,
                               const ThrottleRow& throttle, const Limits& limits,
                               const Waiting& waiting, Timestamp now) {
  std::vector<PendingMessage> messages;
  for (const WaitingNotice& each : pending) {
    const bool alike = each.call.value_or(is_call(row)) == is_call(row);
    if (alike && !each.urgent && !is_digest(each.notice_id)) messages.push_back(message_of(each));
  }
  if (is_digest(row.notice_id)) {
    std::vector<std::string> calls;
    for (PendingMessage& each : messages) calls.push_back(std::move(each.id));
    return as_list(row, std::move(calls), waiting);
  }
  std::vector<std::string> held = waited_for_hold(messages, throttle, limits);
  if (held.size() > 1) return as_list(row, std::move(held), waiting);
  const Outbound next = next_outbound(messages, throttle, limits.limits, limits.digest, now);
  if (next.at > now) return not_before(next.at);
  return next.digest ? as_list(row, next.ids, waiting) : PaceVerdict();
}

// Of one for whom the gates are open and whose destination has lists.
Result<PaceVerdict> among_waiting(const NoticeRow& row, const Gates& gates, bool by_channel,
                                  const NoticeTables& notices, const Transaction& store,
                                  Timestamp now) {
  const std::string destination = destination_of(row);
  auto urgent = notices.pending_urgent(store, destination, kDigestMessagesMax);
  if (!urgent.ok()) return urgent.error();
  auto lists = notices.pending_lists(store, destination);
  if (!lists.ok()) return lists.error();
  const Waiting waiting{std::move(*urgent), std::move(*lists), notices, store};
  if (row.urgent.value_or(false)) return among_urgent(row, gates, waiting, now);
  const Timestamp at = open_after(gates, waiting.urgent_count(), now);
  if (at > now) return not_before(at);
  auto pending = notices.pending(store, destination, kDigestMessagesMax);
  if (!pending.ok()) return pending.error();
  return by_channel ? in_company(row, *pending, gates.channel, gates.of_channel, waiting, now)
                    : in_company(row, *pending, gates.reader, gates.of_reader, waiting, now);
}

// What a relay does with a message it decides by the channel.
bool is_relay(ChannelKind kind) {
  return kind == ChannelKind::spool || kind == ChannelKind::webhook;
}

}  // namespace

// Of a bounded size, as a key has to be.
std::string gateway_of(const ChannelRule& channel) {
  constexpr size_t kDigits = 32;
  const std::string account = is_relay(channel.kind)
                                  ? make_key(channel.name)
                                  : make_key(channel.target, channel.account_file.value_or(""));
  const std::string kind(to_string(channel.kind));
  return kind + "@" + to_hex(blake2b(make_key(kind) + account)).substr(0, kDigits);
}

Result<void> Pacing::open(TableOpener& opener) {
  RETURN_IF_ERROR(throttles_.open(opener, "throttles"));
  return under_way_.open(opener, "paced_attempts");
}

Result<PaceVerdict> Pacing::ask(const NoticeRow& row, const ChannelRule& channel,
                                const AlertingRules& rules, const NoticeTables& notices,
                                Transaction& store, Timestamp now) const {
  Limits of_channel;
  of_channel.add(rules, to_string(channel.kind));
  const auto means = means_to_reader(row, channel);
  const Limits of_reader = means ? limits_of(*means, rules) : Limits();
  const std::string gateway = gateway_of(channel);
  const std::string channel_key = make_key(gateway);
  const std::string reader_key = make_key(reader_of(row));
  auto channel_row = throttles_.get(store, channel_key);
  if (!channel_row.ok()) return channel_row.error();
  ThrottleRow at_channel = channel_row->value_or(ThrottleRow());
  const bool held = at_channel.held_until && *at_channel.held_until > now;
  if (of_channel.limits.empty() && of_reader.limits.empty() && !held) return PaceVerdict();

  auto reader_row = throttles_.get(store, reader_key);
  if (!reader_row.ok()) return reader_row.error();
  Gates gates{std::move(at_channel), means ? reader_row->value_or(ThrottleRow()) : ThrottleRow(),
              of_channel, of_reader};
  const Timestamp open_at = gates.open_at(now);
  if (open_at > now) return not_before(open_at);
  // A digest is made of what waits for one destination: a person, or the channel's readers.
  if (means ? of_reader.digest : of_channel.digest) {
    auto verdict = among_waiting(row, gates, !means, notices, store, now);
    if (!verdict.ok() || !verdict->go) return verdict;
  }
  gates.pass(now);
  if (!of_channel.limits.empty()) {
    RETURN_IF_ERROR(throttles_.put(store, channel_key, gates.channel));
    RETURN_IF_ERROR(under_way_.put(store, make_key(row.notice_id), {gateway}));
  }
  if (!of_reader.limits.empty()) {
    RETURN_IF_ERROR(throttles_.put(store, reader_key, gates.reader));
  }
  return PaceVerdict();
}

// "" when nobody knows it any more.
Result<std::string> Pacing::counted_by(const Transaction& store, const NoticeRow& row,
                                       const ChannelRule* channel) const {
  auto begun = under_way_.get(store, make_key(row.notice_id));
  if (!begun.ok()) return begun.error();
  if (*begun) return (*begun)->gateway;
  return channel == nullptr ? std::string() : gateway_of(*channel);
}

Result<void> Pacing::hold(Transaction& store, const NoticeRow& row, const ChannelRule* channel,
                          Timestamp until) const {
  auto gateway = counted_by(store, row, channel);
  if (!gateway.ok()) return gateway.error();
  if (gateway->empty()) return {};
  const std::string key = make_key(*gateway);
  auto stored = throttles_.get(store, key);
  if (!stored.ok()) return stored.error();
  ThrottleRow throttle = stored->value_or(ThrottleRow());
  jieban::hold(throttle, until);
  return throttles_.put(store, key, throttle);
}

// Where nothing was counted at the beginning, nothing is at the end.
Result<void> Pacing::over(Transaction& store, const NoticeRow& row, const OutcomeMeaning& outcome,
                          Timestamp at) const {
  const std::string begun_key = make_key(row.notice_id);
  auto begun = under_way_.get(store, begun_key);
  if (!begun.ok()) return begun.error();
  if (*begun) {
    RETURN_IF_ERROR(settle(store, make_key((*begun)->gateway), outcome.asks, at));
    auto erased = under_way_.erase(store, begun_key);
    if (!erased.ok()) return erased.error();
  }
  return settle(store, make_key(reader_of(row)), outcome.reaches, at);
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
