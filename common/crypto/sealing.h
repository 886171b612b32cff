// Sealing: XChaCha20-Poly1305 boxes, and data keys wrapped by a master key.
//
// A box is one version byte, a random nonce of 24 bytes, the ciphertext and a tag of 16 bytes. The
// nonce is long enough to be drawn at random for ever. `associated` is bound to the box without
// being in it: an order's identity there keeps one order's box from being put into another.
// Promises: whoever lacks the key learns only the length; a changed bit is seen.
// Fails: open() and unwrap_key() return `corrupt` for a wrong key, a changed box, a changed
// association or an unknown version, without saying which. seal() and wrap_key() cannot fail.
// Thread rule: any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "common/base/result.h"
#include "common/crypto/secret_key.h"

namespace jieban {

constexpr size_t kSealOverhead = 1 + 24 + 16;

std::string seal(const SecretKey& key, std::string_view plaintext, std::string_view associated);
Result<std::string> open(const SecretKey& key, std::string_view box, std::string_view associated);

// A wrapped key is a box of its own kind: no sealed text can pass for one, even under one master.
std::string wrap_key(const SecretKey& master, const SecretKey& key, std::string_view associated);
Result<SecretKey> unwrap_key(const SecretKey& master, std::string_view box,
                             std::string_view associated);

}  // namespace jieban
