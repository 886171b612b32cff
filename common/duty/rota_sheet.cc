#include "common/duty/rota_sheet.h"

namespace jieban {

RotaSheet make_sheet(const RotaBook& book, const Rota& rota, const RotaChanges& changes,
                     TimeSpan span) {
  const RotaChanges all = book.all_changes(changes);
  RotaSheet sheet{&book, &rota, span, {}, gaps(rota, all, span.from, span.until)};
  sheet.pieces = duty_pieces(rota, all, span.from - kSheetMargin, span.until + kSheetMargin);
  std::erase_if(sheet.pieces, [&](const Shift& piece) {
    return piece.end <= span.from || piece.start >= span.until;
  });
  return sheet;
}

}  // namespace jieban
