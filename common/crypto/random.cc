#include "common/crypto/random.h"

#include <sodium.h>

#include "common/crypto/base64.h"
#include "common/crypto/entropy.h"
#include "common/crypto/raw.h"

namespace jieban {

Result<void> initialise_crypto() {
  if (sodium_init() < 0) return Error{ErrorCode::internal, "libsodium does not start"};
  return {};
}

std::string random_bytes(size_t size) {
  std::string bytes(size, '\0');
  fill_random(raw(bytes), size);
  return bytes;
}

std::string random_token(size_t size) { return to_base64_url(random_bytes(size)); }

}  // namespace jieban
