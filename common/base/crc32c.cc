#include "common/base/crc32c.h"

#include <array>
#include <cstring>

#if defined(__x86_64__)
#include <nmmintrin.h>
#endif

namespace jieban {
namespace {

constexpr uint32_t kPolynomial = 0x82f63b78;

constexpr std::array<uint32_t, 256> make_table() {
  std::array<uint32_t, 256> table{};
  for (uint32_t i = 0; i < table.size(); ++i) {
    uint32_t value = i;
    for (int bit = 0; bit < 8; ++bit) value = (value >> 1U) ^ ((value & 1U) ? kPolynomial : 0U);
    table[i] = value;
  }
  return table;
}

constexpr std::array<uint32_t, 256> kTable = make_table();

#if defined(__x86_64__)
__attribute__((target("sse4.2"))) uint32_t crc32c_sse(std::string_view bytes, uint32_t crc) {
  uint64_t sum = ~crc;
  const char* at = bytes.data();
  size_t left = bytes.size();
  for (; left >= 8; left -= 8, at += 8) {
    uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    sum = _mm_crc32_u64(sum, word);
  }
  auto tail = uint32_t(sum);
  for (; left > 0; --left, ++at) tail = _mm_crc32_u8(tail, static_cast<unsigned char>(*at));
  return ~tail;
}
#endif

}  // namespace

namespace detail {

uint32_t crc32c_table(std::string_view bytes, uint32_t crc) {
  uint32_t sum = ~crc;
  for (char byte : bytes) {
    sum = kTable[(sum ^ static_cast<unsigned char>(byte)) & 0xffU] ^ (sum >> 8U);
  }
  return ~sum;
}

}  // namespace detail

uint32_t crc32c(std::string_view bytes, uint32_t crc) {
#if defined(__x86_64__)
  static const bool has_sse = __builtin_cpu_supports("sse4.2") != 0;
  if (has_sse) return crc32c_sse(bytes, crc);
#endif
  return detail::crc32c_table(bytes, crc);
}

}  // namespace jieban
