// Lines, ranks and both totals, in both counting bases.
#include "common/assessment/score_table.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

constexpr Visit kGood{true, true, Solved::solved, Satisfied::satisfied};
constexpr Visit kBad{true, true, Solved::unsolved, Satisfied::unsatisfied};

void add(ScoreBook& book, const std::string& unit, const Visit& visit, int times,
         bool excluded = false) {
  for (int i = 0; i < times; ++i) book.add(unit, visit, true, excluded);
}

std::string ranks(const ScoreTable& table) {
  std::string text;
  for (const ScoreLine& line : table.lines) {
    text += line.name + (line.rank ? std::to_string(*line.rank) : "-") + " ";
  }
  return text;
}

// DOMAIN §19, scenario 11.
TEST(ScoreTable, AnExcludedOrderStaysInTheFullBasisOnly) {
  ScoreBook book;
  add(book, "a", kGood, 3);
  add(book, "a", kBad, 1, true);
  const ScoreTable full = book.table(Basis::full, {}, 3);
  const ScoreTable net = book.table(Basis::net, {}, 3);
  EXPECT_EQ(full.total.valid, 4u);
  EXPECT_EQ(format_rate(full.pooled.solved), "75.0%");
  EXPECT_EQ(net.total.valid, 3u);
  EXPECT_EQ(format_rate(net.pooled.solved), "100.0%");
}

TEST(ScoreTable, RanksByScoreThenVolumeAndEqualsShare) {
  ScoreBook book;
  add(book, "a", kGood, 3);
  add(book, "b", kGood, 4);
  add(book, "c", kGood, 3);
  add(book, "d", kBad, 9);
  EXPECT_EQ(ranks(book.table(Basis::full, {}, 3)), "b1 a2 c2 d4 ");
}

TEST(ScoreTable, TooFewVisitsMeanNoRank) {
  ScoreBook book;
  add(book, "few", kGood, 2);
  add(book, "many", kBad, 3);
  book.list("none");
  const ScoreTable table = book.table(Basis::full, {}, 3);
  EXPECT_EQ(ranks(table), "many1 few- none- ");
  EXPECT_TRUE(table.lines[2].rates.none());
  EXPECT_EQ(table.mean.score.count(), 2u);
}

TEST(ScoreTable, ZeroAsZeroRanksWhoHadNoVisits) {
  ScoreBook book;
  add(book, "a", kGood, 3);
  book.list("none");
  AssessParams params;
  params.zero_as_zero = true;
  EXPECT_EQ(ranks(book.table(Basis::full, params, 3)), "a1 none2 ");
}

TEST(ScoreTable, ACompletionAloneAddsNothingElse) {
  ScoreBook book;
  book.complete("a", false);
  book.complete("a", true);
  EXPECT_EQ(book.total(Basis::full).completed, 2u);
  EXPECT_EQ(book.total(Basis::net).completed, 1u);
  EXPECT_EQ(book.total(Basis::full).received, 0u);
}

TEST(ScoreTable, AUnitWhoseOrdersWereAllExcludedStaysInTheTable) {
  ScoreBook book;
  add(book, "a", kBad, 3, true);
  const ScoreTable net = book.table(Basis::net, {}, 3);
  ASSERT_EQ(net.lines.size(), 1u);
  EXPECT_EQ(format_rate(net.lines[0].rates.solved), "—");
  EXPECT_FALSE(net.lines[0].rank);
}

}  // namespace
}  // namespace jieban
