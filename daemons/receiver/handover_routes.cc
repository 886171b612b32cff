// The route by which those who may read what was written by hand in the log of a watch do so;
// declared in http_edge.h.
//
// The archive keeps the boxes for years and no key, the keyring here keeps the keys: whoever asks
// brings the boxes, and gets those back opened whose key lies under order id 0, where the street's
// commands have theirs. No order's text can be opened in this way. Who read what is on disk before
// the answer leaves, and the answer stands in no log.
#include <charconv>

#include "common/base/bytes.h"
#include "common/base/limits.h"
#include "common/crypto/base64.h"
#include "common/crypto/hashes.h"
#include "common/domain/handover.h"
#include "common/json/json.h"
#include "daemons/receiver/http_edge.h"
#include "daemons/receiver/problem.h"

namespace jieban {
namespace {

constexpr size_t kReaderBytesMax = 128;
constexpr uint64_t kOfTheStreet = 0;

struct AskedReading {
  HandoverReading reading;
  std::string reader;
  std::vector<SealedBox> boxes;
};

Result<std::string> short_member(const Value& body, std::string_view name) {
  const Value* found = body.find(name);
  if (found == nullptr) return std::string();
  if (found->string() == nullptr) return invalid(std::string(name) + ": 应为文字");
  if (found->string()->size() > kReaderBytesMax) return invalid(std::string(name) + ": 过长");
  return *found->string();
}

Result<Bytes> base64_member(const Value& box, std::string_view name) {
  const Value* found = box.find(name);
  const bool text = found != nullptr && found->string() != nullptr;
  auto bytes = text ? from_base64(*found->string()) : std::nullopt;
  if (!bytes) return invalid("boxes." + std::string(name) + ": 应为 Base64");
  return Bytes{std::move(*bytes)};
}

Result<void> read_boxes(const Value& body, AskedReading& asked) {
  const Value* boxes = body.find("boxes");
  const bool listed = boxes != nullptr && boxes->array() != nullptr;
  if (!listed || boxes->array()->empty() || boxes->array()->size() > kReadingBoxesMax) {
    return invalid("boxes: 应为数组，1 至 " + std::to_string(kReadingBoxesMax) + " 项");
  }
  for (const Value& each : *boxes->array()) {
    auto key_id = base64_member(each, "key_id");
    if (!key_id.ok()) return key_id.error();
    auto box = base64_member(each, "box");
    if (!box.ok()) return box.error();
    asked.boxes.push_back({std::move(*key_id), std::move(*box)});
  }
  return {};
}

Result<AskedReading> read_reading(const HttpRequest& http) {
  AskedReading asked;
  const std::string& number = http.params.find("number")->second;
  const char* end = number.data() + number.size();
  auto [rest, fault] = std::from_chars(number.data(), end, asked.reading.handover);
  if (fault != std::errc() || rest != end) return invalid("交接班编号应为数字");
  auto body = parse_json(http.body);
  if (!body.ok()) return body.error();
  if (body->object() == nullptr) return invalid("请求体应为 JSON 对象");
  auto role = short_member(*body, "role");
  if (!role.ok()) return role.error();
  auto actor = short_member(*body, "actor");
  if (!actor.ok()) return actor.error();
  asked.reading.role = *role;
  asked.reading.client = http.principal;
  asked.reader = actor->empty() ? http.principal : *actor;
  RETURN_IF_ERROR(read_boxes(*body, asked));
  return asked;
}

bool may_read(const std::string& role_text) {
  Role role{};
  return from_string(role_text, role) && role != Role::desk && kReadsHandover.has(role);
}

Value opened_value(const std::map<std::string, std::string>& texts) {
  Value named = Value::Object{};
  for (const auto& [name, text] : texts) named.set(name, text);
  Value value;
  value.set("texts", std::move(named));
  return value;
}

Value unopened_value(std::string_view why) {
  Value value;
  value.set("texts", Value()).set("why", why);
  return value;
}

// What of the boxes can be opened; notes their hashes in `asked`.
Result<Value::Array> open_boxes(const Receiver& receiver, const Sealer& sealer,
                                const Transaction& store, AskedReading& asked) {
  Value::Array answers;
  for (const SealedBox& box : asked.boxes) {
    auto key = receiver.keyring().get(store, make_key(kOfTheStreet) + box.key_id.data);
    if (!key.ok()) return key.error();
    if (!*key) {
      answers.push_back(unopened_value("密钥已不在，无法打开"));
      continue;
    }
    auto texts = sealer.open(box, (*key)->wrapped_key.data);
    if (!texts.ok()) {
      answers.push_back(unopened_value("密封内容已损坏，无法打开"));
      continue;
    }
    asked.reading.boxes.push_back(to_hex(blake2b(box.box.data)));
    answers.push_back(opened_value(*texts));
  }
  return answers;
}

}  // namespace

void HttpEdge::add_handover_routes() {
  server_->route("POST", "/api/v1/handovers/{number}/readings",
                 [this](const HttpRequest& request) { return read_handover(request); });
}

HttpResponse HttpEdge::read_handover(const HttpRequest& request) {
  if (request.body.size() > limits::kRequestBytesMax) {
    return HttpResponse::problem(413, "", "请求体过长");
  }
  auto asked = read_reading(request);
  if (!asked.ok()) return problem_of(asked.error());
  if (!may_read(asked->reading.role)) {
    return HttpResponse::problem(
        403, "", "须用 role 说明岗位；可查阅交接班手写内容的：" + to_chinese(kReadsHandover));
  }
  Result<Value::Array> answers = Value::Array();
  {
    auto store = context_->fold.environment().read();
    if (!store.ok()) return problem_of(store.error());
    answers = open_boxes(receiver_, door_->sealer(), *store, *asked);
  }
  if (!answers.ok()) return problem_of(answers.error());
  if (!asked->reading.boxes.empty()) {
    auto noted = door_->note_reading(asked->reading, asked->reader);
    if (!noted.ok()) return problem_of(noted.error());
  }
  Value value;
  value.set("handover", asked->reading.handover).set("parts", std::move(*answers));
  HttpResponse response = HttpResponse::json(200, to_json(value) + "\n");
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

}  // namespace jieban
