// Random bytes by the block: what many small requests cost is one call of the system, not one each.
//
// Promises: a block is a ChaCha20 stream under a fresh seed of the operating system's generator;
// the seed is wiped at once, each byte as it leaves, and none is handed out twice. A forked child
// starts a block of its own. What a thread has not used yet is in its memory, beside the master key
// that such memory holds anyway, and is wiped at its end. Fails: never; the generator aborts the
// process when the system has no entropy. Thread rule: any thread; each has its own block. For the
// .cc files of this folder.
#pragma once

#include <cstddef>
#include <cstdint>

namespace jieban {

void fill_random(uint8_t* out, size_t size);

}  // namespace jieban
