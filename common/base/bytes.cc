#include "common/base/bytes.h"

#include <array>
#include <bit>
#include <cstring>

#include "common/base/check.h"

namespace jieban {
namespace {

template <class T>
T swap_to_big_endian(T value) {
  static_assert(std::endian::native == std::endian::little);
  static_assert(sizeof(T) == sizeof(uint32_t) || sizeof(T) == sizeof(uint64_t));
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

using Eight = std::array<uint8_t, 8>;

constexpr uint64_t kHighBits = 0x8080808080808080U;
// Two characters of three bytes, as Chinese text has them; the last two bytes may be anything.
constexpr auto kPairMask =
    std::bit_cast<uint64_t>(Eight{0xf0, 0xc0, 0xc0, 0xf0, 0xc0, 0xc0, 0x00, 0x00});
constexpr auto kPair =
    std::bit_cast<uint64_t>(Eight{0xe0, 0x80, 0x80, 0xe0, 0x80, 0x80, 0x00, 0x00});

// After these the second byte decides: overlong forms, surrogates.
bool is_doubtful(char lead) { return lead == '\xe0' || lead == '\xed'; }

// REQUIRES: at least one byte, less than eight.
bool is_short_ascii(std::string_view text) {
  constexpr uint32_t kHighBitsOfFour = 0x80808080U;
  if (text.size() >= sizeof(uint32_t)) {
    uint32_t first = 0;
    uint32_t last = 0;  // the two may overlap
    std::memcpy(&first, text.data(), sizeof first);
    std::memcpy(&last, text.data() + text.size() - sizeof last, sizeof last);
    return ((first | last) & kHighBitsOfFour) == 0;
  }
  const auto bits =
      unsigned(text.front()) | unsigned(text[text.size() / 2]) | unsigned(text.back());
  return (bits & 0x80U) == 0;
}

// How many bytes from `at` on are well-formed for certain, as far as eight at once can tell.
size_t plain_length(std::string_view text, size_t at) {
  const size_t begin = at;
  while (at + sizeof(uint64_t) <= text.size()) {
    uint64_t word = 0;
    std::memcpy(&word, text.data() + at, sizeof word);
    if ((word & kHighBits) == 0) {
      at += sizeof word;
    } else if ((word & kPairMask) == kPair && !is_doubtful(text[at]) &&
               !is_doubtful(text[at + 3])) {
      at += 6;
    } else {
      break;
    }
  }
  if (at < text.size() && at + sizeof(uint64_t) > text.size() && is_short_ascii(text.substr(at))) {
    at = text.size();
  }
  return at - begin;
}

// The length of the character at `at`; 0 when it is not well-formed.
size_t character_length(std::string_view text, size_t at) {
  Utf8Lead lead = classify_lead(static_cast<unsigned char>(text[at]));
  if (lead.length == 0 || at + lead.length > text.size()) return 0;
  uint32_t point = lead.bits;
  for (size_t k = 1; k < lead.length; ++k) {
    auto next = static_cast<unsigned char>(text[at + k]);
    if ((next & 0xc0U) != 0x80) return 0;
    point = (point << 6U) | (next & 0x3fU);
  }
  bool surrogate = point >= 0xd800 && point <= 0xdfff;
  return point < lead.minimum || point > 0x10ffff || surrogate ? 0 : lead.length;
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
  for (size_t at = plain_length(text, 0); at < text.size(); at += plain_length(text, at)) {
    size_t length = character_length(text, at);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

}  // namespace jieban
