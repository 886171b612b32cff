// Ed25519: who holds the signing key says so, and everybody with the public key can check it.
//
// Promises: signatures are 64 bytes and deterministic; the same seed gives the same key pair on
// every machine. The secret half is a SecretKey and is wiped like one.
// Fails: verify_signature() is false for anything that does not fit, lengths included.
// Thread rule: any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "common/crypto/secret_key.h"

namespace jieban {

constexpr size_t kPublicKeySize = 32;
constexpr size_t kSignatureSize = 64;

class SigningKey {
 public:
  static SigningKey generate();
  explicit SigningKey(SecretKey seed);

  const std::string& public_key() const { return public_key_; }
  // What a credential file holds.
  const SecretKey& seed() const { return seed_; }
  std::string sign(std::string_view message) const;

 private:
  SecretKey seed_;
  std::string public_key_;
};

bool verify_signature(std::string_view public_key, std::string_view message,
                      std::string_view signature);

}  // namespace jieban
