#include "common/wire/payload.h"

#include <msgpack.hpp>

#include "common/base/bytes.h"
#include "common/base/limits.h"

namespace jieban {
namespace wire_detail {
namespace {

const msgpack::object& object_of(const void* object) {
  return *static_cast<const msgpack::object*>(object);
}

std::string_view text_of(const msgpack::object& object) {
  return {object.via.str.ptr, object.via.str.size};
}

bool has_duplicate_keys(const msgpack::object_map& map) {
  uint64_t seen = 0;
  for (uint32_t i = 0; i < map.size; ++i) {
    const uint64_t bit = key_bit(text_of(map.ptr[i].key));
    const bool maybe = (seen & bit) != 0;
    seen |= bit;
    for (uint32_t k = 0; maybe && k < i; ++k) {
      if (text_of(map.ptr[i].key) == text_of(map.ptr[k].key)) return true;
    }
  }
  return false;
}

// Maps with hundreds of keys would make the duplicate search quadratic; ours have dozens.
constexpr uint32_t kMapKeysMax = 256;

const char* check(const msgpack::object& object);

const char* check_map(const msgpack::object_map& map) {
  if (map.size > kMapKeysMax) return "a map has too many keys";
  for (uint32_t i = 0; i < map.size; ++i) {
    if (map.ptr[i].key.type != msgpack::type::STR) return "a key is not a string";
    if (const char* wrong = check(map.ptr[i].key)) return wrong;
    if (const char* wrong = check(map.ptr[i].val)) return wrong;
  }
  return has_duplicate_keys(map) ? "a key stands twice" : nullptr;
}

// What is wrong with the tree, or nullptr. Depth is bounded by the unpack limit.
const char* check(const msgpack::object& object) {
  switch (object.type) {
    case msgpack::type::STR:
      return is_utf8(text_of(object)) ? nullptr : "a string is not UTF-8";
    case msgpack::type::MAP:
      return check_map(object.via.map);
    case msgpack::type::ARRAY:
      for (uint32_t i = 0; i < object.via.array.size; ++i) {
        if (const char* wrong = check(object.via.array.ptr[i])) return wrong;
      }
      return nullptr;
    case msgpack::type::EXT:
      return "extension types are not used";
    default:
      return nullptr;
  }
}

bool keep_reference(msgpack::type::object_type, size_t, void*) { return true; }

Error damaged(std::string_view why) {
  return Error{ErrorCode::corrupt, "payload: " + std::string(why)};
}

}  // namespace

bool Item::read(bool& out) const {
  const auto& object = object_of(object_);
  if (object.type != msgpack::type::BOOLEAN) return false;
  out = object.via.boolean;
  return true;
}
bool Item::read(int64_t& out) const {
  const auto& object = object_of(object_);
  if (object.type == msgpack::type::NEGATIVE_INTEGER) {
    out = object.via.i64;
    return true;
  }
  if (object.type != msgpack::type::POSITIVE_INTEGER || object.via.u64 > uint64_t(INT64_MAX)) {
    return false;
  }
  out = int64_t(object.via.u64);
  return true;
}
bool Item::read(uint64_t& out) const {
  const auto& object = object_of(object_);
  if (object.type != msgpack::type::POSITIVE_INTEGER) return false;
  out = object.via.u64;
  return true;
}
bool Item::read(std::string& out) const {
  const auto& object = object_of(object_);
  if (object.type != msgpack::type::STR) return false;
  out = text_of(object);
  return true;
}
bool Item::read(Bytes& out) const {
  const auto& object = object_of(object_);
  if (object.type != msgpack::type::BIN) return false;
  out.data.assign(object.via.bin.ptr, object.via.bin.size);
  return true;
}
bool Item::read(Timestamp& out) const {
  int64_t micros = 0;
  if (!read(micros)) return false;
  out = from_micros(micros);
  return true;
}

bool Item::is_map() const { return object_of(object_).type == msgpack::type::MAP; }
bool Item::is_array() const { return object_of(object_).type == msgpack::type::ARRAY; }
size_t Item::size() const {
  const auto& object = object_of(object_);
  return is_map() ? object.via.map.size : object.via.array.size;
}
Item Item::element(size_t index) const { return Item(&object_of(object_).via.array.ptr[index]); }
std::string_view Item::key(size_t index) const {
  return text_of(object_of(object_).via.map.ptr[index].key);
}
uint64_t Item::key_bits() const {
  const auto& map = object_of(object_).via.map;
  uint64_t bits = 0;
  for (uint32_t i = 0; i < map.size; ++i) bits |= key_bit(text_of(map.ptr[i].key));
  return bits;
}
Item Item::value(size_t index) const { return Item(&object_of(object_).via.map.ptr[index].val); }

Value Item::to_value() const {
  const auto& object = object_of(object_);
  switch (object.type) {
    case msgpack::type::BOOLEAN:
      return Value(object.via.boolean);
    case msgpack::type::POSITIVE_INTEGER:
      return object.via.u64 > uint64_t(INT64_MAX) ? Value(object.via.u64)
                                                  : Value(int64_t(object.via.u64));
    case msgpack::type::NEGATIVE_INTEGER:
      return Value(object.via.i64);
    case msgpack::type::FLOAT32:
    case msgpack::type::FLOAT64:
      return Value(object.via.f64);
    case msgpack::type::STR:
      return Value(text_of(object));
    case msgpack::type::BIN:
      return Value("<" + std::to_string(object.via.bin.size) + " bytes>");
    case msgpack::type::ARRAY: {
      Value::Array items;
      for (size_t i = 0; i < size(); ++i) items.push_back(element(i).to_value());
      return Value(std::move(items));
    }
    case msgpack::type::MAP: {
      Value::Object members;
      for (size_t i = 0; i < size(); ++i) {
        members.emplace_back(std::string(key(i)), value(i).to_value());
      }
      return Value(std::move(members));
    }
    default:
      return Value();
  }
}

Result<Item> Tree::parse(std::string_view bytes) {
  // Strings point into `bytes`, and nodes into the zone: both outlive the decoding call, because
  // decode_payload copies everything out before it returns.
  static thread_local msgpack::zone zone;
  static thread_local msgpack::object root;
  if (bytes.size() > limits::kEventBytesMax) return damaged("it is too long");
  zone.clear();
  msgpack::unpack_limit limit(limits::kPayloadItemsMax, limits::kPayloadItemsMax,
                              limits::kEventBytesMax, limits::kEventBytesMax, 0,
                              limits::kPayloadDepthMax);
  try {
    size_t offset = 0;
    bool referenced = false;
    root = msgpack::unpack(zone, bytes.data(), bytes.size(), offset, referenced, keep_reference,
                           nullptr, limit);
    if (offset != bytes.size()) return damaged("bytes follow its end");
  } catch (const std::exception& error) {
    return damaged(error.what());
  }
  if (const char* wrong = check(root)) return damaged(wrong);
  return Item(&root);
}

}  // namespace wire_detail

Result<Value> payload_to_value(std::string_view bytes) {
  auto item = wire_detail::Tree::parse(bytes);
  if (!item.ok()) return item.error();
  return item->to_value();
}

}  // namespace jieban
