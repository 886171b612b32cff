// Unpredictable bytes and tokens from the operating system's generator, and the library's start.
//
// Promises: bytes nobody can guess; a token is safe in a URL, a header and a file name.
// Fails: initialise_crypto() returns an `internal` error when the library refuses this machine;
// after that nothing here fails (the generator aborts the process when the system has no entropy).
// Thread rule: initialise_crypto() once, before threads start; all else from any thread.
#pragma once

#include <cstddef>
#include <string>

#include "common/base/result.h"

namespace jieban {

// Chooses the fastest code for this processor. May be called again; then it does nothing.
Result<void> initialise_crypto();

std::string random_bytes(size_t size);

// base64url without padding of `size` random bytes: 32 bytes give 43 characters.
std::string random_token(size_t size = 32);

}  // namespace jieban
