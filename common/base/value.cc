#include "common/base/value.h"

#include <array>

#include "common/base/check.h"

namespace jieban {

const Value* Value::find(std::string_view key) const {
  const Object* members = object();
  if (!members) return nullptr;
  for (const auto& [name, value] : *members) {
    if (name == key) return &value;
  }
  return nullptr;
}

Value& Value::set(std::string key, Value value) {
  if (is_null()) data_ = Object{};
  Object* members = object();
  CHECK(members != nullptr);
  members->emplace_back(std::move(key), std::move(value));
  return *this;
}

void Value::push(Value value) {
  if (is_null()) data_ = Array{};
  Array* items = array();
  CHECK(items != nullptr);
  items->push_back(std::move(value));
}

std::string_view Value::kind() const {
  static constexpr std::array<std::string_view, 8> kNames = {
      "null", "boolean", "integer", "integer", "number", "string", "array", "object"};
  return kNames[data_.index()];
}

}  // namespace jieban
