#include "common/base/bytes.h"

#include <array>
#include <bit>
#include <cstring>

#include "common/base/check.h"

namespace jieban {
namespace {

template <class T>
T swap_to_big_endian(T value) {
  static_assert(sizeof(T) == sizeof(uint32_t) || sizeof(T) == sizeof(uint64_t));
  if constexpr (std::endian::native == std::endian::big) return value;
  if constexpr (sizeof(T) == sizeof(uint32_t)) return __builtin_bswap32(value);
  if constexpr (sizeof(T) == sizeof(uint64_t)) return __builtin_bswap64(value);
}

template <class T>
void append_big_endian(std::string& out, T value) {
  std::array<char, sizeof(T)> bytes{};
  value = swap_to_big_endian(value);
  std::memcpy(bytes.data(), &value, sizeof value);
  out.append(bytes.data(), bytes.size());
}

template <class T>
T read_big_endian(std::string_view bytes) {
  CHECK(bytes.size() >= sizeof(T));
  T value = 0;
  std::memcpy(&value, bytes.data(), sizeof value);
  return swap_to_big_endian(value);
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

struct Utf8Lead {
  size_t length;
  uint32_t minimum;
  uint32_t bits;
};

// Length 0: not a lead byte.
Utf8Lead classify_lead(unsigned char lead) {
  if (lead < 0x80) return {1, 0, lead};
  if (lead >= 0xc2 && lead <= 0xdf) return {2, 0x80, lead & 0x1fU};
  if (lead >= 0xe0 && lead <= 0xef) return {3, 0x800, lead & 0x0fU};
  if (lead >= 0xf0 && lead <= 0xf4) return {4, 0x10000, lead & 0x07U};
  return {0, 0, 0};
}

// How many bytes at the front are ASCII for certain: at least one, eight at a time.
// REQUIRES: the first is.
size_t ascii_length(std::string_view text) {
  constexpr uint64_t kHighBits = 0x8080808080808080U;
  size_t length = 0;
  for (; length + sizeof(uint64_t) <= text.size(); length += sizeof(uint64_t)) {
    uint64_t word = 0;
    std::memcpy(&word, text.data() + length, sizeof word);
    if ((word & kHighBits) != 0) break;
  }
  return length > 0 ? length : 1;
}

// How many bytes at the front are characters of three bytes that need no second look, as Chinese
// is: behind these lead bytes any two that continue are well-formed.
size_t plain_three_byte_length(std::string_view text) {
  size_t length = 0;
  for (; length + 3 <= text.size(); length += 3) {
    const auto lead = static_cast<unsigned char>(text[length]);
    const auto second = static_cast<unsigned char>(text[length + 1]);
    const auto third = static_cast<unsigned char>(text[length + 2]);
    if (lead <= 0xe0 || lead > 0xef || lead == 0xed) break;  // overlong forms, surrogates
    if ((second & 0xc0U) != 0x80 || (third & 0xc0U) != 0x80) break;
  }
  return length;
}

}  // namespace

void append_u32(std::string& out, uint32_t value) { append_big_endian(out, value); }
void append_u64(std::string& out, uint64_t value) { append_big_endian(out, value); }
uint32_t read_u32(std::string_view bytes) { return read_big_endian<uint32_t>(bytes); }
uint64_t read_u64(std::string_view bytes) { return read_big_endian<uint64_t>(bytes); }

std::string to_hex(std::string_view bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (char byte : bytes) {
    auto value = static_cast<unsigned char>(byte);
    out.push_back(kDigits[value >> 4U]);
    out.push_back(kDigits[value & 0xfU]);
  }
  return out;
}

std::optional<std::string> from_hex(std::string_view hex) {
  if (hex.size() % 2 != 0) return std::nullopt;
  std::string out;
  out.reserve(hex.size() / 2);
  for (size_t i = 0; i < hex.size(); i += 2) {
    int high = hex_digit(hex[i]);
    int low = hex_digit(hex[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    out.push_back(static_cast<char>(high * 16 + low));
  }
  return out;
}

bool is_utf8(std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    if (static_cast<unsigned char>(text[i]) < 0x80) {
      i += ascii_length(text.substr(i));
      continue;
    }
    if (size_t plain = plain_three_byte_length(text.substr(i))) {
      i += plain;
      continue;
    }
    Utf8Lead lead = classify_lead(static_cast<unsigned char>(text[i]));
    if (lead.length == 0 || i + lead.length > text.size()) return false;
    uint32_t point = lead.bits;
    for (size_t k = 1; k < lead.length; ++k) {
      auto next = static_cast<unsigned char>(text[i + k]);
      if ((next & 0xc0U) != 0x80) return false;
      point = (point << 6U) | (next & 0x3fU);
    }
    bool surrogate = point >= 0xd800 && point <= 0xdfff;
    if (point < lead.minimum || point > 0x10ffff || surrogate) return false;
    i += lead.length;
  }
  return true;
}

}  // namespace jieban
