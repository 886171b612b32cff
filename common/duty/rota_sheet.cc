#include "common/duty/rota_sheet.h"

#include <algorithm>

namespace jieban {
namespace {

std::vector<Shift> pieces_of(const Rota& rota, const RotaChanges& changes, TimeSpan span,
                             std::chrono::days margin) {
  auto pieces = duty_pieces(rota, changes, span.from - margin, span.until + margin);
  std::erase_if(pieces, [&](const Shift& piece) {
    return piece.end <= span.from || piece.start >= span.until;
  });
  return pieces;
}

// What was on duty already where the look back ends has no beginning.
void cut_endless(std::vector<Shift>& pieces, TimeSpan span) {
  for (Shift& piece : pieces) {
    piece.endless = piece.start == span.from - kSheetMarginMax;
    if (piece.endless) piece.start = span.from;
    if (piece.truncated) piece.end = span.until;
  }
  std::ranges::stable_sort(pieces, {}, &Shift::start);
}

}  // namespace

RotaSheet make_sheet(const RotaBook& book, const Rota& rota, const RotaChanges& changes,
                     TimeSpan span) {
  const RotaChanges all = book.all_changes(changes);
  RotaSheet sheet{&book, &rota, span, {}, gaps(rota, all, span.from, span.until)};
  sheet.pieces = pieces_of(rota, all, span, kSheetMargin);
  const bool whole = std::ranges::none_of(sheet.pieces, [&](const Shift& piece) {
    return piece.truncated || piece.start == span.from - kSheetMargin;
  });
  if (whole) return sheet;
  sheet.pieces = pieces_of(rota, all, span, kSheetMarginMax);
  cut_endless(sheet.pieces, span);
  return sheet;
}

}  // namespace jieban
