#include "daemons/notifier/channels/dingtalk_robot_channel.h"

#include <array>

#include "common/base/text.h"
#include "common/crypto/base64.h"
#include "common/crypto/hashes.h"
#include "common/http/percent_encoding.h"
#include "common/json/json.h"
#include "daemons/notifier/channels/account_file.h"
#include "daemons/notifier/channels/gateway_reply.h"
#include "daemons/notifier/channels/message_cut.h"
#include "daemons/notifier/channels/message_limits.h"
#include "daemons/notifier/channels/recipient.h"

namespace jieban {
namespace {

constexpr int64_t kSecurityCheck = 310000;

constexpr std::array<CodeMeaning, 3> kCodes = {{
    {kSecurityCheck, DeliveryOutcome::denied},  // sign, keyword, time, IP
    {130101, DeliveryOutcome::held},            // more than 20 a minute
    {300001, DeliveryOutcome::disabled},        // no such token
}};

// A title is what a phone shows before the message is opened.
constexpr size_t kTitleCharactersMax = 20;

Value at_of(const std::vector<std::string>& mentions) {
  bool everybody = false;
  Value::Array mobiles;
  Value::Array users;
  for (const std::string& each : mentions) {
    everybody = everybody || each == kEverybody;
    if (each != kEverybody) (is_mobile(each) ? mobiles : users).push_back(each);
  }
  Value at;
  at.set("atMobiles", std::move(mobiles));
  at.set("atUserIds", std::move(users));
  at.set("isAtAll", everybody);
  return at;
}

// A mention shows only where the text names it as well. A line ends with two blanks: without them
// markdown would join it to the next.
Value markdown_of(const OutgoingNotice& notice) {
  std::string mention;
  for (const std::string& each : mentions_of(notice)) {
    if (each != kEverybody) mention += (mention.empty() ? "  \n@" : " @") + each;
  }
  std::string text = shown_text(notice);
  const std::string title(first_characters(text.substr(0, text.find('\n')), kTitleCharactersMax));
  replace_all(text, "\n", "  \n");
  text = cut_message(text, kDingtalkTextMax - mention.size(), TextUnit::bytes);
  return Value::Object{{"title", title}, {"text", text + mention}};
}

std::string url_of(const std::string& target, const Account& account, Timestamp now) {
  std::string url = target + "?access_token=" + percent_encoded(account.text("access_token"));
  if (!account.has("secret")) return url;
  const int64_t timestamp_ms = to_micros(now) / 1000;
  return url + "&timestamp=" + std::to_string(timestamp_ms) +
         "&sign=" + percent_encoded(dingtalk_sign(account.text("secret"), timestamp_ms));
}

}  // namespace

std::string dingtalk_sign(std::string_view secret, int64_t timestamp_ms) {
  const std::string text = std::to_string(timestamp_ms) + "\n" + std::string(secret);
  return to_base64(hmac_sha256(secret, text));
}

std::string dingtalk_body(const OutgoingNotice& notice, bool markdown) {
  Value body;
  body.set("msgtype", markdown ? "markdown" : "text");
  if (markdown) {
    body.set("markdown", markdown_of(notice));
  } else {
    const std::string text = cut_message(shown_text(notice), kDingtalkTextMax, TextUnit::bytes);
    body.set("text", Value::Object{{"content", text}});
  }
  body.set("at", at_of(mentions_of(notice)));
  return to_json(body);
}

DeliveryReport DingtalkRobotChannel::deliver(const OutgoingNotice& notice) {
  auto account = read_account(rule().account_file.value_or(""),
                              with_route_keys({{"access_token", true}, {"secret"}, {"format"}}));
  if (!account.ok()) return denied_by(account.error());
  auto markdown = wants_markdown(*account);
  if (!markdown.ok()) return denied_by(markdown.error());
  WebCall call;
  call.headers = {{"Content-Type", "application/json"}};
  call.body = dingtalk_body(notice, *markdown);
  call.route = route_of(*account, timeouts());
  DeliveryReport report;
  for (bool again : {false, true}) {
    call.url = url_of(rule().target, *account, clock().now());
    auto reply = call_web(call);
    if (!reply.ok()) return report_of(reply.error());
    Judgement judgement = judge(*reply, "errcode", kCodes);
    report = judgement.report;
    if (again || judgement.code != kSecurityCheck || !account->has("secret")) break;
  }
  return report;
}

}  // namespace jieban
