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

// A quarter is longer than the margin that does for most rotas.
TEST(RotaSheet, AShiftOfAQuarterIsWholeToo) {
  RotaBook book = seat_book();
  book.rotas.front().rules = {rule_of({}, 0, hour(24))};
  book.rotas.front().rules.front().rotation =
      Rotation{RotationUnit::monthly, 3, local("2026-01-05 08:30"), {"a", "b"}, {}};
  for (const char* day : {"2026-04-05 08:30", "2026-05-20 12:00", "2026-07-05 08:29"}) {
    const RotaSheet sheet = make_sheet(book, book.rotas.front(), {},
                                       {local(day), local(day) + std::chrono::minutes(1)});
    EXPECT_EQ(lines_of(sheet.pieces), Lines{"b 04-05 08:30..07-05 08:30"}) << day;
  }
}

TEST(RotaSheet, AShiftWithoutBeginningAndEndIsThatOfTheSpan) {
  RotaBook book = seat_book();
  book.rotas.front().rules = {rule_of({"a"}, 0, hour(24))};
  const RotaSheet sheet = make_sheet(book, book.rotas.front(), {},
                                     {local("2026-03-02 12:00"), local("2026-03-03 12:00")});
  EXPECT_EQ(lines_of(sheet.pieces), Lines{"a 03-02 12:00..03-03 12:00+"});
  EXPECT_TRUE(sheet.pieces.front().endless);
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
