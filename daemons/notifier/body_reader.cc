#include "daemons/notifier/body_reader.h"

#include <algorithm>

#include "common/json/json.h"
#include "daemons/notifier/safe_text.h"

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
  return of_object(std::move(*value), known);
}

Result<BodyReader> BodyReader::of_object(Value value,
                                         std::initializer_list<std::string_view> known) {
  if (value.object() == nullptr) return invalid("请求体应为 JSON 对象");
  for (const auto& [name, member] : *value.object()) {
    if (std::ranges::find(known, name) != known.end()) continue;
    std::string names;
    for (std::string_view each : known) names += (names.empty() ? "" : ", ") + std::string(each);
    return invalid("有不认识的字段；可用：" + names);
  }
  return BodyReader(std::move(value));
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

Result<std::string> BodyReader::words(std::string_view name, size_t bytes_max) const {
  auto text = optional(name, bytes_max);
  if (!text.ok()) return text.error();
  return safe_text(*text);
}

Result<std::string> BodyReader::made_up_name(std::string_view name, size_t bytes_max) const {
  auto text = optional(name, bytes_max);
  if (!text.ok() || is_safe_text(*text)) return text;
  return about(name, "不能含7位以上的连续数字（可能是电话号码）；日期请写成 2026-07-18");
}

Result<std::optional<Timestamp>> BodyReader::optional_time(std::string_view name) const {
  auto text = optional(name, kTimeBytesMax);
  if (!text.ok()) return text.error();
  if (text->empty()) return std::optional<Timestamp>();
  auto at = parse_local(*text);
  if (!at) return about(name, "写法如 2026-07-18 12:00:00");
  return at;
}

Result<Timestamp> BodyReader::required_time(std::string_view name) const {
  auto at = optional_time(name);
  if (!at.ok()) return at.error();
  if (!*at) return about(name, "缺少该字段");
  return **at;
}

Result<bool> BodyReader::flag(std::string_view name) const {
  const Value* found = body_.find(name);
  if (found == nullptr) return false;
  if (found->boolean() == nullptr) return about(name, "应为 true 或 false");
  return *found->boolean();
}

Result<uint64_t> BodyReader::count(std::string_view name, uint64_t count_max) const {
  const Value* found = body_.find(name);
  if (found == nullptr) return uint64_t{0};
  const int64_t* number = found->integer();
  if (number == nullptr || *number < 0 || uint64_t(*number) > count_max) {
    return about(name, "应为 0 至 " + std::to_string(count_max) + " 的整数");
  }
  return uint64_t(*number);
}

Result<std::vector<BodyReader>> BodyReader::objects(
    std::string_view name, size_t count_max, std::initializer_list<std::string_view> known) const {
  std::vector<BodyReader> objects;
  const Value* found = body_.find(name);
  if (found == nullptr) return objects;
  if (found->array() == nullptr) return about(name, "应为数组");
  if (found->array()->size() > count_max) {
    return Error{ErrorCode::limit, std::string(name) + ": 过多"};
  }
  for (const Value& each : *found->array()) {
    auto object = of_object(each, known);
    if (!object.ok()) return object.error().context(name);
    objects.push_back(std::move(*object));
  }
  return objects;
}

}  // namespace jieban
