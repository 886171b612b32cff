#include "common/duty/rota_sheet.h"

#include <algorithm>

namespace jieban {
namespace {

// Without those outside of the span.
void keep_within(std::vector<Shift>& pieces, TimeSpan span) {
  std::erase_if(pieces, [&](const Shift& piece) {
    return piece.end <= span.from || piece.start >= span.until;
  });
}

// Among `all`, which reach further than the span: one that is over before it holds its place.
std::vector<size_t> places_of(const std::vector<Shift>& pieces, const std::vector<Shift>& all) {
  std::vector<size_t> places;
  places.reserve(pieces.size());
  for (const Shift& piece : pieces) {
    const auto begins_with = [&](const Shift& other) {
      return other.endless == piece.endless && other.start == piece.start;
    };
    const auto before = std::ranges::count_if(piece.endless ? pieces : all, [&](const auto& other) {
      return begins_with(other) && other.person < piece.person;
    });
    places.push_back(size_t(before) + 1);
  }
  return places;
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
  RotaSheet sheet{&book, &rota, span, {}, {}, gaps(rota, all, span.from, span.until)};
  auto known = duty_pieces(rota, all, span.from - kSheetMargin, span.until + kSheetMargin);
  sheet.pieces = known;
  keep_within(sheet.pieces, span);
  const bool whole = std::ranges::none_of(sheet.pieces, [&](const Shift& piece) {
    return piece.truncated || piece.start == span.from - kSheetMargin;
  });
  if (!whole) {
    known = duty_pieces(rota, all, span.from - kSheetMarginMax, span.until + kSheetMarginMax);
    sheet.pieces = known;
    keep_within(sheet.pieces, span);
    cut_endless(sheet.pieces, span);
  }
  sheet.places = places_of(sheet.pieces, known);
  return sheet;
}

}  // namespace jieban
