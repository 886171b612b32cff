// Goal: shifts are whole whatever span is asked for; gaps are those of the span.
#include "common/duty/rota_sheet.h"

#include "tests/unit/common/duty/duty_fixture.h"

namespace jieban {
namespace {

using namespace duty_test;

TEST(RotaSheet, AShiftThatReachesOutIsWhole) {
  const RotaBook book = seat_book();
  const RotaSheet sheet = make_sheet(book, book.rotas.front(), {},
                                     {local("2026-03-02 12:00"), local("2026-03-02 21:00")});
  EXPECT_EQ(lines_of(sheet.pieces),
            (Lines{"a 03-02 08:30..03-02 20:30", "d 03-02 20:30..03-03 08:30"}));
  EXPECT_TRUE(sheet.gaps.empty());
  // One that only touches the span is not in it.
  const RotaSheet noon = make_sheet(book, book.rotas.front(), {},
                                    {local("2026-03-02 08:30"), local("2026-03-02 20:30")});
  EXPECT_EQ(lines_of(noon.pieces), Lines{"a 03-02 08:30..03-02 20:30"});
}

TEST(RotaSheet, TheChangesOfTheBookAndTheOthersCount) {
  RotaBook book = seat_book();
  book.changes.leaves = {leave_of("2026-03-02 10:00", "2026-03-02 14:00", "a")};
  RotaChanges more;
  more.leaves = {leave_of("2026-03-02 14:00", "2026-03-02 16:00", "a")};
  const RotaSheet sheet = make_sheet(book, book.rotas.front(), more,
                                     {local("2026-03-02 12:00"), local("2026-03-02 18:00")});
  EXPECT_EQ(sheet.gaps,
            (std::vector<TimeSpan>{{local("2026-03-02 12:00"), local("2026-03-02 16:00")}}));
  EXPECT_EQ(lines_of(sheet.pieces), Lines{"a 03-02 16:00..03-02 20:30"});
}

}  // namespace
}  // namespace jieban
