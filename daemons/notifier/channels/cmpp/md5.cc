#include "daemons/notifier/channels/cmpp/md5.h"

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>

namespace jieban {
namespace {

using State = std::array<uint32_t, 4>;

// T[i] of the RFC: the whole part of 2^32 * |sin(i + 1)|.
std::array<uint32_t, 64> sines() {
  std::array<uint32_t, 64> table{};
  for (size_t i = 0; i < table.size(); ++i) {
    table.at(i) = uint32_t(std::floor(std::fabs(std::sin(double(i + 1))) * 4294967296.0));
  }
  return table;
}

uint32_t read_little_endian(std::string_view bytes) {
  uint32_t value = 0;
  for (size_t i = 4; i > 0; --i) value = value << 8U | static_cast<unsigned char>(bytes[i - 1]);
  return value;
}

void append_little_endian(std::string& out, uint64_t value, size_t size) {
  for (size_t i = 0; i < size; ++i) out += char(value >> 8U * i & 0xFFU);
}

uint32_t mix(size_t round, uint32_t b, uint32_t c, uint32_t d) {
  switch (round) {
    case 0:
      return (b & c) | (~b & d);
    case 1:
      return (d & b) | (~d & c);
    case 2:
      return b ^ c ^ d;
    default:
      return c ^ (b | ~d);
  }
}

void digest_block(State& state, std::string_view block) {
  static const std::array<uint32_t, 64> kSines = sines();
  constexpr std::array<std::array<int, 4>, 4> kTurns = {
      {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}}};
  constexpr std::array<size_t, 4> kStep = {1, 5, 3, 7};
  constexpr std::array<size_t, 4> kFirst = {0, 1, 5, 0};
  auto [a, b, c, d] = state;
  for (size_t i = 0; i < 64; ++i) {
    size_t round = i / 16;
    size_t word = (kFirst.at(round) + kStep.at(round) * i) % 16;
    uint32_t sum =
        a + mix(round, b, c, d) + read_little_endian(block.substr(word * 4)) + kSines.at(i);
    a = d;
    d = c;
    c = b;
    b += std::rotl(sum, kTurns.at(round).at(i % 4));
  }
  state = {state[0] + a, state[1] + b, state[2] + c, state[3] + d};
}

}  // namespace

std::string md5(std::string_view bytes) {
  constexpr size_t kBlock = 64;
  constexpr size_t kLengthAt = 56;
  std::string padded(bytes);
  padded += char(0x80U);
  while (padded.size() % kBlock != kLengthAt) padded += '\0';
  append_little_endian(padded, uint64_t(bytes.size()) * 8, 8);
  State state = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
  for (size_t at = 0; at < padded.size(); at += kBlock) {
    digest_block(state, std::string_view(padded).substr(at, kBlock));
  }
  std::string digest;
  for (uint32_t word : state) append_little_endian(digest, word, 4);
  return digest;
}

}  // namespace jieban
