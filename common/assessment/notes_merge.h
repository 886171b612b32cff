// What the archive keeps of a contract's course and what a file of notes says of it, as one
// (DOMAIN §17).
//
// The archive wins: its records have an actor, a time and a place in the hash chain. The file adds
// what the archive does not say; where the two say different things, that is told and the file's
// word is dropped. Nothing fails. Thread rule: pure functions.
#pragma once

#include <string>
#include <vector>

#include "common/assessment/contract.h"

namespace jieban {

struct MergedNotes {
  LedgerNotes notes;
  std::vector<std::string> contradictions;  // in Chinese, for people
};

// Also tells of a miss in the archive that names a rectification which nobody has demanded.
MergedNotes merge_notes(const LedgerNotes& archive, const LedgerNotes& file);

}  // namespace jieban
