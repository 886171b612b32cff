// DOMAIN §9.2, to the digit (scenario 9).
#include "common/assessment/three_rates.h"

#include <gtest/gtest.h>

#include <array>

namespace jieban {
namespace {

VisitCounts counts(uint64_t v, uint64_t c, uint64_t r, uint64_t m, uint64_t b) {
  VisitCounts made;
  made.received = v;
  made.valid = v;
  made.contacted = c;
  made.solved = r;
  made.satisfied = m;
  made.basic = b;
  return made;
}

template <class Rates>
std::string told(const Rates& rates, const AssessParams& params) {
  const RateStyle style = params.rate_style();
  return format_rate(rates.response, style) + " " + format_rate(rates.solved, style) + " " +
         format_rate(rates.satisfied, style) + " " +
         format_points(rates.score, params.score_style());
}

std::string told(const VisitCounts& of, const AssessParams& params = {}) {
  return told(three_rates(of, params), params);
}

TEST(ThreeRates, AreThoseOfTheWorkedExamples) {
  EXPECT_EQ(told(counts(120, 118, 109, 100, 10)), "98.33% 90.83% 90.83% 91.6");
  EXPECT_EQ(told(counts(40, 40, 40, 36, 4)), "100% 100% 99.00% 99.6");
  EXPECT_EQ(told(counts(1, 1, 1, 0, 1)), "100% 100% 90.00% 96.0");
  EXPECT_EQ(told(counts(0, 0, 0, 0, 0)), "— — — —");
}

TEST(ThreeRates, PooledAndMeanDifferAndBothAreRight) {
  VisitCounts pooled = counts(120, 118, 109, 100, 10);
  pooled += counts(40, 40, 40, 36, 4);
  EXPECT_EQ(pooled, counts(160, 158, 149, 136, 14));
  EXPECT_EQ(told(pooled), "98.75% 93.13% 92.88% 93.6");
  const AssessParams params;
  MeanRates mean;
  mean.add(three_rates(counts(120, 118, 109, 100, 10), params));
  mean.add(three_rates(counts(40, 40, 40, 36, 4), params));
  mean.add(three_rates(counts(0, 0, 0, 0, 0), params));  // a unit without call-backs is no unit
  EXPECT_EQ(told(mean, params), "99.17% 95.42% 94.92% 95.6");
}

TEST(ThreeRates, NothingVisitedIsZeroOnlyIfAskedFor) {
  AssessParams params;
  params.zero_as_zero = true;
  EXPECT_EQ(told(counts(0, 0, 0, 0, 0), params), "0.00% 0.00% 0.00% 0.0");
  MeanRates mean;
  mean.add(three_rates(counts(0, 0, 0, 0, 0), params));
  mean.add(three_rates(counts(1, 1, 1, 1, 0), params));
  EXPECT_EQ(told(mean, params), "50.00% 50.00% 50.00% 50.0");
}

TEST(ThreeRates, WeightsAndDenominatorAreParameters) {
  AssessParams params;
  params.response_weight = 300;
  params.solved_weight = 350;
  params.satisfied_weight = 350;
  params.basic_weight = 500;
  EXPECT_EQ(told(counts(2, 2, 1, 0, 1), params), "100% 50.00% 25.00% 56.3");  // 56.25
  VisitCounts half = counts(1, 1, 1, 1, 0);
  half.received = 2;
  params.of_all = true;
  EXPECT_EQ(told(half, params), "50.00% 50.00% 50.00% 50.0");
}

TEST(ThreeRates, PartlySolvedCountsOnlyIfAskedFor) {
  VisitCounts some;
  some.add({true, true, Solved::partial, Satisfied::basic}, false);
  EXPECT_EQ(told(some), "100% 0.00% 90.00% 46.0");
  AssessParams params;
  params.partial_solved_counts = true;
  EXPECT_EQ(told(some, params), "100% 100% 90.00% 96.0");
}

TEST(VisitCounts, CountOnlyWhatAValidVisitBrought) {
  VisitCounts some;
  some.add({false, true, Solved::solved, Satisfied::satisfied}, true);
  EXPECT_EQ(some.received, 1u);
  EXPECT_EQ(some.completed, 1u);
  EXPECT_EQ(some.valid + some.contacted + some.solved + some.satisfied, 0u);
}

TEST(VisitCounts, WhatIsTakenAwayWasNeverThere) {
  const std::array<Visit, 3> visits = {{{true, true, Solved::solved, Satisfied::satisfied},
                                        {true, false, Solved::partial, Satisfied::not_rated},
                                        {true, true, Solved::unsolved, Satisfied::basic}}};
  VisitCounts some;
  for (const Visit& visit : visits) some.add(visit, true);
  const VisitCounts before = some;
  some.add(visits[2], false);
  some.remove(visits[2], false);
  EXPECT_EQ(some, before);
}

}  // namespace
}  // namespace jieban
