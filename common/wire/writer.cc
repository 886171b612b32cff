#include "common/wire/writer.h"

#include <algorithm>
#include <bit>

#include "common/base/check.h"

namespace jieban::wire_detail {
namespace {

constexpr size_t kFirstRoom = 1024;

// A form byte and the value behind it, big-endian.
template <class T>
void store(char* at, unsigned form, T value) {
  static_assert(std::endian::native == std::endian::little);
  if constexpr (sizeof(T) == 8) value = T(__builtin_bswap64(value));
  if constexpr (sizeof(T) == 4) value = T(__builtin_bswap32(value));
  if constexpr (sizeof(T) == 2) value = T(__builtin_bswap16(value));
  *at = char(form);
  std::memcpy(at + 1, &value, sizeof value);
}

}  // namespace

void Writer::grow(size_t size) {
  const size_t capacity = std::max({kFirstRoom, 2 * capacity_, size_ + size});
  auto larger = std::make_unique_for_overwrite<char[]>(capacity);
  if (size_ > 0) std::memcpy(larger.get(), begin_.get(), size_);
  begin_ = std::move(larger);
  capacity_ = capacity;
}

// Of a map or an array: its 16-bit form, which the 32-bit form follows.
void Writer::sized(unsigned form, size_t count) {
  if (count <= UINT16_MAX) return store(room(3), form, uint16_t(count));
  CHECK(count <= UINT32_MAX);
  store(room(5), form + 1, uint32_t(count));
}

void Writer::long_number(uint64_t value) {
  if (value <= UINT8_MAX) return store(room(2), 0xcc, uint8_t(value));
  if (value <= UINT16_MAX) return store(room(3), 0xcd, uint16_t(value));
  if (value <= UINT32_MAX) return store(room(5), 0xce, uint32_t(value));
  store(room(9), 0xcf, value);
}

void Writer::put_negative(int64_t value) {
  if (value >= -32) return byte(unsigned(value & 0xff));
  if (value >= INT8_MIN) return store(room(2), 0xd0, uint8_t(value));
  if (value >= INT16_MIN) return store(room(3), 0xd1, uint16_t(value));
  if (value >= INT32_MIN) return store(room(5), 0xd2, uint32_t(value));
  store(room(9), 0xd3, uint64_t(value));
}

void Writer::long_text(std::string_view text) {
  const size_t size = text.size();
  CHECK(size <= UINT32_MAX);
  if (size <= UINT8_MAX) {
    store(room(2), 0xd9, uint8_t(size));
  } else if (size <= UINT16_MAX) {
    store(room(3), 0xda, uint16_t(size));
  } else {
    store(room(5), 0xdb, uint32_t(size));
  }
  raw(text);
}

void Writer::put_bytes(std::string_view bytes) {
  const size_t size = bytes.size();
  CHECK(size <= UINT32_MAX);
  if (size <= UINT8_MAX) {
    store(room(2), 0xc4, uint8_t(size));
  } else if (size <= UINT16_MAX) {
    store(room(3), 0xc5, uint16_t(size));
  } else {
    store(room(5), 0xc6, uint32_t(size));
  }
  raw(bytes);
}

}  // namespace jieban::wire_detail
