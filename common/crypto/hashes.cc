#include "common/crypto/hashes.h"

#include <sodium.h>

#include "common/base/check.h"
#include "common/crypto/raw.h"

namespace jieban {
std::string blake2b(std::string_view bytes) {
  std::string digest(kDigestSize, '\0');
  crypto_generichash(raw(digest), digest.size(), raw(bytes), bytes.size(), nullptr, 0);
  return digest;
}

std::string keyed_hash(const SecretKey& key, std::string_view text, size_t size) {
  CHECK(size >= crypto_generichash_BYTES_MIN && size <= crypto_generichash_BYTES_MAX);
  std::string digest(size, '\0');
  crypto_generichash(raw(digest), size, raw(text), text.size(), raw(key.bytes()), SecretKey::kSize);
  return digest;
}

std::string chain_hash(std::string_view previous, std::string_view bytes) {
  CHECK(previous.size() == kDigestSize);
  crypto_generichash_state state;
  std::string digest(kDigestSize, '\0');
  crypto_generichash_init(&state, nullptr, 0, kDigestSize);
  crypto_generichash_update(&state, raw(previous), previous.size());
  crypto_generichash_update(&state, raw(bytes), bytes.size());
  crypto_generichash_final(&state, raw(digest), kDigestSize);
  return digest;
}

std::string sha256(std::string_view bytes) {
  std::string digest(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(raw(digest), raw(bytes), bytes.size());
  return digest;
}

std::string hmac_sha256(std::string_view key, std::string_view message) {
  crypto_auth_hmacsha256_state state;
  std::string code(crypto_auth_hmacsha256_BYTES, '\0');
  crypto_auth_hmacsha256_init(&state, raw(key), key.size());
  crypto_auth_hmacsha256_update(&state, raw(message), message.size());
  crypto_auth_hmacsha256_final(&state, raw(code));
  sodium_memzero(&state, sizeof state);
  return code;
}

bool equal_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace jieban
