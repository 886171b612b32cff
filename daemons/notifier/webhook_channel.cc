#include "daemons/notifier/webhook_channel.h"

#include "common/base/file.h"
#include "common/http/client.h"

namespace jieban {
namespace {

constexpr size_t kTokenBytesMax = 4096;
constexpr size_t kReplyBytesMax = 64 * 1024;  // only the status counts

Result<std::string> read_token(const std::string& path) {
  auto token = read_file(path, kTokenBytesMax);
  if (!token.ok()) return token.error();
  token->erase(token->find_last_not_of(" \r\n") + 1);
  if (token->empty()) return invalid(path + " is empty");
  return token;
}

// Nothing can have been sent, or something may have.
DeliveryReport report_of(const Error& error) {
  bool unsent = error.code == ErrorCode::unavailable || error.code == ErrorCode::invalid;
  return {unsent ? DeliveryOutcome::failed : DeliveryOutcome::unknown, error.message};
}

}  // namespace

DeliveryOutcome outcome_of_status(int status) {
  constexpr int kRequestTimeout = 408;
  constexpr int kTooManyRequests = 429;
  if (status >= 200 && status < 300) return DeliveryOutcome::delivered;
  if (status == kRequestTimeout || status == kTooManyRequests) return DeliveryOutcome::failed;
  if (status >= 400 && status < 500) return DeliveryOutcome::rejected;
  return DeliveryOutcome::failed;
}

DeliveryReport WebhookChannel::deliver(const OutgoingNotice& notice) {
  HttpCall call;
  call.url = rule_.target;
  call.method = "POST";
  call.headers = {{"Content-Type", "application/json; charset=utf-8"},
                  {"Idempotency-Key", notice.notice_id}};
  if (rule_.token_file) {
    auto token = read_token(*rule_.token_file);
    if (!token.ok()) return {DeliveryOutcome::failed, token.error().context("token").message};
    call.headers.emplace_back("Authorization", "Bearer " + *token);
  }
  call.body = notice_json(notice);
  call.timeouts.connect = timeouts_.connect;
  call.timeouts.read = timeouts_.reply;
  call.timeouts.reply = timeouts_.reply;
  call.timeouts.reply_bytes_max = kReplyBytesMax;
  auto reply = http_call(call);
  if (!reply.ok()) return report_of(reply.error());
  DeliveryOutcome outcome = outcome_of_status(reply->status);
  if (outcome == DeliveryOutcome::delivered) return {outcome};
  return {outcome, "the gateway answered " + std::to_string(reply->status)};
}

}  // namespace jieban
