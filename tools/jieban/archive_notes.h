// What the archive keeps of a contract's course: why orders missed a promised figure, and which
// rectifications were demanded, as records of the orders (DOMAIN §17).
//
// The latest word on an order's figure counts; party A's opinion of a cause stays with it until
// another cause is noted. A rectification may be demanded at several orders and is one, by its id.
// What was demanded is sealed at the door: the evidence stands for it. Of rectifications, what came
// after `as_of` has not happened; causes are noted later than the miss, and all count.
// Pure; nothing fails: a record that lacks something leaves it empty. archived_notes() asks the
// archive.
#pragma once

#include <string>
#include <vector>

#include "common/assessment/contract.h"
#include "common/base/value.h"
#include "tools/jieban/session.h"

namespace jieban {

struct ArchiveNotes {
  LedgerNotes notes;
  std::vector<std::string> contradictions;  // in Chinese, for people
};

// The records of the kinds "miss" and "rectification", the oldest first.
ArchiveNotes notes_of_records(const Value::Array& misses, const Value::Array& rectifications,
                              Date as_of);

// What the client fails with.
Result<ArchiveNotes> archived_notes(const Session& session, Date as_of);

}  // namespace jieban
