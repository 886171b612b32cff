// Old notices are forgotten: the archive has them for ever, a table that is asked every second must
// not grow for ever.
//
// What was made longer ago than `keep` of the rules goes, with what it was a list of; one that
// still waits then is taken back first, so that the stream tells of its end. Rows of a store from
// before notices were ordered by their age are put in order first, a number of them in a tick;
// until then a list of notices lacks the rest. What fails and how: as the store does. Thread rule:
// the loop's thread.
#pragma once

#include <string>
#include <vector>

#include "daemons/notifier/notice_tables.h"

namespace jieban {

struct SweepRow {
  std::optional<std::string> ordered_to{};  // key of `notices`; none when all are
  std::optional<Timestamp> looked_at{};

  template <class Visit>
  static void fields(Visit& visit) {
    visit("ordered_to", &SweepRow::ordered_to);
    visit("looked_at", &SweepRow::looked_at);
  }
};

class NoticeSweep {
 public:
  Result<void> open(TableOpener& opener);

  // The ids of what is to be forgotten now, the oldest first; a bounded number.
  Result<std::vector<std::string>> tick(const NoticeTables& tables, Duration keep,
                                        Step& step) const;
  // REQUIRES: `keep` is that of the next tick.
  Result<Timestamp> next_due(const NoticeTables& tables, Duration keep,
                             const Transaction& store) const;

 private:
  Result<void> order(SweepRow& row, const NoticeTables& tables, Step& step) const;

  Table<SweepRow> rows_;
};

}  // namespace jieban
