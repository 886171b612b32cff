#include "common/crypto/signing.h"

#include <sodium.h>

#include <array>

#include "common/crypto/raw.h"

namespace jieban {
namespace {

static_assert(kPublicKeySize == crypto_sign_PUBLICKEYBYTES);
static_assert(kSignatureSize == crypto_sign_BYTES);
static_assert(SecretKey::kSize == crypto_sign_SEEDBYTES);

// The expanded form that the library signs with: wiped on every way out.
struct ExpandedKey {
  ~ExpandedKey() { sodium_memzero(secret.data(), secret.size()); }
  std::array<uint8_t, crypto_sign_SECRETKEYBYTES> secret{};
};

void expand(const SecretKey& seed, ExpandedKey& expanded, std::string& public_key) {
  public_key.assign(kPublicKeySize, '\0');
  crypto_sign_seed_keypair(raw(public_key), expanded.secret.data(), raw(seed.bytes()));
}

}  // namespace

SigningKey SigningKey::generate() { return SigningKey(SecretKey::generate()); }

SigningKey::SigningKey(SecretKey seed) : seed_(std::move(seed)) {
  ExpandedKey expanded;
  expand(seed_, expanded, public_key_);
}

std::string SigningKey::sign(std::string_view message) const {
  ExpandedKey expanded;
  std::string public_key;
  expand(seed_, expanded, public_key);
  std::string signature(kSignatureSize, '\0');
  crypto_sign_detached(raw(signature), nullptr, raw(message), message.size(),
                       expanded.secret.data());
  return signature;
}

bool verify_signature(std::string_view public_key, std::string_view message,
                      std::string_view signature) {
  return public_key.size() == kPublicKeySize && signature.size() == kSignatureSize &&
         crypto_sign_verify_detached(raw(signature), raw(message), message.size(),
                                     raw(public_key)) == 0;
}

}  // namespace jieban
