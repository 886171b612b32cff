#include "daemons/notifier/notice_rules_file.h"

#include "common/base/limits.h"
#include "common/config/document.h"

namespace jieban {
namespace {

// Keeps the first error, so that a reader can be written as a list of fields.
class Fields {
 public:
  explicit Fields(Node node) : node_(node) {}

  void text(std::string_view key, std::string& out) {
    read(key, true, [&](Node node) { return store(node.text(), out); });
  }
  void optional_text(std::string_view key, std::optional<std::string>& out) {
    read(key, false, [&](Node node) { return store(node.text(), out.emplace()); });
  }
  void whole(std::string_view key, bool required, uint64_t& out) {
    read(key, required, [&](Node node) -> Result<void> {
      auto number = node.integer();
      if (!number.ok()) return number.error();
      if (*number < 0) return node.error("the number is negative");
      out = uint64_t(*number);
      return {};
    });
  }
  void span(std::string_view key, uint64_t& out) {
    read(key, true, [&](Node node) -> Result<void> {
      auto found = node.duration();
      if (!found.ok()) return found.error();
      if (*found <= Duration::zero()) return node.error("the duration is not above zero");
      out = uint64_t(found->count());
      return {};
    });
  }
  void optional_boolean(std::string_view key, std::optional<bool>& out) {
    read(key, false, [&](Node node) -> Result<void> {
      auto found = node.boolean();
      if (!found.ok()) return found.error();
      out = *found;
      return {};
    });
  }
  void optional_span(std::string_view key, std::optional<uint64_t>& out) {
    if (node_.optional(key)) span(key, out.emplace());
  }
  void texts(std::string_view key, bool required, std::vector<std::string>& out) {
    read(key, required, [&](Node node) -> Result<void> {
      auto items = node.items();
      if (!items.ok()) return items.error();
      for (const Node& item : *items) RETURN_IF_ERROR(store(item.text(), out.emplace_back()));
      return {};
    });
  }
  // `check` sees each value in its place.
  template <class Check>
  void named_texts(std::string_view key, bool required, std::map<std::string, std::string>& out,
                   Check check) {
    read(key, required, [&](Node node) -> Result<void> {
      auto keys = node.keys();
      if (!keys.ok()) return keys.error();
      for (const std::string& name : *keys) {
        auto value = node.required(name);
        if (!value.ok()) return value.error();
        RETURN_IF_ERROR(store(value->text(), out[name]));
        Result<void> checked = check(name, out[name]);
        if (!checked.ok()) return value->error(checked.error().message);
      }
      return {};
    });
  }
  template <class Take>
  void read(std::string_view key, bool required, Take take) {
    if (!outcome_.ok()) return;
    auto found = node_.optional(key);
    if (!found && !required) return;
    auto node = node_.required(key);
    outcome_ = node.ok() ? take(*node) : Result<void>(node.error());
  }
  const Result<void>& outcome() const { return outcome_; }

 private:
  static Result<void> store(Result<std::string> text, std::string& out) {
    if (!text.ok()) return text.error();
    out = std::move(*text);
    return {};
  }

