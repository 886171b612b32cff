// NotifierRules: who is told what, on which channel, in which words, and how often it is tried.
//
// Kept in the core's rule book "notices", so that a replay queues the same notices in the same
// words. It holds no secrets: rules go into the stream. Keys and passwords stand in files of their
// own, which only the edge reads.
// What fails and how: check_rules returns `invalid` or `limit`, naming channel or topic.
// Thread rule: plain values, pure functions.
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
#include "daemons/notifier/channel_kind.h"
#include "daemons/notifier/notice_text.h"
#include "daemons/notifier/reply_code.h"

namespace jieban {

struct ChannelRule {
  std::string name;
  ChannelKind kind = ChannelKind::spool;
  std::string target;  // URL, or absolute directory: see channel_kind.h
  std::vector<std::string> topics;
  std::vector<std::string> clocks;  // empty: all
  uint64_t percent_min = 0;
  std::optional<std::string> token_file;  // webhook: sent as a bearer token
  // YAML of the channel's own keys: account, password, secret, sender. Only the edge reads it.
  std::optional<std::string> account_file{};
  // By which means it reaches a person ("sms", "robot", "voice", "mail"); the first channel of a
  // means has its calls. Empty: it is for nobody in particular.
  std::optional<std::string> method{};
  // Its gateway gives receipts; none within this time counts as a failure.
  std::optional<uint64_t> receipt_within_micros{};
  // sgip_sms: our own port, to which the SMG brings receipts and replies. An address that other
  // machines reach says so beside it.
  std::optional<std::string> listen{};
  std::optional<bool> listen_beyond_loopback{};

  template <class Visit>
  static void fields(Visit& visit) {
    visit("name", &ChannelRule::name);
    visit("kind", &ChannelRule::kind);
    visit("target", &ChannelRule::target);
    visit("topics", &ChannelRule::topics);
    visit("clocks", &ChannelRule::clocks);
    visit("percent_min", &ChannelRule::percent_min);
    visit("token_file", &ChannelRule::token_file);
    visit("account_file", &ChannelRule::account_file);
    visit("method", &ChannelRule::method);
    visit("receipt_within_micros", &ChannelRule::receipt_within_micros);
    visit("listen", &ChannelRule::listen);
    visit("listen_beyond_loopback", &ChannelRule::listen_beyond_loopback);
  }
  bool operator==(const ChannelRule&) const = default;
};

constexpr uint64_t kCallAttempts = 3;
// Well beyond the 90 days that a stream keeps the event of which a notice is made.
constexpr Duration kNoticeKeep = std::chrono::hours(24) * 400;
constexpr Duration kNoticeKeepMin = std::chrono::hours(24) * 100;
// Ours, no vendor's: gateways without a time service drift by a minute or so.
constexpr Duration kReplyClockSlack = std::chrono::minutes(2);
constexpr Duration kReplyClockSlackMax = std::chrono::minutes(30);

struct NotifierRules {
  std::string version;
  std::vector<ChannelRule> channels;
  uint64_t attempts_max = 0;
  uint64_t retry_first_micros = 0;
  uint64_t retry_max_micros = 0;
  std::map<std::string, std::string> templates;   // by topic
  std::map<std::string, std::string> unit_names;  // by unit code
  std::optional<uint64_t> call_attempts_max{};    // of a call to a person; default kCallAttempts
  std::optional<uint64_t> keep_micros{};          // a notice, from when it was made; kNoticeKeep
  // What {ack} of a text becomes, by kind of channel ("spool") or by kind and method ("spool.sms"),
  // which goes first; of a kind that is missing default_ack().
  std::optional<std::map<std::string, std::string>> ack{};
  // By so much a gateway's clock may be slow without making a reply void; kReplyClockSlack.
  std::optional<uint64_t> reply_clock_slack_micros{};
  std::optional<ReplyWords> replies{};  // none: by a code alone

  Duration retry_first() const { return Duration(retry_first_micros); }
  Duration retry_max() const { return Duration(retry_max_micros); }
  const ChannelRule* find_channel(std::string_view name) const;
  // The first channel that reaches persons by this means, but for one; null when there is none.
  const ChannelRule* channel_of(std::string_view method, std::string_view but = {}) const;
  Duration keep() const { return keep_micros ? Duration(*keep_micros) : kNoticeKeep; }
  // The words for {ack}, with {code} and {link} as they stand; "" for an unknown channel, and where
  // a group would read a link.
  std::string_view ack_words(std::string_view channel) const;
  Duration reply_clock_slack() const {
    return reply_clock_slack_micros ? Duration(*reply_clock_slack_micros) : kReplyClockSlack;
  }
  uint64_t call_attempts() const { return call_attempts_max.value_or(kCallAttempts); }

  template <class Visit>
  static void fields(Visit& visit) {
    visit("version", &NotifierRules::version);
    visit("channels", &NotifierRules::channels);
    visit("attempts_max", &NotifierRules::attempts_max);
    visit("retry_first_micros", &NotifierRules::retry_first_micros);
    visit("retry_max_micros", &NotifierRules::retry_max_micros);
    visit("templates", &NotifierRules::templates);
    visit("unit_names", &NotifierRules::unit_names);
    visit("call_attempts_max", &NotifierRules::call_attempts_max);
    visit("keep_micros", &NotifierRules::keep_micros);
    visit("ack", &NotifierRules::ack);
    visit("reply_clock_slack_micros", &NotifierRules::reply_clock_slack_micros);
    visit("replies", &NotifierRules::replies);
  }
};

// Each channel is a thread of the edge.
constexpr size_t kChannelsMax = 16;
// With the stream's name and the rest of a key well below kKeySizeMax.
constexpr size_t kChannelNameMax = 32;
constexpr uint64_t kAttemptsMax = 1000;
constexpr Duration kRetryMax = std::chrono::hours(24);

// Whether many read what one is told: a robot's group, also that of a relay's robot.
bool is_group(const ChannelRule& channel);

Result<void> check_rules(const NotifierRules& rules);
// Where there is no address for links, no text can have one.
Result<void> check_without_links(const NotifierRules& rules);
// There, nobody answers by one: what {ack} says of a link is said no more.
void drop_ack_links(NotifierRules& rules);

// Whether an event of this topic about this subject goes out on the channel.
bool matches(const ChannelRule& channel, const NoticeTopic& topic, const NoticeSubject& subject);

}  // namespace jieban
