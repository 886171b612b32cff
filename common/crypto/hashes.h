// Hashes: BLAKE2b for what is ours, SHA-256 and HMAC where a counterpart asks for them.
//
// Promises: results are raw bytes (to_hex() of common/base prints them) and the same for ever.
// Fails: nothing here fails; sizes out of range are errors of ours and abort (CHECK).
// Thread rule: any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "common/crypto/secret_key.h"

namespace jieban {

constexpr size_t kDigestSize = 32;

std::string blake2b(std::string_view bytes);

// Finds equal texts without showing them: who lacks the key can neither test a guess nor link.
// REQUIRES: 16 <= size <= 64.
std::string keyed_hash(const SecretKey& key, std::string_view text, size_t size = kDigestSize);

// One link of a chain: the digest of `bytes` after all that `previous` stands for. A chain starts
// from blake2b() of its own name, so that two chains of equal content differ.
// REQUIRES: previous.size() == kDigestSize.
std::string chain_hash(std::string_view previous, std::string_view bytes);

std::string sha256(std::string_view bytes);
// RFC 2104 with SHA-256; a key of any length, also an empty one.
std::string hmac_sha256(std::string_view key, std::string_view message);

// Takes the same time wherever the texts differ. Only the lengths may leak.
bool equal_constant_time(std::string_view a, std::string_view b);

}  // namespace jieban
