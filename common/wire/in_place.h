// InPlace: reads a MessagePack payload straight into a struct, in one pass and without a tree.
//
// Takes what our own encoder writes: fields in the order of their table, known or passed over.
// It accepts nothing that the tree of payload.cc refuses, and reads it to the same value; whatever
// else it meets, right or wrong, it leaves to the tree, which also words the error. Most of the
// time of a daemon went into trees before this.
// Fails: false, with the struct half filled. Thread rule: none, it holds a position only.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/bytes.h"
#include "common/base/clock.h"
#include "common/base/limits.h"
#include "common/domain/fields.h"

namespace jieban::wire_detail {

// One of 64 bits for a key: keys with different bits are different.
inline uint64_t key_bit(std::string_view key) {
  if (key.empty()) return 1;
  const auto first = static_cast<unsigned char>(key.front());
  const auto last = static_cast<unsigned char>(key.back());
  return uint64_t{1} << ((key.size() * 31 + first * 7U + last) % 64);
}

// Whether strings are looked at. Rows of the own store stand behind a checksum, and came from
// payloads that were looked at.
enum class Trust { none, own_rows };

// What may have no elements, and is then neither written nor looked for.
template <class T>
constexpr bool kManifold = false;
template <class T>
constexpr bool kManifold<std::vector<T>> = true;
template <class T>
constexpr bool kManifold<std::map<std::string, T>> = true;

// The field names of a struct.
template <class T>
struct FieldNames {
  std::vector<std::string_view> names;
  uint64_t bits = 0;

  FieldNames() { T::fields(*this); }
  template <class Member>
  void operator()(const char* name, Member) {
    names.emplace_back(name);
    bits |= key_bit(name);
  }
  bool has(std::string_view key) const {
    if ((bits & key_bit(key)) == 0) return false;
    for (std::string_view name : names) {
      if (name == key) return true;
    }
    return false;
  }
  static const FieldNames& get() {
    static const FieldNames names;
    return names;
  }
};

class InPlace {
 public:
  InPlace(std::string_view bytes, Trust trust)
      : at_(bytes.data()), end_(at_ + bytes.size()), trust_(trust) {}

  template <class T>
  bool read_all(T& out) {
    return read(out) && at_end();
  }

  bool at_end() const { return at_ == end_; }
  bool array(size_t& out) { return count(0x90, 0xdc, out); }
  bool text(std::string_view& out);
  // A text that is compared with one that is well-formed, and looked at if it differs.
  bool raw_text(std::string_view& out);
  bool bytes(std::string_view& out);
  bool read(bool& out);
  bool read(uint64_t& out);
  bool read(int64_t& out);
  // Whether a nil stood there, which is then passed.
  bool nil() {
    if (at_ == end_ || static_cast<unsigned char>(*at_) != 0xc0) return false;
    ++at_;
    return true;
  }

 private:
  template <class Row>
  friend struct InPlaceFields;
  template <class Row>
  friend struct InPlacePositions;

  // The numbers of MessagePack's specification: a form byte, then a big-endian value.
  bool byte(unsigned& out) {
    if (at_ == end_) return false;
    out = static_cast<unsigned char>(*at_++);
    return true;
  }
  template <class T>
  bool big_endian(T& out) {
    if (size_t(end_ - at_) < sizeof(T)) return false;
    T value = 0;
    std::memcpy(&value, at_, sizeof(T));
    at_ += sizeof(T);
    static_assert(std::endian::native == std::endian::little);
    if constexpr (sizeof(T) == 8) value = T(__builtin_bswap64(value));
    if constexpr (sizeof(T) == 4) value = T(__builtin_bswap32(value));
    if constexpr (sizeof(T) == 2) value = T(__builtin_bswap16(value));
    out = value;
    return true;
  }
  template <class T>
  bool sized(size_t& out) {
    T value = 0;
    if (!big_endian(value)) return false;
    out = value;
    return true;
  }
  bool view(size_t size, std::string_view& out) {
    if (size_t(end_ - at_) < size) return false;
    out = {at_, size};
    at_ += size;
    return true;
  }

  bool count(unsigned small, unsigned large, size_t& out) {
    unsigned form = 0;
    if (!byte(form)) return false;
    if ((form & 0xf0U) == small) {
      out = form & 0x0fU;
    } else if (form != large || !sized<uint16_t>(out)) {
      return false;
    }
    // Every element has a byte at least: nothing is made for a number that is only announced.
    return out <= limits::kPayloadItemsMax && out <= size_t(end_ - at_);
  }
  bool map(size_t& out) { return count(0x80, 0xde, out) && out <= kKeysMax; }

