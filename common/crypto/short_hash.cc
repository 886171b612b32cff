#include "common/crypto/short_hash.h"

#include <sodium.h>

#include <algorithm>

#include "common/base/bytes.h"
#include "common/crypto/hashes.h"
#include "common/crypto/raw.h"

namespace jieban {

static_assert(crypto_shorthash_KEYBYTES == 16 && crypto_shorthash_BYTES == 8);

ShortHash::ShortHash(const SecretKey& key, std::string_view purpose) {
  const std::string own = keyed_hash(key, purpose, key_.size());
  std::ranges::copy(own, key_.begin());
}

uint64_t ShortHash::operator()(std::string_view text) const {
  std::string digest(crypto_shorthash_BYTES, '\0');
  crypto_shorthash(raw(digest), raw(text), text.size(), key_.data());
  return read_u64(digest);
}

}  // namespace jieban
