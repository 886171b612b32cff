#include "daemons/notifier/webhook_channel.h"

#include <array>

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

// What the status of an answer says; what is not named has failed.
struct StatusMeaning {
  int first;
  int last;
  DeliveryOutcome outcome;
};

// Final is only what the gateway says of the notice itself. A door that is closed to us, or not
// there, is a matter of tokens and addresses, and somebody will mend it.
constexpr std::array<StatusMeaning, 11> kMeanings = {{
    {200, 299, DeliveryOutcome::accepted},
    {400, 400, DeliveryOutcome::rejected},  // bad request
    {401, 401, DeliveryOutcome::denied},    // no token, or a wrong one
    {402, 402, DeliveryOutcome::denied},    // the account is empty
    {403, 403, DeliveryOutcome::denied},    // not allowed
    {404, 405, DeliveryOutcome::denied},    // not this address, not this method
    {407, 407, DeliveryOutcome::denied},    // the same of a proxy
    {410, 410, DeliveryOutcome::rejected},  // gone for good
    {413, 413, DeliveryOutcome::rejected},  // too large
    {415, 415, DeliveryOutcome::rejected},  // not this kind of content
    {422, 422, DeliveryOutcome::rejected},  // understood, and wrong
}};

// Nothing can have been sent, or something may have.
DeliveryReport report_of(const Error& error) {
  bool unsent = error.code == ErrorCode::unavailable || error.code == ErrorCode::invalid;
  return {unsent ? DeliveryOutcome::failed : DeliveryOutcome::unknown, error.message};
}

}  // namespace

DeliveryOutcome outcome_of_status(int status) {
  for (const StatusMeaning& meaning : kMeanings) {
    if (status >= meaning.first && status <= meaning.last) return meaning.outcome;
  }
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
  if (outcome == DeliveryOutcome::accepted) return {outcome};
  return {outcome, "the gateway answered " + std::to_string(reply->status)};
}

}  // namespace jieban
