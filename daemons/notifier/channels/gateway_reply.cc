#include "daemons/notifier/channels/gateway_reply.h"

#include <algorithm>
#include <charconv>

#include "common/base/bytes.h"
#include "common/base/encoding.h"
#include "common/json/json.h"

namespace jieban {
namespace {

using enum DeliveryOutcome;

// A gateway that says more than this asks for something else than patience.
constexpr Duration kHoldMax = std::chrono::minutes(10);

struct StatusMeaning {
  int first;
  int last;
  DeliveryOutcome outcome;
};

// What is not named has failed. Final is only what is said of the notice itself; a door that is
// closed to us, or not there, is a matter of tokens and addresses. A gateway that broke off in the
// middle (500), or one between that lost its answer (502, 504), may have sent it.
constexpr StatusMeaning kStatuses[] = {
    {200, 299, accepted}, {400, 400, rejected},  // bad request
    {401, 401, denied},                          // no token, or a wrong one
    {402, 402, denied},                          // the account is empty
    {403, 403, denied},                          // not allowed
    {404, 405, denied},                          // not this address, not this method
    {407, 407, denied},                          // the same of a proxy
    {410, 410, rejected},                        // gone for good
    {413, 413, rejected},                        // too large
    {415, 415, rejected},                        // not this kind of content
    {422, 422, rejected},                        // understood, and wrong
    {500, 500, unknown},                         // broke off
    {502, 502, unknown},                         // a proxy without an answer
    {504, 504, unknown},                         // a proxy that did not wait
};

std::optional<Duration> hold_of(const WebReply& reply) {
  if (reply.status != 429 && reply.status != 503) return std::nullopt;
  std::string_view text = reply.header("retry-after");
  int64_t seconds = 0;
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  bool whole = failure == std::errc() && end == text.data() + text.size();
  if (!whole || seconds <= 0) return std::nullopt;
  return std::min<Duration>(kHoldMax, std::chrono::seconds(std::min<int64_t>(seconds, 3600)));
}

// The words beside the code may be in GBK, or cut within a character: they are nobody's concern.
Result<Value> read_reply(const std::string& body) {
  if (is_utf8(body)) return parse_json(body);
  if (auto text = gb18030_to_utf8(body); text.ok()) {
    auto value = parse_json(*text);
    if (value.ok()) return value;
  }
  std::string plain = body;
  std::ranges::replace_if(
      plain, [](char c) { return static_cast<unsigned char>(c) >= 0x80; }, '?');
  return parse_json(plain);
}

std::optional<int64_t> code_in(const WebReply& reply, std::string_view key) {
  auto value = read_reply(reply.body);
  if (!value.ok() || value->object() == nullptr) return std::nullopt;
  const Value* found = value->find(key);
  if (found == nullptr || found->integer() == nullptr) return std::nullopt;
  return *found->integer();
}

}  // namespace

DeliveryReport report_of(const Error& error) {
  if (error.code == ErrorCode::refused) return denied_by(error);  // by the proxy
  bool unsent = error.code == ErrorCode::unavailable || error.code == ErrorCode::invalid;
  return {unsent ? failed : unknown, error.message};
}

DeliveryReport denied_by(const Error& error) { return {denied, error.message}; }

DeliveryOutcome outcome_of_status(int status) {
  for (const StatusMeaning& meaning : kStatuses) {
    if (status >= meaning.first && status <= meaning.last) return meaning.outcome;
  }
  return failed;
}

DeliveryReport report_of_status(const WebReply& reply) {
  DeliveryReport report{outcome_of_status(reply.status)};
  if (report.outcome == accepted) return report;
  report.error = "the gateway answered " + std::to_string(reply.status);
  report.hold = hold_of(reply);
  return report;
}

DeliveryReport report_of_code(int64_t code, std::span<const CodeMeaning> meanings) {
  if (code == 0) return {accepted};
  DeliveryReport report{failed, "the gateway answered code " + std::to_string(code)};
  for (const CodeMeaning& meaning : meanings) {
    if (meaning.code == code) report.outcome = meaning.outcome;
  }
  report.code = std::to_string(code);
  return report;
}

// Well by its code and ill by its status, or the other way round without a code: it may be out.
Judgement judge(const WebReply& reply, std::string_view key,
                std::span<const CodeMeaning> meanings) {
  constexpr int kOk = 200;
  auto code = code_in(reply, key);
  if (code && (*code != 0 || reply.status == kOk)) return {report_of_code(*code, meanings), code};
  DeliveryReport report = report_of_status(reply);
  if (report.outcome == rejected) report.outcome = failed;
  if (code || report.outcome == accepted) {
    report = {unknown, "the gateway answered " + std::to_string(reply.status) +
                           (code ? " with code 0" : " without a code")};
  }
  return {report, code};
}

}  // namespace jieban
