// ShortHash: SipHash-2-4, a keyed hash of 64 bits for many small texts. Who lacks the key can't
// find out a text by trying. Fails: never. Thread rule: immutable; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "common/crypto/secret_key.h"

namespace jieban {

class ShortHash {
 public:
  // Under a key of its own for each purpose, made from `key`.
  ShortHash(const SecretKey& key, std::string_view purpose);
  uint64_t operator()(std::string_view text) const;

 private:
  std::array<uint8_t, 16> key_{};
};

}  // namespace jieban
