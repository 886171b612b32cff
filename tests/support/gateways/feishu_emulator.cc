#include "tests/support/gateways/feishu_emulator.h"

#include <cstdlib>

#include "common/crypto/base64.h"
#include "common/crypto/hashes.h"
#include "common/json/json.h"

namespace jieban {
namespace {

constexpr int64_t kBadRequest = 9499;
constexpr int64_t kNoSuchRobot = 19001;
constexpr size_t kBodyMax = 20'480;

}  // namespace

FeishuEmulator::FeishuEmulator(const Clock& clock, std::string id, std::string secret)
    : RobotEmulator(clock),
      id_(std::move(id)),
      secret_(std::move(secret)),
      second_(5, std::chrono::seconds(1)),
      minute_(100, std::chrono::minutes(1)) {
  open("/open-apis/bot/v2/hook/{id}");
}

// Seconds within an hour, and HMAC-SHA256 of nothing under "time \n secret".
bool FeishuEmulator::is_signed(const Value& body) const {
  if (secret_.empty()) return true;
  const std::string* timestamp = body.find("timestamp")->string();
  const std::string* sign = body.find("sign")->string();
  if (timestamp == nullptr || sign == nullptr || timestamp->size() != 10) return false;
  const int64_t away = std::atoll(timestamp->c_str()) - to_micros(now()) / 1'000'000;
  return std::abs(away) <= 3600 && *sign == to_base64(hmac_sha256(*timestamp + "\n" + secret_, ""));
}

int64_t FeishuEmulator::judge(const HttpRequest& request, Value& message) {
  if (request.params.at("id") != id_ || !request.query.empty()) return kNoSuchRobot;
  auto body = parse_json(request.body);
  if (!body.ok() || request.body.size() > kBodyMax ||
      request.header("content-type") != "application/json") {
    return kBadRequest;
  }
  std::vector<std::string> keys = {"msg_type", "content"};
  if (!secret_.empty()) keys.insert(keys.begin(), {"timestamp", "sign"});
  if (!has_shape(&*body, keys)) return secret_.empty() ? kBadRequest : 19021;
  if (!is_signed(*body)) return 19021;
  const Value* content = body->find("content");
  if (*body->find("msg_type") != Value("text") || !has_shape(content, {"text"})) {
    return kBadRequest;
  }
  if (second_.full(now()) || minute_.full(now())) return 11232;
  second_.add(now());
  minute_.add(now());
  message = *body;
  return 0;
}

std::string FeishuEmulator::reply(int64_t code) const {
  Value answer;
  answer.set("code", code);
  answer.set("msg", code == 0 ? "success" : "sign match fail 13800138000");
  answer.set("data", Value::Object{});
  if (code == 0) {
    answer.set("StatusCode", 0);
    answer.set("StatusMessage", "success");
  }
  return to_json(answer);
}

}  // namespace jieban
