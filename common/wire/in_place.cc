#include "common/wire/in_place.h"

namespace jieban::wire_detail {
namespace {

// What follows the form byte of a value of fixed size; 0xff: none of these.
constexpr unsigned kNotFixed = 0xff;
unsigned fixed_size(unsigned form) {
  if (form <= 0x7f || form >= 0xe0) return 0;  // small integers
  switch (form) {
    case 0xc0:  // nil, false, true
    case 0xc2:
    case 0xc3:
      return 0;
    case 0xcc:
    case 0xd0:
      return 1;
    case 0xcd:
    case 0xd1:
      return 2;
    case 0xca:
    case 0xce:
    case 0xd2:
      return 4;
    case 0xcb:
    case 0xcf:
    case 0xd3:
      return 8;
    default:
      return kNotFixed;
  }
}

bool is_array_form(unsigned form) { return (form & 0xf0U) == 0x90 || form == 0xdc; }
bool is_map(unsigned form) { return (form & 0xf0U) == 0x80 || form == 0xde; }
bool is_bytes(unsigned form) { return form >= 0xc4 && form <= 0xc6; }

// Deeper values than any of ours are left to the tree and its limit.
constexpr unsigned kSkipDepthMax = 3;

}  // namespace

bool InPlace::skip(unsigned depth) {
  if (at_ == end_ || depth > kSkipDepthMax) return false;
  const unsigned form = static_cast<unsigned char>(*at_);
  std::string_view passed;
  const unsigned size = fixed_size(form);
  if (size != kNotFixed) return view(1 + size, passed);
  if (is_bytes(form)) return bytes(passed);
  if (is_map(form)) return skip_map(depth);
  if (!is_array_form(form)) return text(passed);
  size_t items = 0;
  return array(items) && skip_many(items, depth + 1);
}

bool InPlace::skip_many(size_t values, unsigned depth) {
  for (size_t i = 0; i < values; ++i) {
    if (!skip(depth)) return false;
  }
  return true;
}

bool InPlace::skip_map(unsigned depth) {
  size_t items = 0;
  if (!map(items)) return false;
  uint64_t seen = 0;
  for (size_t i = 0; i < items; ++i) {
    std::string_view key;
    if (!text(key)) return false;
    const uint64_t bit = key_bit(key);
    if ((seen & bit) != 0 || !skip(depth + 1)) return false;  // perhaps a key that stands twice
    seen |= bit;
  }
  return true;
}

}  // namespace jieban::wire_detail