  template <class Bits>
  bool two_complement(int64_t& out) {
    constexpr unsigned kUnused = 64 - 8 * sizeof(Bits);
    Bits bits = 0;
    if (!big_endian(bits)) return false;
    out = int64_t(uint64_t(bits) << kUnused) >> kUnused;  // the sign fills what was unused
    return true;
  }
  template <class T>
  bool positive(uint64_t& out) {
    T value = 0;
    if (!big_endian(value)) return false;
    out = value;
    return true;
  }
  bool read(Timestamp& out) {
    int64_t micros = 0;
    if (!read(micros)) return false;
    out = from_micros(micros);
    return true;
  }
  bool read(std::string& out) {
    std::string_view found;
    if (!text(found)) return false;
    out.assign(found);
    return true;
  }
  bool read(Bytes& out) {
    std::string_view found;
    if (!bytes(found)) return false;
    out.data.assign(found);
    return true;
  }
  template <class T>
  bool read(std::optional<T>& out) {
    return read(out.emplace());
  }
  template <class T>
  bool read(std::vector<T>& out) {
    size_t items = 0;
    if (!array(items)) return false;
    out.resize(items);
    for (T& item : out) {
      if (!read(item)) return false;
    }
    return true;
  }
  template <class T>
  bool read(std::map<std::string, T>& out) {
    size_t items = 0;
    if (!map(items)) return false;
    for (size_t i = 0; i < items; ++i) {
      std::string_view key;
      // A map that we wrote rises; so no key stands twice.
      if (!text(key) || (!out.empty() && key <= out.rbegin()->first)) return false;
      if (!read(out.emplace_hint(out.end(), key, T())->second)) return false;
    }
    return true;
  }
  template <class T>
  bool read(T& out) {
    if constexpr (std::is_enum_v<T>) {
      std::string_view name;
      return raw_text(name) && from_string(name, out);
    } else {
      return read_fields(out);
    }
  }
  template <class T>
  bool read_fields(T& out);
  template <class T>
  bool read_positions(T& out);
  // An own row may be written by position, with an array in the place of the map (row.h).
  bool is_array() const {
    if (at_ == end_) return false;
    const auto form = static_cast<unsigned char>(*at_);
    return (form & 0xf0U) == 0x90 || form == 0xdc;
  }

  // Passes over one value that nobody asked for. Maps in maps and what is rare are left to the
  // tree.
  bool skip(unsigned depth);
  bool skip_many(size_t values, unsigned depth);
  bool skip_map(unsigned depth);

  static constexpr size_t kKeysMax = 256;
  const char* at_;
  const char* end_;
  Trust trust_;
};

inline bool InPlace::text(std::string_view& out) {
  return raw_text(out) && (trust_ == Trust::own_rows || is_utf8(out));
}

inline bool InPlace::raw_text(std::string_view& out) {
  unsigned form = 0;
  size_t size = 0;
  if (!byte(form)) return false;
  if (form >= 0xa0 && form <= 0xbf) {
    size = form & 0x1fU;
  } else if (form == 0xd9) {
    if (!sized<uint8_t>(size)) return false;
  } else if (form == 0xda) {
    if (!sized<uint16_t>(size)) return false;
  } else if (form != 0xdb || !sized<uint32_t>(size)) {
    return false;
  }
  return view(size, out);
}

inline bool InPlace::read(bool& out) {
  unsigned form = 0;
  if (!byte(form) || (form != 0xc2 && form != 0xc3)) return false;
  out = form == 0xc3;
  return true;
}

inline bool InPlace::read(uint64_t& out) {
  unsigned form = 0;
  if (!byte(form)) return false;
  out = form;
  if (form <= 0x7f) return true;
  switch (form) {
    case 0xcc:
      return positive<uint8_t>(out);
    case 0xcd:
      return positive<uint16_t>(out);
    case 0xce:
      return positive<uint32_t>(out);
    case 0xcf:
      return positive<uint64_t>(out);
    default:
      return false;
  }
}

inline bool InPlace::read(int64_t& out) {
  if (at_ == end_) return false;
  const auto form = static_cast<unsigned char>(*at_);
  if (form >= 0xe0) {
    ++at_;
    out = int64_t(form) - 0x100;
    return true;
  }
  if (form >= 0xd0 && form <= 0xd3) {
    ++at_;
    if (form == 0xd0) return two_complement<uint8_t>(out);
    if (form == 0xd1) return two_complement<uint16_t>(out);
    if (form == 0xd2) return two_complement<uint32_t>(out);
    return two_complement<uint64_t>(out);
  }
  uint64_t value = 0;
  if (!read(value) || value > uint64_t(INT64_MAX)) return false;
  out = int64_t(value);
  return true;
}

inline bool InPlace::bytes(std::string_view& out) {
  unsigned form = 0;
  size_t size = 0;
  if (!byte(form)) return false;
  bool sized_well = (form == 0xc4 && sized<uint8_t>(size)) ||
                    (form == 0xc5 && sized<uint16_t>(size)) ||
                    (form == 0xc6 && sized<uint32_t>(size));
  return sized_well && view(size, out);
}

}  // namespace jieban::wire_detail

#include "common/wire/in_place_walk.h"
