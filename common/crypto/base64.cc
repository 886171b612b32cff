#include "common/crypto/base64.h"

#include <sodium.h>

#include "common/crypto/raw.h"

namespace jieban {
namespace {

constexpr int kStandard = sodium_base64_VARIANT_ORIGINAL;
constexpr int kUrl = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

std::string encode(std::string_view bytes, int variant) {
  std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  sodium_bin2base64(text.data(), text.size(), raw(bytes), bytes.size(), variant);
  text.pop_back();  // the terminating zero, which the library counts
  return text;
}

std::optional<std::string> decode(std::string_view text, int variant) {
  std::string bytes(text.size() / 4 * 3 + 3, '\0');
  size_t size = 0;
  const char* end = nullptr;
  if (sodium_base642bin(raw(bytes), bytes.size(), text.data(), text.size(), nullptr, &size, &end,
                        variant) != 0) {
    return std::nullopt;
  }
  if (end != text.data() + text.size()) return std::nullopt;
  bytes.resize(size);
  return bytes;
}

}  // namespace

std::string to_base64(std::string_view bytes) { return encode(bytes, kStandard); }
std::optional<std::string> from_base64(std::string_view text) { return decode(text, kStandard); }
std::string to_base64_url(std::string_view bytes) { return encode(bytes, kUrl); }
std::optional<std::string> from_base64_url(std::string_view text) { return decode(text, kUrl); }

}  // namespace jieban
