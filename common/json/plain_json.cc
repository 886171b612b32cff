#include "common/json/plain_json.h"

#include <simdjson.h>

#include <algorithm>
#include <cstring>
#include <vector>

namespace jieban {
namespace {

namespace dom = simdjson::dom;

// A parser may need 15 times the text before it tells that a limit is exceeded: longer texts are
// for the one that stops there.
constexpr size_t kPlainBytesMax = size_t{1024} * 1024;
// Up to this length of the text its thread keeps the parser.
constexpr size_t kKeptBytesMax = size_t{256} * 1024;
// Below this many members each key is compared with all before it.
constexpr size_t kScanMembersMax = 16;

// One of 64 bits for a key: keys with different bits are different.
uint64_t key_bit(std::string_view key) {
  if (key.empty()) return 1;
  const auto first = static_cast<unsigned char>(key.front());
  const auto last = static_cast<unsigned char>(key.back());
  return uint64_t{1} << ((key.size() * 31 + first * 7U + last) % 64);
}

bool has_duplicate(const Value::Object& members) {
  if (members.size() > kScanMembersMax) {
    std::vector<std::string_view> keys;
    keys.reserve(members.size());
    for (const auto& member : members) keys.emplace_back(member.first);
    std::sort(keys.begin(), keys.end());
    return std::adjacent_find(keys.begin(), keys.end()) != keys.end();
  }
  uint64_t seen = 0;
  for (size_t i = 0; i < members.size(); ++i) {
    const std::string& key = members[i].first;
    const uint64_t bit = key_bit(key);
    const bool maybe = (seen & bit) != 0;
    seen |= bit;
    for (size_t k = 0; maybe && k < i; ++k) {
      if (members[k].first == key) return true;
    }
  }
  return false;
}

// Copies the parser's tree; false to give up.
class TreeCopy {
 public:
  explicit TreeCopy(const JsonLimits& json_limits) : limits_(json_limits) {}

  bool copy(dom::element from, Value& to) {
    if (++node_count_ > limits_.nodes_max) return false;
    switch (from.type()) {
      case dom::element_type::STRING:
        to = Value(from.get_string().value_unsafe());
        return true;
      case dom::element_type::INT64:
        to = Value(from.get_int64().value_unsafe());
        return true;
      case dom::element_type::UINT64:
        to = Value(from.get_uint64().value_unsafe());
        return true;
      case dom::element_type::DOUBLE:
        to = Value(from.get_double().value_unsafe());
        return true;
      case dom::element_type::BOOL:
        to = Value(from.get_bool().value_unsafe());
        return true;
      case dom::element_type::NULL_VALUE:
        return true;
      case dom::element_type::ARRAY:
        return copy_array(from.get_array().value_unsafe(), to);
      case dom::element_type::OBJECT:
        return copy_object(from.get_object().value_unsafe(), to);
    }
    return false;
  }

 private:
  bool copy_array(dom::array from, Value& to) {
    if (++depth_ > limits_.depth_max) return false;
    to = Value(Value::Array{});
    Value::Array& items = *to.array();
    items.reserve(from.size());
    for (dom::element item : from) {
      if (!copy(item, items.emplace_back())) return false;
    }
    --depth_;
    return true;
  }

  bool copy_object(dom::object from, Value& to) {
    if (++depth_ > limits_.depth_max) return false;
    to = Value(Value::Object{});
    Value::Object& members = *to.object();
    members.reserve(from.size());
    for (dom::key_value_pair member : from) {
      if (!copy(member.value, members.emplace_back(member.key, Value()).second)) return false;
    }
    --depth_;
    return !has_duplicate(members);
  }

  const JsonLimits& limits_;
  size_t node_count_ = 0;
  size_t depth_ = 0;
};

struct Parser {
  dom::parser parser;
  std::vector<char> padded;  // the library reads beyond the end of what it is given

  std::optional<Value> parse(std::string_view text, const JsonLimits& json_limits) {
    const size_t size = text.size() + simdjson::SIMDJSON_PADDING;
    if (padded.size() < size) padded.resize(size);
    std::memcpy(padded.data(), text.data(), text.size());
    std::memset(padded.data() + text.size(), 0, simdjson::SIMDJSON_PADDING);
    dom::element root;
    constexpr bool kIsPadded = false;  // what the library asks is whether to copy
    if (parser.parse(padded.data(), text.size(), kIsPadded).get(root) != simdjson::SUCCESS) {
      return std::nullopt;
    }
    Value value;
    if (!TreeCopy(json_limits).copy(root, value)) return std::nullopt;
    return value;
  }
};

// How surrogates pair differs between the versions of the library.
bool has_surrogate_escape(std::string_view text) {
  for (size_t at = text.find("\\u"); at != std::string_view::npos; at = text.find("\\u", at + 2)) {
    if (at + 2 < text.size() && (text[at + 2] == 'd' || text[at + 2] == 'D')) return true;
  }
  return false;
}

}  // namespace

std::optional<Value> parse_plain_json(std::string_view text, const JsonLimits& json_limits) {
  if (text.empty() || text.size() > kPlainBytesMax) return std::nullopt;
  if (has_surrogate_escape(text)) return std::nullopt;
  if (text.size() > kKeptBytesMax) return Parser().parse(text, json_limits);
  static thread_local Parser kept;
  return kept.parse(text, json_limits);
}

}  // namespace jieban
