// Goal: a book travels in an event and comes back as it was; names are found.
#include "common/duty/rota.h"

#include "common/wire/payload.h"
#include "tests/unit/common/duty/duty_fixture.h"

namespace jieban {
namespace {

using namespace duty_test;

// Every field differs from its default, the deepest ones included.
RotaBook full_book() {
  RotaBook book = seat_book();
  Rota& rota = book.rotas.front();
  rota.time_zone = "UTC";
  rota.standby = true;
  rota.cover = {{0b11, 60, 120}};
  rota.dates = {{"a", local("2026-03-02 08:30"), local("2026-03-02 09:30"), 7}};
  DutyRule& turns = rota.rules.emplace_back(rule_of({}, 60, 120, 3));
  turns.rotation =
      Rotation{RotationUnit::monthly, 2, local("2026-03-02 08:30"), {"a", "b"}, "America/Chicago"};
  rota.rules.push_back(rule_of({"c"}, 60, 120, 4));
  book.changes.temporary = {{"t1",
                             "seat",
                             local("2026-03-03 00:00"),
                             local("2026-03-04 00:00"),
                             {{"d", local("2026-03-03 01:00"), local("2026-03-03 02:00"), 0}}}};
  book.changes.overrides = {override_of("2026-03-05 00:00", "2026-03-06 00:00", "a", "b")};
  book.changes.overrides.front().priority = 5;
  book.changes.overrides.front().alone = true;
  book.changes.overrides.front().reason = "x";
  book.changes.leaves = {leave_of("2026-03-05 00:00", "2026-03-06 00:00", "b")};
  book.changes.swaps = {swap_of("2026-03-07 00:00", "2026-03-08 00:00", "a", "c")};
  book.changes.swaps.front().back_from = local("2026-03-09 00:00");
  book.changes.swaps.front().back_until = local("2026-03-10 00:00");
  return book;
}

TEST(RotaBook, ComesBackFromAnEventAsItWas) {
  const std::string bytes = encode_payload(full_book());
  auto decoded = decode_payload<RotaBook>(bytes);
  ASSERT_TRUE(decoded.ok()) << decoded.error().message;
  EXPECT_EQ(encode_payload(*decoded), bytes);
  EXPECT_EQ(decoded->rotas.front().rules[1].rotation->unit, RotationUnit::monthly);
  EXPECT_EQ(decoded->changes.swaps.front().back_until, local("2026-03-10 00:00"));
  EXPECT_EQ(decoded->changes.temporary.front().shifts.front().person, "d");
  EXPECT_EQ(decoded->rotas.front().rules[0].cycle->shifts[1].name, "夜班");
}

TEST(RotaBook, DamageIsRefused) {
  std::string bytes = encode_payload(full_book());
  const size_t at = bytes.find("monthly");
  ASSERT_NE(at, std::string::npos);
  bytes.replace(at, 7, "minutly");
  EXPECT_FALSE(decode_payload<RotaBook>(bytes).ok());
}

TEST(RotaBook, FindsRotasAndNames) {
  const RotaBook book = seat_book();
  ASSERT_NE(book.find_rota("seat"), nullptr);
  EXPECT_EQ(book.find_rota("sea"), nullptr);
  EXPECT_EQ(book.name_of("a"), "坐席a");
  EXPECT_EQ(book.name_of("nobody"), "nobody");
}

TEST(RotaBook, ItsOwnChangesComeBeforeTheOthers) {
  RotaBook book = seat_book();
  book.changes.leaves = {leave_of("2026-03-05 00:00", "2026-03-06 00:00", "a")};
  RotaChanges more;
  more.leaves = {leave_of("2026-03-05 00:00", "2026-03-06 00:00", "b")};
  const RotaChanges all = book.all_changes(more);
  ASSERT_EQ(all.leaves.size(), 2U);
  EXPECT_EQ(all.leaves[0].person, "a");
  EXPECT_EQ(all.leaves[1].person, "b");
}

TEST(RotationUnits, EachIsReadAsItIsWritten) {
  for (const char* word : {"hourly", "daily", "weekly", "monthly"}) {
    RotationUnit unit{};
    ASSERT_TRUE(from_string(word, unit));
    EXPECT_EQ(to_string(unit), word);
  }
  RotationUnit unit{};
  EXPECT_FALSE(from_string("yearly", unit));
}

}  // namespace
}  // namespace jieban
