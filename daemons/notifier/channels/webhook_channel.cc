#include "daemons/notifier/channels/webhook_channel.h"

#include "common/base/bytes.h"
#include "common/base/file.h"
#include "common/crypto/hashes.h"
#include "daemons/notifier/channels/account_file.h"
#include "daemons/notifier/channels/gateway_reply.h"

namespace jieban {
namespace {

constexpr size_t kTokenBytesMax = 4096;

Result<std::string> read_token(const std::string& path) {
  auto token = read_file(path, kTokenBytesMax);
  if (!token.ok()) return token.error();
  token->erase(token->find_last_not_of(" \r\n") + 1);
  if (token->empty()) return invalid(path + " is empty");
  return token;
}

}  // namespace

std::string webhook_signature(std::string_view secret, int64_t timestamp_ms,
                              std::string_view body) {
  const std::string text = std::to_string(timestamp_ms) + "." + std::string(body);
  return "sha256=" + to_hex(hmac_sha256(secret, text));
}

DeliveryReport WebhookChannel::deliver(const OutgoingNotice& notice) {
  Account account;
  if (rule().account_file) {
    auto found = read_account(*rule().account_file, with_route_keys({{"secret"}}));
    if (!found.ok()) return denied_by(found.error());
    account = std::move(*found);
  }
  WebCall call;
  call.url = rule().target;
  call.headers = {{"Content-Type", "application/cloudevents+json; charset=utf-8"},
                  {"Idempotency-Key", notice.notice_id}};
  if (rule().token_file) {
    auto token = read_token(*rule().token_file);
    if (!token.ok()) return denied_by(token.error().context("token"));
    call.headers.emplace_back("Authorization", "Bearer " + *token);
  }
  call.body = notice_json(notice);
  if (account.has("secret")) {
    const int64_t now_ms = to_micros(clock().now()) / 1000;
    call.headers.emplace_back("X-Jieban-Timestamp", std::to_string(now_ms));
    call.headers.emplace_back("X-Jieban-Signature",
                              webhook_signature(account.text("secret"), now_ms, call.body));
  }
  call.route = route_of(account, timeouts());
  call.reply_body = ReplyBody::cut;
  auto reply = call_web(call);
  return reply.ok() ? report_of_status(*reply) : report_of(reply.error());
}

}  // namespace jieban
