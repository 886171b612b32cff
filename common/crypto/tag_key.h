// TagKey: tags of texts, which show who lacks the key nothing but that two texts are equal.
//
// Promises: SipHash-2-4, 64 bits as bytes or as a number, under a key of its own that is made of a
// SecretKey; the same for ever. Some ten times as fast as keyed_hash() for the short texts of an
// order, of which each has five. No digest of evidence: whoever has the key can look for
// collisions; that two of 10^7 texts have the same tag by chance is one case in 370,000.
// Fails: nothing here fails. Thread rule: immutable, any thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "common/crypto/secret_key.h"

namespace jieban {

class TagKey {
 public:
  static constexpr size_t kTagSize = 8;

  // `purpose` keeps the tags of one use apart from those of another.
  TagKey(const SecretKey& key, std::string_view purpose);
  TagKey(const TagKey&) = delete;
  TagKey& operator=(const TagKey&) = delete;
  TagKey(TagKey&&) noexcept = default;
  TagKey& operator=(TagKey&&) = delete;
  ~TagKey();

  std::string tag(std::string_view text) const;
  // The same as a number, for very many small texts.
  uint64_t number(std::string_view text) const;

 private:
  std::array<uint8_t, 16> key_{};
};

}  // namespace jieban
