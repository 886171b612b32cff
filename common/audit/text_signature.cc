#include "common/audit/text_signature.h"

#include <algorithm>
#include <array>
#include <limits>

#include "common/base/text.h"

namespace jieban {
namespace {

constexpr size_t kGram = 3;
constexpr size_t kSlotBytes = 2;

size_t length_of(unsigned char first) {
  if (first < 0x80) return 1;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}

bool is_digit(std::string_view character) {
  return character.size() == 1 && character[0] >= '0' && character[0] <= '9';
}

// ASCII but letters, and the punctuation of Chinese (U+2010 to U+206F, U+3000 to U+303F).
bool is_sign(std::string_view character) {
  if (character.size() == 1) {
    const char c = character[0];
    return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '#' || c == '@');
  }
  return character.starts_with("\xe2\x80") || character.starts_with("\xe2\x81") ||
         character.starts_with("\xe3\x80");
}

std::vector<std::string_view> characters_of(std::string_view text) {
  std::vector<std::string_view> characters;
  while (!text.empty()) {
    const size_t length =
        std::min(length_of(static_cast<unsigned char>(text.front())), text.size());
    characters.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return characters;
}

// One of 128 ways to order 64-bit numbers at random (the finaliser of SplitMix64).
uint64_t mixed(uint64_t value, uint64_t way) {
  constexpr uint64_t kStep = 0x9e3779b97f4a7c15;
  value += (way + 1) * kStep;
  value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9;
  value = (value ^ (value >> 27U)) * 0x94d049bb133111eb;
  return value ^ (value >> 31U);
}

}  // namespace

std::string normalised_for_reuse(std::string_view text, const std::vector<std::string>& places) {
  std::string narrow = half_width(text);
  // The longest first: a place may be a part of another's name.
  std::vector<std::string> longest = places;
  std::ranges::stable_sort(longest, std::greater<>(), &std::string::size);
  for (const std::string& place : longest) replace_all(narrow, place, "@");
  std::string out;
  for (std::string_view character : characters_of(narrow)) {
    if (is_digit(character)) {
      if (!out.ends_with('#')) out += '#';
    } else if (!is_sign(character)) {
      out += character;
    }
  }
  return out;
}

std::string text_signature(std::string_view normalised, const GramHash& hash) {
  const auto characters = characters_of(normalised);
  if (characters.size() < kGram) return {};
  std::array<uint64_t, kSignatureSlots> least{};
  least.fill(std::numeric_limits<uint64_t>::max());
  for (size_t i = 0; i + kGram <= characters.size(); ++i) {
    const std::string_view& last = characters[i + kGram - 1];
    const char* begin = characters[i].data();
    const uint64_t gram = hash({begin, size_t(last.data() + last.size() - begin)});
    for (size_t slot = 0; slot < kSignatureSlots; ++slot) {
      least.at(slot) = std::min(least.at(slot), mixed(gram, slot));
    }
  }
  std::string signature;
  signature.reserve(kSignatureSlots * kSlotBytes);
  for (uint64_t value : least) {
    signature += char((value >> 8U) & 0xffU);
    signature += char(value & 0xffU);
  }
  return signature;
}

uint64_t likeness(std::string_view a, std::string_view b) {
  constexpr size_t kBytes = kSignatureSlots * kSlotBytes;
  if (a.size() != kBytes || b.size() != kBytes) return 0;
  uint64_t equal = 0;
  for (size_t at = 0; at < kBytes; at += kSlotBytes) {
    if (a.substr(at, kSlotBytes) == b.substr(at, kSlotBytes)) ++equal;
  }
  constexpr uint64_t kPermille = 1000;
  return equal * kPermille / kSignatureSlots;
}

}  // namespace jieban
