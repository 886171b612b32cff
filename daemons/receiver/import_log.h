// ImportLog: tells of imports, however many there are: at once of the first one of a source, then
// of all that came meanwhile once a minute.
//
// A push may bring one order, and many pushes a second may come; who waits for the age of the last
// import wants to hear of it, and not of each. What waits to be told is a row of the store.
// Fails: as the store does; an input that cannot be decoded is refused. Thread rule: the loop's.
#pragma once

#include "common/daemon/service.h"
#include "common/daemon/table.h"
#include "common/domain/import_done.h"

namespace jieban {

// Of one source.
struct ImportTally {
  ImportDone waiting;  // batches 0: nothing waits
  Timestamp told_at;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("waiting", &ImportTally::waiting);
    visit("told_at", &ImportTally::told_at);
  }
};

// The input: an ImportDone, whose instant is that of the step.
constexpr std::string_view kImportSubmitted = "import.submitted";

class ImportLog {
 public:
  static constexpr Duration kPause = std::chrono::minutes(1);

  Result<void> open(TableOpener& opener) { return tallies_.open(opener, "imports"); }
  // Answers "told" or "kept".
  Result<void> take(const Event& event, Step& step) const;
  Result<void> tick(Step& step) const;
  // kTimestampMax when nothing waits.
  Result<Timestamp> next_due(const Transaction& store) const;

 private:
  Table<ImportTally> tallies_;  // by source: the folder and the clients, a few
};

}  // namespace jieban
