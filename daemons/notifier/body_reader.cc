#include "daemons/notifier/body_reader.h"

#include <algorithm>

#include "common/json/json.h"

namespace jieban {
namespace {

constexpr size_t kTimeBytesMax = 32;

Error about(std::string_view name, std::string_view what) {
  return invalid(std::string(name) + ": " + std::string(what));
}

}  // namespace

Result<BodyReader> BodyReader::parse(std::string_view body,
                                     std::initializer_list<std::string_view> known) {
  auto value = parse_json(body);
  if (!value.ok()) return value.error();
  if (value->object() == nullptr) return invalid("请求体应为 JSON 对象");
  for (const auto& [name, member] : *value->object()) {
    if (std::ranges::find(known, name) != known.end()) continue;
    std::string names;
    for (std::string_view each : known) names += (names.empty() ? "" : ", ") + std::string(each);
    return invalid("有不认识的字段；可用：" + names);
  }
  return BodyReader(std::move(*value));
}

Result<std::string> BodyReader::optional(std::string_view name, size_t bytes_max) const {
  const Value* found = body_.find(name);
  if (found == nullptr) return std::string();
  if (found->string() == nullptr) return about(name, "应为文字");
  if (found->string()->size() > bytes_max) {
    return Error{ErrorCode::limit, std::string(name) + ": 过长"};
  }
  return *found->string();
}

Result<std::string> BodyReader::required(std::string_view name, size_t bytes_max) const {
  auto text = optional(name, bytes_max);
  if (text.ok() && text->empty()) return about(name, "缺少该字段");
  return text;
}

Result<std::optional<Timestamp>> BodyReader::time(std::string_view name) const {
  auto text = optional(name, kTimeBytesMax);
  if (!text.ok()) return text.error();
  if (text->empty()) return std::optional<Timestamp>();
  auto at = parse_local(*text);
  if (!at) return about(name, "写法如 2026-07-18 12:00:00");
  return at;
}

}  // namespace jieban
