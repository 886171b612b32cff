// Random bytes by the block: what many small requests cost is one call of the system, not one each.
//
// Promises: each byte comes from the operating system's generator and is handed out once; it is
// wiped here as it leaves. A forked child starts a block of its own. What a thread has not used yet
// is in its memory, beside the master key that such memory holds anyway, and is wiped at its end.
// Fails: never; the generator aborts the process when the system has no entropy.
// Thread rule: any thread; each has its own block. For the .cc files of this folder.
#pragma once

#include <cstddef>
#include <cstdint>

namespace jieban {

void fill_random(uint8_t* out, size_t size);

}  // namespace jieban
