#include "common/crypto/tag_key.h"

#include <sodium.h>

#include <algorithm>

#include "common/base/bytes.h"
#include "common/crypto/hashes.h"
#include "common/crypto/raw.h"

namespace jieban {

static_assert(TagKey::kTagSize == crypto_shorthash_BYTES && crypto_shorthash_BYTES == 8);

TagKey::TagKey(const SecretKey& key, std::string_view purpose) {
  static_assert(sizeof key_ == crypto_shorthash_KEYBYTES);
  std::string derived = keyed_hash(key, purpose, sizeof key_);
  std::copy(derived.begin(), derived.end(), key_.begin());
  wipe(derived);
}

TagKey::~TagKey() { sodium_memzero(key_.data(), key_.size()); }

std::string TagKey::tag(std::string_view text) const {
  std::string tag(kTagSize, '\0');
  crypto_shorthash(raw(tag), raw(text), text.size(), key_.data());
  return tag;
}

uint64_t TagKey::number(std::string_view text) const { return read_u64(tag(text)); }

}  // namespace jieban
