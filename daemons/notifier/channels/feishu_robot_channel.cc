#include "daemons/notifier/channels/feishu_robot_channel.h"

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

constexpr std::array<CodeMeaning, 5> kCodes = {{
    {9499, DeliveryOutcome::rejected},  // bad request
    {11232, DeliveryOutcome::held},     // too often
    {19021, DeliveryOutcome::denied},   // signature, or a clock that is an hour off
    {19022, DeliveryOutcome::denied},   // not from this address
    {19024, DeliveryOutcome::denied},   // without the robot's keyword
}};

std::string mention_of(std::string_view address) {
  constexpr std::string_view kIdCharacters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
  if (address == kEverybody) return "<at user_id=\"all\">所有人</at>";
  bool id = !address.empty() && !is_mobile(address) &&
            address.find_first_not_of(kIdCharacters) == std::string_view::npos;
  return id ? "<at user_id=\"" + std::string(address) + "\"></at>" : "";
}

std::string body_of(const std::string& text, std::string_view secret, int64_t timestamp) {
  Value body;
  if (!secret.empty()) {
    body.set("timestamp", std::to_string(timestamp));
    body.set("sign", feishu_sign(secret, timestamp));
  }
  body.set("msg_type", "text");
  body.set("content", Value::Object{{"text", text}});
  return to_json(body);
}

}  // namespace

std::string feishu_sign(std::string_view secret, int64_t timestamp_seconds) {
  const std::string key = std::to_string(timestamp_seconds) + "\n" + std::string(secret);
  return to_base64(hmac_sha256(key, ""));
}

// What JSON adds to a text depends on the text, so the longest that fits is searched for.
std::string feishu_body(const OutgoingNotice& notice, std::string_view secret,
                        int64_t timestamp_seconds) {
  std::string text = shown_text(notice);
  replace_all(text, "<", "＜");
  std::string mention;
  for (const std::string& each : mentions_of(notice)) mention += mention_of(each);
  if (!mention.empty()) mention.insert(0, "\n");
  auto body_with = [&](size_t most) {
    const std::string shown = cut_message(text, most, TextUnit::bytes) + mention;
    return body_of(shown, secret, timestamp_seconds);
  };
  std::string whole = body_with(text.size());
  if (whole.size() <= kFeishuBodyMax) return whole;
  size_t fits = 0;
  size_t most = text.size();
  while (fits < most) {
    const size_t middle = most - (most - fits) / 2;
    if (body_with(middle).size() <= kFeishuBodyMax) {
      fits = middle;
    } else {
      most = middle - 1;
    }
  }
  return body_with(fits);
}

DeliveryReport FeishuRobotChannel::deliver(const OutgoingNotice& notice) {
  auto account =
      read_account(rule().account_file.value_or(""), with_route_keys({{"id", true}, {"secret"}}));
  if (!account.ok()) return denied_by(account.error());
  const int64_t timestamp = to_micros(clock().now()) / 1'000'000;
  WebCall call;
  call.url = rule().target + "/" + percent_encoded(account->text("id"));
  call.headers = {{"Content-Type", "application/json"}};
  call.body = feishu_body(notice, account->text("secret"), timestamp);
  call.route = route_of(*account, timeouts());
  auto reply = call_web(call);
  if (!reply.ok()) return report_of(reply.error());
  return judge(*reply, "code", kCodes).report;
}

}  // namespace jieban
