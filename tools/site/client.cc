#include "tools/site/client.h"

#include <array>

#include "common/json/json.h"

namespace jieban {
namespace {

struct StatusMeaning {
  int status;
  ErrorCode code;
};

constexpr std::array<StatusMeaning, 5> kMeanings = {{
    {401, ErrorCode::unauthenticated},
    {403, ErrorCode::refused},
    {404, ErrorCode::not_found},
    {409, ErrorCode::refused},
    {503, ErrorCode::full},
}};

ErrorCode code_of(int status) {
  for (const StatusMeaning& row : kMeanings) {
    if (row.status == status) return row.code;
  }
  return status >= 400 && status < 500 ? ErrorCode::invalid : ErrorCode::internal;
}

// Streams and reports are larger than what comes in at the door.
constexpr JsonLimits kAnswerLimits{.bytes_max = 64u << 20, .depth_max = 32, .nodes_max = 4'000'000};

}  // namespace

Result<DaemonClient> DaemonClient::open(const Site& site, const std::string& address,
                                        std::string token, std::string_view daemon,
                                        const HttpTimeouts& timeouts) {
  std::string who = "jieban-" + std::string(daemon) + " at " + address;
  if (token.empty()) {
    return Error{ErrorCode::unauthenticated, "no token to ask " + who + ": " + site.token_problem};
  }
  HttpTimeouts wide = timeouts;
  wide.reply_bytes_max = kAnswerLimits.bytes_max;
  auto connection = HttpConnection::open("http://" + address, wide);
  if (!connection.ok()) return connection.error().context(who);
  return DaemonClient(std::move(*connection), std::move(token), std::move(who));
}

Result<DaemonClient> DaemonClient::ops(const Site& site, std::string_view daemon,
                                       const HttpTimeouts& timeouts) {
  return open(site, site.daemon(daemon).ops_address, site.admin_token, daemon, timeouts);
}

Result<DaemonClient> DaemonClient::api(const Site& site, std::string_view daemon,
                                       std::string_view app_id, const HttpTimeouts& timeouts) {
  return open(site, site.daemon(daemon).api_address, site.client_token(app_id), daemon, timeouts);
}

Result<Answer> DaemonClient::call(const std::string& method, const std::string& target,
                                  std::string body, const std::string& media_type) {
  HttpCall call;
  call.url = target;
  call.method = method;
  call.headers = {{"Authorization", "Bearer " + token_}};
  if (!body.empty()) call.headers.emplace_back("Content-Type", media_type);
  call.body = std::move(body);
  auto reply = connection_.call(call);
  if (!reply.ok()) {
    bool ours = reply.error().code == ErrorCode::invalid || reply.error().code == ErrorCode::limit;
    ErrorCode code = ours ? reply.error().code : ErrorCode::unavailable;
    return Error{code, who_ + " does not answer: " + reply.error().message};
  }
  Answer answer{reply->status, std::move(reply->body), {}};
  auto type = reply->headers.find("content-type");
  if (type == reply->headers.end() || type->second.find("json") == std::string::npos) return answer;
  auto value = parse_json(answer.text, kAnswerLimits);
  if (!value.ok()) return value.error().context(who_);
  answer.value = std::move(*value);
  return answer;
}

Result<Value> DaemonClient::get_value(const std::string& target) {
  auto answer = get(target);
  if (!answer.ok()) return answer.error();
  return value_of(std::move(*answer));
}

Result<Value> value_of(Answer answer) {
  if (answer.status < 300) return std::move(answer.value);
  std::string words;
  for (std::string_view key : {"detail", "reason", "message", "title"}) {
    if (words.empty()) words = text_at(answer.value, key);
  }
  if (words.empty()) words = "HTTP " + std::to_string(answer.status);
  return Error{code_of(answer.status), std::move(words)};
}

std::string scalar_text(const Value& value) {
  if (const std::string* text = value.string()) return *text;
  if (value.is_null()) return {};
  return to_json(value);
}

std::string text_at(const Value& value, std::string_view key) {
  const Value* member = value.find(key);
  return member == nullptr ? std::string() : scalar_text(*member);
}

int64_t integer_at(const Value& value, std::string_view key) {
  const Value* member = value.find(key);
  if (member == nullptr) return 0;
  if (const int64_t* number = member->integer()) return *number;
  if (const double* number = member->number()) return int64_t(*number);
  return 0;
}

bool boolean_at(const Value& value, std::string_view key) {
  const Value* member = value.find(key);
  return member != nullptr && member->boolean() != nullptr && *member->boolean();
}

const Value::Array& array_at(const Value& value, std::string_view key) {
  static const Value::Array kNone;
  const Value* member = value.find(key);
  return member != nullptr && member->array() != nullptr ? *member->array() : kNone;
}

}  // namespace jieban
