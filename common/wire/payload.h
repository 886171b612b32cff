// Typed payloads as MessagePack maps with named fields.
//
// A list or map without elements is not written, and an absent one has none: most orders have none
// of most. decode_payload is strict about what it knows: required fields, types, ranges, UTF-8,
// duplicate keys, trailing bytes and the limits of limits.h. Keys that it does not know are passed
// over; the bytes of an event are stored as they came, so that nothing is lost by it. Fails: Error
// `corrupt`, naming the field. Never throws, never allocates by an announced size.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/clock.h"
#include "common/base/result.h"
#include "common/base/value.h"
#include "common/domain/fields.h"
#include "common/wire/in_place.h"
#include "common/wire/writer.h"

namespace jieban {

// What is written as a map of texts, where the texts lie. REQUIRES: the names rise.
using TextViews = std::vector<std::pair<std::string_view, std::string_view>>;

namespace wire_detail {

// A position in a parsed tree; valid while the Tree lives.
class Item {
 public:
  explicit Item(const void* object) : object_(object) {}
  bool read(bool& out) const;
  bool read(int64_t& out) const;
  bool read(uint64_t& out) const;
  bool read(std::string& out) const;
  bool read(Bytes& out) const;
  bool read(Timestamp& out) const;

  bool is_map() const;
  bool is_array() const;
  size_t size() const;
  Item element(size_t index) const;
  std::string_view key(size_t index) const;
  // The bits of all keys of a map.
  uint64_t key_bits() const;
  Item value(size_t index) const;
  Value to_value() const;

 private:
  const void* object_;
};

// Parses and checks one MessagePack object. One Tree at a time in a thread.
class Tree {
 public:
  static Result<Item> parse(std::string_view bytes);
};

template <class T>
void write(Writer& writer, const T& value);

template <class Row>
struct PresentCounter {
  const Row& row;
  size_t count = 0;
  template <class T>
  void operator()(const char*, T Row::*member) {
    if constexpr (kManifold<T>) {
      if ((row.*member).empty()) return;
    }
    ++count;
  }
  template <class T>
  void operator()(const char*, std::optional<T> Row::*member) {
    if (row.*member) ++count;
  }
};

template <class Row>
struct FieldWriter {
  const Row& row;
  Writer& writer;
  template <class T>
  [[gnu::always_inline]] void operator()(const char* name, T Row::*member) {
    if constexpr (kManifold<T>) {
      if ((row.*member).empty()) return;
    }
    writer.put(std::string_view(name));
    write(writer, row.*member);
  }
  template <class T>
  [[gnu::always_inline]] void operator()(const char* name, std::optional<T> Row::*member) {
    if (!(row.*member)) return;
    writer.put(std::string_view(name));
    write(writer, *(row.*member));
  }
};

template <class T>
void write(Writer& writer, const std::vector<T>& values) {
  writer.array(values.size());
  for (const T& value : values) write(writer, value);
}

template <class T>
void write(Writer& writer, const std::map<std::string, T>& values) {
  writer.map(values.size());
  for (const auto& [key, value] : values) {
    writer.put(std::string_view(key));
    write(writer, value);
  }
}

inline void write(Writer& writer, const TextViews& values) {
  writer.map(values.size());
  for (const auto& [key, value] : values) {
    writer.put(key);
    writer.put(value);
  }
}

template <class T>
void write(Writer& writer, const T& value) {
  if constexpr (std::is_enum_v<T>) {
    writer.put(to_string(value));
  } else if constexpr (requires { writer.put(value); }) {
    writer.put(value);
  } else {
    PresentCounter<T> counter{value};
    T::fields(counter);
    writer.map(counter.count);
    FieldWriter<T> fields{value, writer};
    T::fields(fields);
  }
}

template <class T>
bool read(const Item& item, T& out, std::string& where);

template <class Row>
struct FieldReader {
  const Item& item;
  Row& row;
  std::string& where;  // the path of what failed; empty while all is well
  bool ok = true;
  uint64_t keys = item.key_bits();  // most optional fields are absent: not searched for
  size_t hint = 0;  // fields are usually written in the order in which they are declared

  std::optional<Item> find(std::string_view name) {
    if ((keys & key_bit(name)) == 0) return std::nullopt;
    size_t count = item.size();
    for (size_t i = 0; i < count; ++i) {
      size_t at = hint + i < count ? hint + i : hint + i - count;
      if (item.key(at) != name) continue;
      hint = at + 1;
      return item.value(at);
    }
    return std::nullopt;
  }
  void fail(const char* name) {
    where = where.empty() ? name : std::string(name) + "." + where;
    ok = false;
  }
  template <class T>
  void operator()(const char* name, T Row::*member) {
    if (!ok) return;
    auto found = find(name);
    if constexpr (kManifold<T>) {
      if (!found) return (row.*member).clear();
    }
    if (!found || !read(*found, row.*member, where)) fail(name);
  }
  template <class T>
  void operator()(const char* name, std::optional<T> Row::*member) {
    if (!ok) return;
    auto found = find(name);
    if (found && !read(*found, (row.*member).emplace(), where)) fail(name);
  }
};

template <class T>
bool read(const Item& item, std::vector<T>& out, std::string& where) {
  if (!item.is_array()) return false;
  out.resize(item.size());
  for (size_t i = 0; i < out.size(); ++i) {
    if (!read(item.element(i), out[i], where)) return false;
  }
  return true;
}

template <class T>
bool read(const Item& item, std::map<std::string, T>& out, std::string& where) {
  if (!item.is_map()) return false;
  for (size_t i = 0; i < item.size(); ++i) {
    if (!read(item.value(i), out[std::string(item.key(i))], where)) return false;
  }
  return true;
}

template <class T>
bool read(const Item& item, T& out, std::string& where) {
  if constexpr (std::is_enum_v<T>) {
    std::string name;
    return item.read(name) && from_string(name, out);
  } else if constexpr (requires { item.read(out); }) {
    return item.read(out);
  } else {
    if (!item.is_map()) return false;
    FieldReader<T> reader{item, out, where};
    T::fields(reader);
    return reader.ok;
  }
}

}  // namespace wire_detail

template <class T>
std::string encode_payload(const T& value) {
  // Its room is kept, so that what goes out is made once, in its size.
  static thread_local wire_detail::Writer writer;
  writer.clear();
  wire_detail::write(writer, value);
  return writer.string();
}

namespace wire_detail {

template <class T>
Result<T> decode_by_tree(std::string_view bytes) {
  auto item = Tree::parse(bytes);
  if (!item.ok()) return item.error();
  T value;
  std::string where;
  if (read(*item, value, where)) return value;
  if (where.empty()) return Error{ErrorCode::corrupt, "payload: it is not of the expected kind"};
  return Error{ErrorCode::corrupt, "payload: field '" + where + "' is missing or malformed"};
}

}  // namespace wire_detail

template <class T>
Result<T> decode_payload(std::string_view bytes) {
  using namespace wire_detail;
  T value;
  bool fits = bytes.size() <= limits::kEventBytesMax;
  if (fits && InPlace(bytes, Trust::none).read_all(value)) return value;
  return decode_by_tree<T>(bytes);
}

// Any payload as a tree, for people to read; bytes become "<n bytes>".
Result<Value> payload_to_value(std::string_view bytes);

}  // namespace jieban
