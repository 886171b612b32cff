// Writer: appends MessagePack to a buffer that it keeps.
//
// Every form that our structs meet is written here, in the shortest way that the specification
// has for it; room is looked for once a value and not once a byte. clear() keeps the room.
// Fails: never, short of memory. Thread rule: one thread at a time.
#pragma once

#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include "common/base/clock.h"
#include "common/domain/fields.h"

namespace jieban::wire_detail {

class Writer {
 public:
  Writer() = default;
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  // Valid until the next call that is not const.
  std::string_view view() const { return {begin_.get(), size_}; }
  std::string string() const { return std::string(view()); }
  void clear() { size_ = 0; }

  void map(size_t count) {
    if (count > 0x0f) return sized(0xde, count);
    byte(0x80U | unsigned(count));
  }
  void array(size_t count) {
    if (count > 0x0f) return sized(0xdc, count);
    byte(0x90U | unsigned(count));
  }
  void nil() { byte(0xc0); }
  void put(bool value) { byte(value ? 0xc3 : 0xc2); }
  void put(int64_t value) { value < 0 ? put_negative(value) : put(uint64_t(value)); }
  void put(uint64_t value) {
    if (value > 0x7f) return long_number(value);
    byte(unsigned(value));
  }
  // Inlined, so that the name of a field is copied as a constant.
  [[gnu::always_inline]] void put(std::string_view text) {
    if (text.size() > 0x1f) return long_text(text);
    char* at = room(1 + text.size());
    *at = char(0xa0U | text.size());
    Text::copy(at + 1, text.data(), text.size());
  }
  void put(const Bytes& bytes) { put_bytes(bytes.data); }
  void put(Timestamp at) { put(to_micros(at)); }
  void put_bytes(std::string_view bytes);
  // What is MessagePack already.
  void raw(std::string_view bytes) { Text::copy(room(bytes.size()), bytes.data(), bytes.size()); }

 private:
  using Text = std::char_traits<char>;  // it copies nothing from nowhere, too

  // Room for `size` bytes more, which are taken.
  char* room(size_t size) {
    if (capacity_ - size_ < size) grow(size);
    char* at = begin_.get() + size_;
    size_ += size;
    return at;
  }
  void byte(unsigned value) { *room(1) = char(value); }
  void grow(size_t size);
  void sized(unsigned form, size_t count);
  void long_number(uint64_t value);
  void put_negative(int64_t value);
  void long_text(std::string_view text);

  std::unique_ptr<char[]> begin_;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

}  // namespace jieban::wire_detail
