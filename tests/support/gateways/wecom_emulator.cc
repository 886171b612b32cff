#include "tests/support/gateways/wecom_emulator.h"

#include "common/json/json.h"

namespace jieban {
namespace {

constexpr int64_t kBadParameter = 40058;
constexpr int64_t kEmpty = 44004;
constexpr int64_t kTooLong = 45002;
constexpr size_t kTextMax = 2048;
constexpr size_t kMarkdownMax = 4096;

bool is_list_of_texts(const Value* value) {
  if (value == nullptr) return true;
  if (value->array() == nullptr) return false;
  for (const Value& item : *value->array()) {
    if (item.string() == nullptr) return false;
  }
  return true;
}

int64_t judge_content(const Value* part, size_t most) {
  const Value* content = part->find("content");
  if (content == nullptr || content->string() == nullptr) return kBadParameter;
  if (content->string()->empty()) return kEmpty;
  return content->string()->size() > most ? kTooLong : 0;
}

int64_t judge_body(const Value& body) {
  const Value* type = body.find("msgtype");
  const std::string* kind = type != nullptr ? type->string() : nullptr;
  if (kind == nullptr || (*kind != "text" && *kind != "markdown")) return 40008;
  if (!has_shape(&body, {"msgtype", *kind})) return kBadParameter;
  const Value* part = body.find(*kind);
  if (*kind == "markdown") {
    return has_shape(part, {"content"}) ? judge_content(part, kMarkdownMax) : kBadParameter;
  }
  const bool shaped = has_shape(part, {"content", "?mentioned_list", "?mentioned_mobile_list"}) &&
                      is_list_of_texts(part->find("mentioned_list")) &&
                      is_list_of_texts(part->find("mentioned_mobile_list"));
  return shaped ? judge_content(part, kTextMax) : kBadParameter;
}

}  // namespace

WecomEmulator::WecomEmulator(const Clock& clock, std::string key)
    : RobotEmulator(clock), key_(std::move(key)), minute_(20, std::chrono::minutes(1)) {
  open("/cgi-bin/webhook/send");
}

int64_t WecomEmulator::judge(const HttpRequest& request, Value& message) {
  if (request.query.size() != 1 || !request.query.contains("key") ||
      request.query.at("key") != key_) {
    return 93000;
  }
  if (request.header("content-type") != "application/json") return kBadParameter;
  auto body = parse_json(request.body);
  if (!body.ok()) return 47001;
  if (int64_t code = judge_body(*body); code != 0) return code;
  if (minute_.full(now())) return 45009;
  minute_.add(now());
  message = *body;
  return 0;
}

std::string WecomEmulator::reply(int64_t code) const {
  Value answer;
  answer.set("errcode", code);
  answer.set("errmsg", code == 0 ? "ok" : "invalid webhook url, hint: 13800138000");
  return to_json(answer);
}

}  // namespace jieban
