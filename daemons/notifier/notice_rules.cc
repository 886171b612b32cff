#include "daemons/notifier/notice_rules.h"

#include <algorithm>
#include <set>

#include "common/domain/code_set.h"
#include "common/http/address.h"

namespace jieban {
namespace {

constexpr std::string_view kRobotMethod = "robot";

constexpr std::string_view kNameCharacters = "abcdefghijklmnopqrstuvwxyz0123456789_-";

bool is_channel_name(std::string_view name) {
  return !name.empty() && name.size() <= kChannelNameMax &&
         name.find_first_not_of(kNameCharacters) == std::string_view::npos;
}

Result<void> check_secrets(const ChannelRule& channel) {
  const ChannelKindRow& row = row_of(channel.kind);
  const std::string whose = "a " + std::string(row.name);
  if (channel.token_file && !row.token) return invalid(whose + " has no token");
  if (channel.account_file && row.account == AccountNeed::none) {
    return invalid(whose + " has no account_file");
  }
  if (!channel.account_file && row.account == AccountNeed::required) {
    return invalid(whose + " needs an account_file");
  }
  if (channel.account_file && !channel.account_file->starts_with('/')) {
    return invalid("the path of an account_file must be absolute");
  }
  return {};
}

// Whoever reaches the port has only a password before him: beyond this host it is asked for.
Result<void> check_listen(const ChannelRule& channel) {
  if (!channel.listen && !channel.listen_beyond_loopback) return {};
  if (channel.kind != ChannelKind::sgip_sms) return invalid("only an sgip_sms listens");
  if (!channel.listen) return invalid("listen_beyond_loopback says nothing without listen");
  auto address = parse_listen_address(*channel.listen, true);
  if (!address.ok()) return invalid("listen: " + address.error().message);
  if (!address->loopback && !channel.listen_beyond_loopback.value_or(false)) {
    return invalid("listen: other machines reach " + *channel.listen +
                   "; use 127.0.0.1, or set listen_beyond_loopback: true");
  }
  if (channel.listen->ends_with(":0")) return invalid("listen: the SMG has to know the port");
  return {};
}

Result<void> check_channel(const ChannelRule& channel, const NotifierRules& rules) {
  if (!is_channel_name(channel.name)) {
    return invalid("a name has 1 to " + std::to_string(kChannelNameMax) +
                   " characters of a-z, 0-9, '_' and '-'");
  }
  RETURN_IF_ERROR(check_channel_target(channel.kind, channel.target));
  RETURN_IF_ERROR(check_secrets(channel));
  RETURN_IF_ERROR(check_listen(channel));
  if (channel.topics.empty() && !channel.method) {
    return invalid("a channel has `topics` (a board), a `method` (calls to persons), or both");
  }
  if (!channel.topics.empty()) {
    RETURN_IF_ERROR(check_own_reader(channel.kind, channel.account_file.has_value()));
  }
  const bool named = !channel.method || is_channel_name(*channel.method);
  if (!named) return invalid("a method is a short name: sms, robot, voice, mail");
  if (channel.percent_min > 100) return invalid("percent_min is at most 100");
  for (const std::string& topic : channel.topics) {
    if (find_notice_topic(topic) == nullptr) return invalid("no notices are made of " + topic);
    if (!rules.templates.contains(topic)) return invalid("there is no text for " + topic);
  }
  for (const std::string& clock : channel.clocks) {
    if (!has_code(CodeSet::clock, clock)) return invalid("there is no clock " + clock);
  }
  return {};
}

Result<void> check_templates(const NotifierRules& rules) {
  for (const auto& [name, text] : rules.templates) {
    const NoticeTopic* topic = find_notice_topic(name);
    if (topic == nullptr) return invalid("no notices are made of " + name);
    auto checked = check_template(text, *topic);
    if (!checked.ok()) return checked.error().context("template " + name);
  }
  return {};
}

// A street may say of a kind that nobody can answer: "".
Result<void> check_ack(const NotifierRules& rules) {
  if (!rules.ack) return {};
  for (const auto& [name, words] : *rules.ack) {
    ChannelKind kind{};
    const size_t dot = name.find('.');
    const bool by_method = dot == std::string::npos || is_channel_name(name.substr(dot + 1));
    if (!by_method || !from_string(name.substr(0, dot), kind)) {
      return invalid("ack: a kind, or kind.method; the kind is one of " + channel_kind_names());
    }
    if (words.empty()) continue;
    auto checked = check_template(words, ack_topic());
    if (!checked.ok()) return checked.error().context("ack " + name);
    if (row_of(kind).group && has_link(words)) {
      return invalid("ack " + name + ": a link is for one person, and a group reads this");
    }
  }
  return {};
}

Result<void> check_retry(const NotifierRules& rules) {
  auto most = uint64_t(kRetryMax.count());
  if (rules.attempts_max < 1 || rules.attempts_max > kAttemptsMax) {
    return invalid("attempts_max is from 1 to " + std::to_string(kAttemptsMax));
  }
  if (rules.retry_first_micros == 0 || rules.retry_first_micros > rules.retry_max_micros ||
      rules.retry_max_micros > most) {
    return invalid("retry_first is above 0, not above retry_max, and that not above 24 hours");
  }
  return {};
}

}  // namespace

const ChannelRule* NotifierRules::find_channel(std::string_view name) const {
  for (const ChannelRule& channel : channels) {
    if (channel.name == name) return &channel;
  }
  return nullptr;
}

const ChannelRule* NotifierRules::channel_of(std::string_view method, std::string_view but) const {
  auto found = std::ranges::find_if(channels, [&](const ChannelRule& channel) {
    return channel.method == method && channel.name != but;
  });
  return found == channels.end() ? nullptr : &*found;
}

std::string_view NotifierRules::ack_words(std::string_view channel) const {
  const ChannelRule* rule = find_channel(channel);
  if (rule == nullptr) return {};
  const std::string kind(to_string(rule->kind));
  const std::string method = rule->method.value_or("");
  std::string_view words = default_ack(rule->kind, method);
  for (const std::string& name : {kind, kind + "." + method}) {
    if (!ack) break;
    const auto own = ack->find(name);
    if (own != ack->end()) words = own->second;
  }
  return is_group(*rule) && has_link(words) ? std::string_view() : words;
}

bool is_group(const ChannelRule& channel) {
  return row_of(channel.kind).group || channel.method == kRobotMethod;
}

Result<void> check_rules(const NotifierRules& rules) {
  if (rules.version.empty()) return invalid("the version is empty");
  if (rules.channels.size() > kChannelsMax) {
    return Error{ErrorCode::limit, "more than " + std::to_string(kChannelsMax) + " channels"};
  }
  RETURN_IF_ERROR(check_retry(rules));
  if (rules.keep() < kNoticeKeepMin) return invalid("`keep` is 100d or more");
  if (rules.reply_clock_slack() > kReplyClockSlackMax) {
    return invalid("reply_clock_slack is 30m or less: what is answered later is another message");
  }
  RETURN_IF_ERROR(check_templates(rules));
  RETURN_IF_ERROR(check_ack(rules));
  if (rules.replies) RETURN_IF_ERROR(check_reply_words(*rules.replies));
  std::set<std::string> names;
  std::set<std::string> ports;
  for (const ChannelRule& channel : rules.channels) {
    auto checked = check_channel(channel, rules);
    if (!checked.ok()) return checked.error().context("channel '" + channel.name + "'");
    if (!names.insert(channel.name).second) {
      return invalid("there are two channels '" + channel.name + "'");
    }
    if (channel.listen && !ports.insert(*channel.listen).second) {
      return invalid("two channels listen on " + *channel.listen);
    }
  }
  return {};
}

Result<void> check_without_links(const NotifierRules& rules) {
  for (const auto& [name, text] : rules.templates) {
    if (!has_link(text)) continue;
    return invalid("template " + name +
                   " has {link}: set links.base in notifier.yaml, or say it without");
  }
  return {};
}

void drop_ack_links(NotifierRules& rules) {
  if (!rules.ack) rules.ack.emplace();
  for (const ChannelKindRow& row : channel_kinds()) {
    const std::string kind(row.name);
    if (!rules.ack->contains(kind)) {
      rules.ack->emplace(kind, default_ack(row.kind, ""));
      // It would stand behind what was just said of the kind.
      rules.ack->emplace(kind + ".sms", default_ack(row.kind, "sms"));
    }
  }
  for (auto& [name, words] : *rules.ack) {
    if (has_link(words)) words.clear();
  }
}

bool matches(const ChannelRule& channel, const NoticeTopic& topic, const NoticeSubject& subject) {
  auto holds = [](const std::vector<std::string>& list, std::string_view wanted) {
    return std::find(list.begin(), list.end(), wanted) != list.end();
  };
  if (!holds(channel.topics, topic.name)) return false;
  if (!topic.deadline) return true;
  if (!channel.clocks.empty() && !holds(channel.clocks, subject.clock)) return false;
  return subject.percent.value_or(0) >= channel.percent_min;
}

}  // namespace jieban
