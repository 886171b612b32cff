// Walks the whole hash chain and computes it again: shows that nothing in it was changed, taken
// out, put in or moved.
//
// Compared are each entry with its own hash and the entry before it, the number of entries with
// that of the timelines (which betrays a tail that was cut off), and the chain with the seal of
// every day (which betrays a chain that was computed anew). A seal that is kept elsewhere proves
// the same against somebody who rewrote the seals too.
// Fails: `io` of the store; what is wrong with the chain is no error but the answer.
// Thread rule: any thread; reads in short transactions while the archive grows.
#pragma once

#include <optional>
#include <string>

#include "daemons/archiver/archive.h"

namespace jieban {

struct ChainReport {
  uint64_t count = 0;     // entries that are whole, from the first on
  std::string head_hash;  // of the last of them
  // The first number that is not as it was written, and what is wrong with it.
  std::optional<uint64_t> broken_at;
  std::string reason;
};

Result<ChainReport> verify_chain(const Archive& archive);

}  // namespace jieban
