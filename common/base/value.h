// Value: a plain tree (JSON, YAML and MessagePack all map onto it) for the edges of the house.
//
// Cores use typed structs; a Value is what a door parses into and what a query answers with.
// Objects keep the order of their keys; a parser that fills one refuses duplicate keys.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace jieban {

class Value {
 public:
  using Array = std::vector<Value>;
  using Object = std::vector<std::pair<std::string, Value>>;

  Value() = default;
  Value(bool value) : data_(value) {}                           // NOLINT(*-explicit-*)
  Value(int64_t value) : data_(value) {}                        // NOLINT(*-explicit-*)
  Value(int value) : data_(int64_t(value)) {}                   // NOLINT(*-explicit-*)
  Value(uint64_t value) : data_(value) {}                       // NOLINT(*-explicit-*)
  Value(double value) : data_(value) {}                         // NOLINT(*-explicit-*)
  Value(std::string value) : data_(std::move(value)) {}         // NOLINT(*-explicit-*)
  Value(std::string_view value) : data_(std::string(value)) {}  // NOLINT(*-explicit-*)
  Value(const char* value) : data_(std::string(value)) {}       // NOLINT(*-explicit-*)
  Value(Array value) : data_(std::move(value)) {}               // NOLINT(*-explicit-*)
  Value(Object value) : data_(std::move(value)) {}              // NOLINT(*-explicit-*)

  bool is_null() const { return data_.index() == 0; }
  const bool* boolean() const { return std::get_if<bool>(&data_); }
  const int64_t* integer() const { return std::get_if<int64_t>(&data_); }
  // Only numbers above INT64_MAX are held unsigned by a parser.
  const uint64_t* unsigned_integer() const { return std::get_if<uint64_t>(&data_); }
  const double* number() const { return std::get_if<double>(&data_); }
  const std::string* string() const { return std::get_if<std::string>(&data_); }
  const Array* array() const { return std::get_if<Array>(&data_); }
  const Object* object() const { return std::get_if<Object>(&data_); }
  Array* array() { return std::get_if<Array>(&data_); }
  Object* object() { return std::get_if<Object>(&data_); }

  // The member of an object; nullptr when this is no object or has no such key.
  const Value* find(std::string_view key) const;
  // Appends to an object. REQUIRES: an object or null (which becomes one).
  Value& set(std::string key, Value value);
  // Appends to an array. REQUIRES: an array or null (which becomes one).
  void push(Value value);
  // "null", "boolean", "integer", "number", "string", "array" or "object": for error messages.
  std::string_view kind() const;

  bool operator==(const Value&) const = default;

 private:
  std::variant<std::monostate, bool, int64_t, uint64_t, double, std::string, Array, Object> data_;
};

}  // namespace jieban
