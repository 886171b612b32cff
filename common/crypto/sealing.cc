#include "common/crypto/sealing.h"

#include <sodium.h>

#include "common/crypto/entropy.h"
#include "common/crypto/raw.h"

namespace jieban {
namespace {

constexpr char kTextBox = 1;
constexpr char kKeyBox = 2;
constexpr size_t kNonceSize = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr size_t kTagSize = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr size_t kHeadSize = 1 + kNonceSize;
static_assert(kSealOverhead == kHeadSize + kTagSize);
static_assert(SecretKey::kSize == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

// The kind is authenticated with the rest: it goes first into the association.
std::string bind(char kind, std::string_view associated) {
  std::string bound;
  bound.reserve(1 + associated.size());
  bound += kind;
  return bound.append(associated);
}

std::string encrypt(char kind, const SecretKey& key, std::string_view plaintext,
                    std::string_view associated) {
  const std::string bound = bind(kind, associated);
  std::string box(kSealOverhead + plaintext.size(), '\0');
  uint8_t* out = raw(box);
  box[0] = kind;
  fill_random(out + 1, kNonceSize);
  crypto_aead_xchacha20poly1305_ietf_encrypt(out + kHeadSize, nullptr, raw(plaintext),
                                             plaintext.size(), raw(bound), bound.size(), nullptr,
                                             out + 1, raw(key.bytes()));
  return box;
}

Result<std::string> decrypt(char kind, const SecretKey& key, std::string_view box,
                            std::string_view associated) {
  const Error failed{ErrorCode::corrupt, "the box does not open"};
  if (box.size() < kSealOverhead || box[0] != kind) return failed;
  const std::string bound = bind(kind, associated);
  std::string plaintext(box.size() - kSealOverhead, '\0');
  const int status = crypto_aead_xchacha20poly1305_ietf_decrypt(
      raw(plaintext), nullptr, nullptr, raw(box) + kHeadSize, box.size() - kHeadSize, raw(bound),
      bound.size(), raw(box) + 1, raw(key.bytes()));
  if (status != 0) return failed;
  return plaintext;
}

}  // namespace

std::string seal(const SecretKey& key, std::string_view plaintext, std::string_view associated) {
  return encrypt(kTextBox, key, plaintext, associated);
}

Result<std::string> open(const SecretKey& key, std::string_view box, std::string_view associated) {
  return decrypt(kTextBox, key, box, associated);
}

std::string wrap_key(const SecretKey& master, const SecretKey& key, std::string_view associated) {
  return encrypt(kKeyBox, master, key.bytes(), associated);
}

Result<SecretKey> unwrap_key(const SecretKey& master, std::string_view box,
                             std::string_view associated) {
  auto bytes = decrypt(kKeyBox, master, box, associated);
  if (!bytes.ok()) return bytes.error();
  auto key = SecretKey::from_bytes(*bytes);
  wipe(*bytes);
  return key;
}

}  // namespace jieban
