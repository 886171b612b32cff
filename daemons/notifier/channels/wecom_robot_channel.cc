#include "daemons/notifier/channels/wecom_robot_channel.h"

#include <algorithm>
#include <array>

#include "common/base/text.h"
#include "common/http/percent_encoding.h"
#include "common/json/json.h"
#include "daemons/notifier/channels/account_file.h"
#include "daemons/notifier/channels/gateway_reply.h"
#include "daemons/notifier/channels/message_cut.h"
#include "daemons/notifier/channels/message_limits.h"
#include "daemons/notifier/channels/recipient.h"

namespace jieban {
namespace {

constexpr std::array<CodeMeaning, 4> kCodes = {{
    {-1, DeliveryOutcome::busy},         // system busy
    {40008, DeliveryOutcome::rejected},  // no such kind of message
    {45009, DeliveryOutcome::held},      // more than 20 a minute
    {93000, DeliveryOutcome::disabled},  // not a key
}};

std::string markdown_of(const OutgoingNotice& notice, const std::vector<std::string>& mentions) {
  std::string mention;
  for (std::string_view id : mentions) {
    if (id.starts_with('@')) id.remove_prefix(1);
    mention += (mention.empty() ? "\n<@" : "<@") + std::string(id) + ">";
  }
  // Otherwise a category with a '<' would begin a mark of its own.
  std::string text = shown_text(notice);
  replace_all(text, "<", "＜");
  return cut_message(text, kWecomMarkdownMax - mention.size(), TextUnit::bytes) + mention;
}

Value text_of(const OutgoingNotice& notice, const std::vector<std::string>& mentions) {
  Value text;
  text.set("content", cut_message(shown_text(notice), kWecomTextMax, TextUnit::bytes));
  Value::Array members;
  Value::Array mobiles;
  for (const std::string& each : mentions) (is_mobile(each) ? mobiles : members).push_back(each);
  if (!members.empty()) text.set("mentioned_list", std::move(members));
  if (!mobiles.empty()) text.set("mentioned_mobile_list", std::move(mobiles));
  return text;
}

}  // namespace

std::string wecom_body(const OutgoingNotice& notice, bool markdown) {
  const std::vector<std::string> mentions = mentions_of(notice);
  // Markdown mentions no number: whom it would not show is called in plain text.
  const bool as_markdown = markdown && std::ranges::none_of(mentions, is_mobile);
  Value body;
  body.set("msgtype", as_markdown ? "markdown" : "text");
  if (as_markdown) {
    body.set("markdown", Value::Object{{"content", markdown_of(notice, mentions)}});
  } else {
    body.set("text", text_of(notice, mentions));
  }
  return to_json(body);
}

DeliveryReport WecomRobotChannel::deliver(const OutgoingNotice& notice) {
  auto account =
      read_account(rule().account_file.value_or(""), with_route_keys({{"key", true}, {"format"}}));
  if (!account.ok()) return denied_by(account.error());
  auto markdown = wants_markdown(*account);
  if (!markdown.ok()) return denied_by(markdown.error());
  WebCall call;
  call.url = rule().target + "?key=" + percent_encoded(account->text("key"));
  call.headers = {{"Content-Type", "application/json"}};
  call.body = wecom_body(notice, *markdown);
  call.route = route_of(*account, timeouts());
  auto reply = call_web(call);
  if (!reply.ok()) return report_of(reply.error());
  return judge(*reply, "errcode", kCodes).report;
}

}  // namespace jieban