  Node node_;
  Result<void> outcome_;
};

Result<void> place_spool(ChannelRule& channel, const std::string& spool_root) {
  if (channel.kind != ChannelKind::spool || channel.target.starts_with('/')) return {};
  if (channel.target.empty() || channel.target.find("..") != std::string::npos) {
    return invalid("the directory of a spool names a place below " + spool_root);
  }
  channel.target = spool_root + "/" + channel.target;
  return {};
}

Result<ChannelRule> read_channel(Node node, const std::string& spool_root) {
  RETURN_IF_ERROR(node.only_keys({"name", "kind", "target", "topics", "clocks", "percent_min",
                                  "token_file", "account_file", "method", "receipt_within",
                                  "listen", "listen_beyond_loopback"}));
  ChannelRule channel;
  Fields fields(node);
  fields.text("name", channel.name);
  fields.read("kind", true, [&](Node kind) -> Result<void> {
    auto text = kind.text();
    if (!text.ok()) return text.error();
    if (!from_string(*text, channel.kind))
      return kind.error("the kind is one of " + channel_kind_names());
    return {};
  });
  fields.text("target", channel.target);
  fields.texts("topics", false, channel.topics);
  fields.texts("clocks", false, channel.clocks);
  fields.whole("percent_min", false, channel.percent_min);
  fields.optional_text("token_file", channel.token_file);
  fields.optional_text("account_file", channel.account_file);
  fields.optional_text("method", channel.method);
  fields.optional_span("receipt_within", channel.receipt_within_micros);
  fields.optional_text("listen", channel.listen);
  fields.optional_boolean("listen_beyond_loopback", channel.listen_beyond_loopback);
  RETURN_IF_ERROR(fields.outcome());
  auto placed = place_spool(channel, spool_root);
  if (!placed.ok()) return node.error(placed.error().message);
  return channel;
}

Result<void> read_channels(Node node, const std::string& spool_root, NotifierRules& rules) {
  auto items = node.items();
  if (!items.ok()) return items.error();
  for (const Node& item : *items) {
    auto channel = read_channel(item, spool_root);
    if (!channel.ok()) return channel.error();
    rules.channels.push_back(std::move(*channel));
  }
  return {};
}

Result<void> check_text(const std::string& name, const std::string& text) {
  const NoticeTopic* topic = find_notice_topic(name);
  if (topic == nullptr) return invalid("no notices are made of " + name);
  return check_template(text, *topic);
}

Result<void> check_ack_words(const std::string&, const std::string& words) {
  return words.empty() ? Result<void>() : check_template(words, ack_topic());
}

Result<void> read_replies(Node node, ReplyWords& words) {
  RETURN_IF_ERROR(node.only_keys({"acknowledge", "beside"}));
  Fields fields(node);
  fields.texts("acknowledge", false, words.acknowledge);
  fields.texts("beside", false, words.beside);
  return fields.outcome();
}

Result<NotifierRules> read_rules(const Document& document, const std::string& spool_root) {
  Node root = document.root();
  RETURN_IF_ERROR(root.only_keys({"version", "official", "channels", "attempts_max",
                                  "call_attempts_max", "retry_first", "retry_max", "templates",
                                  "unit_names", "keep", "ack", "reply_clock_slack", "replies"}));
  NotifierRules rules;
  Fields fields(root);
  fields.text("version", rules.version);
  fields.read("official", false, [](Node node) -> Result<void> {
    auto official = node.boolean();
    if (!official.ok()) return official.error();
    return {};
  });
  fields.whole("attempts_max", true, rules.attempts_max);
  if (root.optional("call_attempts_max")) {
    fields.whole("call_attempts_max", false, rules.call_attempts_max.emplace());
  }
  fields.span("retry_first", rules.retry_first_micros);
  fields.span("retry_max", rules.retry_max_micros);
  fields.optional_span("keep", rules.keep_micros);
  fields.optional_span("reply_clock_slack", rules.reply_clock_slack_micros);
  fields.read("channels", true, [&](Node node) { return read_channels(node, spool_root, rules); });
  if (root.optional("ack")) fields.named_texts("ack", false, rules.ack.emplace(), check_ack_words);
  fields.named_texts("templates", true, rules.templates, check_text);
  fields.named_texts("unit_names", false, rules.unit_names,
                     [](const std::string&, const std::string&) { return Result<void>(); });
  fields.read("replies", false,
              [&](Node node) { return read_replies(node, rules.replies.emplace()); });
  RETURN_IF_ERROR(fields.outcome());
  auto checked = check_rules(rules);
  if (!checked.ok()) return root.error(checked.error().message);
  return rules;
}

}  // namespace

Result<NotifierRules> load_notice_rules(const std::string& path, const std::string& spool_root) {
  auto document = Document::load(path, limits::kRulesBytesMax);
  if (!document.ok()) return document.error();
  return read_rules(*document, spool_root);
}

Result<NotifierRules> parse_notice_rules(std::string_view text, const std::string& name,
                                         const std::string& spool_root) {
  auto document = Document::parse(text, name);
  if (!document.ok()) return document.error();
  return read_rules(*document, spool_root);
}

}  // namespace jieban
