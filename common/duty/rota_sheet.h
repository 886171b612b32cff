// A rota of a span of time, put together to be shown: its shifts, whole, and its gaps.
//
// A shift that reaches out of the span is told from its beginning to its end, so that the same
// shift is the same whatever span was asked for; beyond kSheetMargin it is cut. Gaps are those
// within the span. Refers to the book. Plain values; any thread.
#pragma once

#include <vector>

#include "common/duty/rota_checks.h"

namespace jieban {

constexpr std::chrono::days kSheetMargin{70};

struct RotaSheet {
  const RotaBook* book;
  const Rota* rota;
  TimeSpan span;
  std::vector<Shift> pieces;
  std::vector<TimeSpan> gaps;
};

// The changes of the book count too.
RotaSheet make_sheet(const RotaBook& book, const Rota& rota, const RotaChanges& changes,
                     TimeSpan span);

}  // namespace jieban
