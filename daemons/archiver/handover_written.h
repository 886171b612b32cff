// What was written by hand in the log of a watch, as the archive has it: sealed. Who holds a key
// opens it (the receiver's POST /api/v1/handovers/{number}/readings).
//
// Of a hand-over are: what its signatures came with, its shift notes, why it was withdrawn, and the
// reasons of the overrides under which it passed. Fails: as find_handover. Thread rule: any thread.
#pragma once

#include <string>
#include <vector>

#include "common/base/value.h"
#include "daemons/archiver/handover_query.h"

namespace jieban {

struct WrittenPart {
  std::string topic;  // "handover.signed_out"
  Signature written;
  std::string kind;  // of a shift note
  uint64_t sequence = 0;
  SealedBox sealed;
};

// In the order in which they were written.
Result<std::vector<WrittenPart>> find_written(const Archive& archive, const std::string& number);

// {parts: [{topic, label, at, by, kind, key_id, box}]}, the last two in Base64
Value written_value(const std::vector<WrittenPart>& parts);

}  // namespace jieban
