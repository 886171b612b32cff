// Goal: walks see every row once, in order, across the chunks of which they are made.
#include "daemons/archiver/archive.h"

#include "tests/unit/daemons/archiver/day.h"

namespace jieban {
namespace {

using namespace archiver_test;

constexpr uint64_t kRows = 2500;  // three chunks

void fill(Place& place) {
  auto txn = place.fold->environment().write();
  for (uint64_t i = 1; i <= kRows; ++i) {
    ASSERT_TRUE(txn->put(place.core.tables().moments, make_key(i), "x").ok());
  }
  ASSERT_TRUE(txn->commit().ok());
}

std::vector<uint64_t> walked(const Place& place, bool back, const std::string& bound, size_t stop) {
  std::vector<uint64_t> seen;
  VisitRow visit = [&](const Transaction&, std::string_view key, std::string_view) {
    seen.push_back(KeyReader(key).number());
    return Result<bool>(seen.size() < stop);
  };
  TableId table = place.core.tables().moments;
  const Environment& environment = place.fold->environment();
  auto done =
      back ? walk_back(environment, table, bound, visit) : walk(environment, table, bound, visit);
  EXPECT_TRUE(done.ok());
  return seen;
}

TEST(ArchiveWalk, GoesUpOverEveryRowOnce) {
  Place place;
  fill(place);
  auto seen = walked(place, false, {}, SIZE_MAX);
  ASSERT_EQ(seen.size(), kRows);
  for (uint64_t i = 0; i < kRows; ++i) EXPECT_EQ(seen[i], i + 1);
}

TEST(ArchiveWalk, GoesDownOverEveryRowOnce) {
  Place place;
  fill(place);
  auto seen = walked(place, true, {}, SIZE_MAX);
  ASSERT_EQ(seen.size(), kRows);
  for (uint64_t i = 0; i < kRows; ++i) EXPECT_EQ(seen[i], kRows - i);
}

TEST(ArchiveWalk, UpwardsIncludesItsBoundAndDownwardsDoesNot) {
  Place place;
  fill(place);
  EXPECT_EQ(walked(place, false, make_key(uint64_t{2499}), SIZE_MAX),
            (std::vector<uint64_t>{2499, 2500}));
  EXPECT_EQ(walked(place, true, make_key(uint64_t{3}), SIZE_MAX), (std::vector<uint64_t>{2, 1}));
  EXPECT_EQ(walked(place, true, make_key(uint64_t{9999}), 1), (std::vector<uint64_t>{2500}));
}

TEST(ArchiveWalk, StopsWhenItsVisitorSaysSo) {
  Place place;
  fill(place);
  EXPECT_EQ(walked(place, false, {}, 1200).size(), 1200U);
  EXPECT_EQ(walked(place, true, {}, 1200).size(), 1200U);
}

TEST(ArchiveWalk, FindsNothingInAnEmptyTable) {
  Place place;
  EXPECT_TRUE(walked(place, false, {}, SIZE_MAX).empty());
  EXPECT_TRUE(walked(place, true, {}, SIZE_MAX).empty());
  EXPECT_TRUE(walked(place, true, make_key(uint64_t{3}), SIZE_MAX).empty());
}

TEST(ArchiveWalk, ReturnsTheErrorOfItsVisitor) {
  Place place;
  fill(place);
  auto done = walk(place.fold->environment(), place.core.tables().moments, {},
                   [](const Transaction&, std::string_view, std::string_view) {
                     return Result<bool>(invalid("enough"));
                   });
  ASSERT_FALSE(done.ok());
  EXPECT_EQ(done.error().message, "enough");
}

TEST(ArchiveIndex, AnEntryThatIsNoNumberIsCorrupt) {
  EXPECT_EQ(*decode_number(encode_number(7)), 7U);
  EXPECT_EQ(decode_number("seven").error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace jieban
