#include "tests/support/gateways/dingtalk_emulator.h"

#include <cstdlib>

#include "common/crypto/base64.h"
#include "common/crypto/hashes.h"
#include "common/json/json.h"

namespace jieban {
namespace {

constexpr int64_t kBadParameter = 40035;
using Names = std::vector<std::string>;

constexpr size_t kTextMax = 20'000;

bool is_named(const Value& names, const std::string& text) {
  for (const Value& name : *names.array()) {
    if (text.find("@" + *name.string()) == std::string::npos) return false;
  }
  return true;
}

int64_t judge_body(const Value& body) {
  const Value* type = body.find("msgtype");
  const std::string* kind = type != nullptr ? type->string() : nullptr;
  if (kind == nullptr || (*kind != "text" && *kind != "markdown")) return kBadParameter;
  if (!has_shape(&body, {"msgtype", *kind, "?at"})) return kBadParameter;
  const Value* at = body.find("at");
  if (at != nullptr && !has_shape(at, {"?atMobiles", "?atUserIds", "?isAtAll"})) {
    return kBadParameter;
  }
  const Value* part = body.find(*kind);
  const bool text_only = *kind == "text";
  if (!has_shape(part, text_only ? Names{"content"} : Names{"title", "text"})) return kBadParameter;
  const std::string& text = *part->find(text_only ? "content" : "text")->string();
  if (text.empty() || text.size() > kTextMax) return kBadParameter;
  const Value* mobiles = at != nullptr ? at->find("atMobiles") : nullptr;
  return text_only || mobiles == nullptr || is_named(*mobiles, text) ? 0 : kBadParameter;
}

}  // namespace

DingtalkEmulator::DingtalkEmulator(const Clock& clock, std::string token, std::string secret)
    : RobotEmulator(clock),
      token_(std::move(token)),
      secret_(std::move(secret)),
      minute_(20, std::chrono::minutes(1)) {
  open("/robot/send");
}

// Milliseconds within an hour, and HMAC-SHA256 under the secret of "time \n secret".
bool DingtalkEmulator::is_signed(const HttpRequest& request) const {
  if (secret_.empty()) return request.query.size() == 1;
  if (!request.query.contains("timestamp") || !request.query.contains("sign")) return false;
  const std::string& timestamp = request.query.at("timestamp");
  const int64_t away = std::atoll(timestamp.c_str()) - to_micros(now()) / 1000;
  if (timestamp.size() != 13 || std::abs(away) > 3'600'000) return false;
  return request.query.at("sign") == to_base64(hmac_sha256(secret_, timestamp + "\n" + secret_));
}

int64_t DingtalkEmulator::judge(const HttpRequest& request, Value& message) {
  if (!request.query.contains("access_token") || request.query.at("access_token") != token_) {
    return 300001;
  }
  if (!is_signed(request)) return 310000;
  if (request.header("content-type") != "application/json") return kBadParameter;
  auto body = parse_json(request.body);
  if (!body.ok()) return kBadParameter;
  if (int64_t code = judge_body(*body); code != 0) return code;
  if (now() < blocked_until_) return 130101;
  if (minute_.full(now())) {
    blocked_until_ = now() + std::chrono::minutes(10);
    return 130101;
  }
  minute_.add(now());
  message = *body;
  return 0;
}

std::string DingtalkEmulator::reply(int64_t code) const {
  Value answer;
  answer.set("errcode", code);
  answer.set("errmsg", code == 0 ? "ok" : "sign not match 13800138000");
  return to_json(answer);
}

}  // namespace jieban
