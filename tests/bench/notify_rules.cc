#include "tests/bench/notify_rules.h"

#include <charconv>

#include "common/base/file.h"
#include "common/base/limits.h"

namespace jieban::bench {
namespace {

constexpr std::string_view kListBegins = "共";
constexpr std::string_view kListCounted = "件";

std::string in_quotes(const std::string& text) { return "\"" + text + "\""; }

std::string account_path(const Site& site, const BenchChannel& channel) {
  return site.root + "/" + channel.name + "-account.yaml";
}

std::string notices_text(const Site& site, const NotifyRules& rules) {
  std::string text =
      "version: bench\nofficial: false\nattempts_max: 60\ncall_attempts_max: 3\n"
      "retry_first: 1s\nretry_max: 5s\nchannels:\n";
  for (const BenchChannel& channel : rules.channels) {
    text += "  - {name: " + channel.name + ", kind: " + channel.kind +
            ", target: " + in_quotes(channel.target) + ", " + channel.use;
    if (!channel.account.empty())
      text += ", account_file: " + in_quotes(account_path(site, channel));
    text += "}\n";
  }
  std::string list(kListBegins);
  list.append("{count}").append(kListCounted).append("{list}");
  return text + "templates: {deadline.breached: \"{order_no}\", call: \"{order_no} {count}\", " +
         "digest: " + in_quotes(list) + ", digest.board: " + in_quotes(list) +
         "}\nunit_names: {}\n";
}

// The breach, and nothing else, is told at once.
std::string ladders_text(const NotifyRules& rules) {
  std::string routes;
  std::string policies;
  for (const CalledPerson& each : rules.called) {
    const std::string condition = each.condition.empty() ? "" : ", " + each.condition;
    routes += "    - {matchers: [topic=deadline, level=red" + condition +
              "], receiver: " + each.id + ", group_by: [" + in_quotes(rules.group_by) +
              "], group_wait: 0s}\n";
    policies += "  " + each.id + ": {steps: [{tell: [{person: " + each.id + "}], wait: 12h}]}\n";
  }
  return "version: bench\nofficial: false\ntimes: {}\ninhibitions: []\nroutes:\n  receiver: "
         "later\n  group_by: [topic]\n"
         "  group_wait: 12h\n  group_interval: 12h\n  repeat_interval: 24h\n  routes:\n" +
         routes + "policies:\n  later: {steps: [{tell: [{person: " + rules.called.front().id +
         "}], wait: 12h}]}\n" + policies +
         "everybody: {default: [{sms: 0s}]}\n"
         "silences: {length_max: 24h, reason_characters_min: 4, never: []}\n" +
         rules.destinations;
}

std::string contacts_text(const NotifyRules& rules) {
  std::string text = "version: bench\npersons:\n";
  for (const CalledPerson& each : rules.called) {
    text += "  " + each.id + ": {sms: " + in_quotes(each.phone) + "}\n";
  }
  return text + "units: {}\ngroups: {}\n";
}

}  // namespace

BenchChannel webhook_channel(const std::string& target) {
  return {"hook", "webhook", target, kBoard, ""};
}

BenchChannel kannel_channel(const std::string& target) {
  return {"kannel", "kannel_sms", target, kCalls,
          "username: bench\npassword: bench\nfrom: '10655000'\n"};
}

NotifyRules taken_at_once(const GatewaySink& sink, const std::string& group_by) {
  NotifyRules rules;
  rules.channels = {webhook_channel(sink.url(Gateway::webhook)),
                    kannel_channel(sink.url(Gateway::sms))};
  rules.called = {{"li", "13800138000", ""}};
  rules.group_by = group_by;
  return rules;
}

Result<void> write_rules(const Site& site, const NotifyRules& rules) {
  for (const BenchChannel& channel : rules.channels) {
    if (channel.account.empty()) continue;
    RETURN_IF_ERROR(write_file(account_path(site, channel), channel.account, 0600));
  }
  RETURN_IF_ERROR(write_file(site.etc + "/contacts.yaml", contacts_text(rules), 0600));
  RETURN_IF_ERROR(write_file(site.etc + "/notices.yaml", notices_text(site, rules)));
  return write_file(site.etc + "/escalation.yaml", ladders_text(rules));
}

Result<std::string> shipped_destinations(const Site& site) {
  constexpr std::string_view kKey = "\ndestinations:";
  auto text = read_file(site.etc + "/escalation.yaml", limits::kRulesBytesMax);
  if (!text.ok()) return text.error();
  const size_t begin = text->find(kKey);
  if (begin == std::string::npos) {
    return Error{ErrorCode::not_found, "escalation.yaml has no destinations"};
  }
  // To the next line that stands as far left, be it a comment.
  size_t end = text->find('\n', begin + kKey.size());
  while (end != std::string::npos && end + 1 < text->size() && (*text)[end + 1] == ' ') {
    end = text->find('\n', end + 1);
  }
  return text->substr(begin + 1, end == std::string::npos ? end : end - begin);
}

uint64_t list_count(std::string_view text) {
  const size_t begin = text.find(kListBegins);
  if (begin == std::string_view::npos) return 0;
  const char* first = text.data() + begin + kListBegins.size();
  const char* last = text.data() + text.size();
  uint64_t count = 0;
  const auto [end, failure] = std::from_chars(first, last, count);
  const std::string_view rest(end, size_t(last - end));
  return failure == std::errc() && rest.starts_with(kListCounted) ? count : 0;
}

}  // namespace jieban::bench
