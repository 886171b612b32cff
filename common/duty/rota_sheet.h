// A rota of a span of time, put together to be shown: its shifts, whole, and its gaps.
//
// A shift that reaches out of the span is told from its beginning to its end, so that the same
// shift is the same whatever span was asked for. One that goes back further than kSheetMarginMax
// has no beginning: it is `endless` and told from the beginning of the span on; one that lasts as
// far beyond the span, to the end of it. Gaps are those within the span. Costs more where a shift
// is longer than kSheetMargin. Refers to the book. Plain values; any thread.
#pragma once

#include <vector>

#include "common/duty/rota_checks.h"

namespace jieban {

constexpr std::chrono::days kSheetMargin{70};  // does for all but the longest shifts
constexpr std::chrono::days kSheetMarginMax{3 * 366};

struct RotaSheet {
  const RotaBook* book;
  const Rota* rota;
  TimeSpan span;
  std::vector<Shift> pieces;
  // Of each piece: its place among those that begin at the same instant, by person, from 1. It is
  // the same whatever span was asked for, and whoever stands there.
  std::vector<size_t> places;
  std::vector<TimeSpan> gaps;
};

// The changes of the book count too.
RotaSheet make_sheet(const RotaBook& book, const Rota& rota, const RotaChanges& changes,
                     TimeSpan span);

}  // namespace jieban
