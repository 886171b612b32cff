// Laws of the three rates over random sets of orders, against a reference in rational numbers.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <numeric>

#include "common/assessment/three_rates.h"

namespace jieban {
namespace {

__extension__ using Wide = unsigned __int128;

VisitCounts any_counts(uint64_t valid_min) {
  VisitCounts counts;
  counts.valid = *rc::gen::inRange<uint64_t>(valid_min, 60);
  counts.received = counts.valid;
  counts.contacted = *rc::gen::inRange<uint64_t>(0, counts.valid + 1);
  counts.solved = *rc::gen::inRange<uint64_t>(0, counts.valid + 1);
  counts.satisfied = *rc::gen::inRange<uint64_t>(0, counts.valid + 1);
  counts.basic = *rc::gen::inRange<uint64_t>(0, counts.valid - counts.satisfied + 1);
  return counts;
}

std::vector<VisitCounts> any_units() {
  std::vector<VisitCounts> units(*rc::gen::inRange<size_t>(1, 8));
  for (VisitCounts& unit : units) unit = any_counts(1);
  return units;
}

AssessParams any_params() {
  AssessParams params;
  params.response_weight = *rc::gen::inRange<uint64_t>(0, 1001);
  params.solved_weight = *rc::gen::inRange<uint64_t>(0, 1001 - params.response_weight);
  params.satisfied_weight = 1000 - params.response_weight - params.solved_weight;
  params.basic_weight = *rc::gen::inRange<uint64_t>(0, 1001);
  return params;
}

bool at_most(Rate a, Rate b) { return Wide(a.met) * b.of <= Wide(b.met) * a.of; }

TEST(AssessmentLaws, PooledLiesBetweenTheWorstAndTheBestUnit) {
  EXPECT_TRUE(rc::check("min <= pooled <= max, of each rate and the score", [] {
    const AssessParams params = any_params();
    VisitCounts sum;
    std::vector<ThreeRates> rates;
    for (const VisitCounts& unit : any_units()) {
      sum += unit;
      rates.push_back(three_rates(unit, params));
    }
    const ThreeRates pooled = three_rates(sum, params);
    for (auto member :
         {&ThreeRates::response, &ThreeRates::solved, &ThreeRates::satisfied, &ThreeRates::score}) {
      const auto less = [&](const auto& a, const auto& b) {
        return !at_most(b.*member, a.*member);
      };
      const auto [low, high] = std::minmax_element(rates.begin(), rates.end(), less);
      RC_ASSERT(at_most((*low).*member, pooled.*member));
      RC_ASSERT(at_most(pooled.*member, (*high).*member));
    }
  }));
}

TEST(AssessmentLaws, TheOrderOfOrdersAndUnitsDoesNotMatter) {
  EXPECT_TRUE(rc::check("sums and means of a permutation are the same", [] {
    const AssessParams params = any_params();
    std::vector<VisitCounts> units = any_units();
    const auto told = [&] {
      VisitCounts sum;
      MeanRates mean;
      for (const VisitCounts& unit : units) {
        sum += unit;
        mean.add(three_rates(unit, params));
      }
      return format_points(three_rates(sum, params).score, {.decimals = 4}) + " " +
             format_points(mean.score, {.decimals = 4});
    };
    const std::string before = told();
    std::rotate(units.begin(), units.begin() + *rc::gen::inRange<long>(0, long(units.size())),
                units.end());
    std::reverse(units.begin(), units.end());
    RC_ASSERT(told() == before);
  }));
}

// Sums of up to seven fractions with denominators below 60,000 (1000 * 59) fit no 64 bits, but
// reduced by their lcm they do: an independent way to the same number.
TEST(AssessmentLaws, TheMeanIsThatOfRationalNumbers) {
  EXPECT_TRUE(rc::check("mean == sum / n, exactly, in both ways of rounding", [] {
    const auto units = any_units();
    RateMean mean;
    Wide sum = 0;
    Wide denominator = 1;
    for (const VisitCounts& unit : units) {
      const Rate rate = {unit.solved, unit.valid};
      mean.add(rate);
      Wide a = denominator;
      Wide b = rate.of;
      while (b != 0) a = std::exchange(b, a % b);
      const Wide common = denominator / a * rate.of;
      sum = sum * (common / denominator) + Wide(rate.met) * (common / rate.of);
      denominator = common;
    }
    denominator *= units.size();
    RC_ASSERT(*mean.scaled(10'000, RateRounding::cut) == uint64_t(sum * 10'000 / denominator));
    RC_ASSERT(*mean.scaled(10'000, RateRounding::half_up) ==
              uint64_t((2 * sum * 10'000 + denominator) / (2 * denominator)));
  }));
}

TEST(AssessmentLaws, AScoreIsThatOfRationalNumbers) {
  EXPECT_TRUE(rc::check("score == 0.w1 C/V + 0.w2 R/V + 0.w3 (M + bB)/V", [] {
    const AssessParams params = any_params();
    const VisitCounts counts = any_counts(1);
    const Wide per_million =
        Wide(params.response_weight) * 1000 * counts.contacted +
        Wide(params.solved_weight) * 1000 * counts.solved +
        Wide(params.satisfied_weight) *
            (1000 * counts.satisfied + Wide(params.basic_weight) * counts.basic);
    const Wide of = Wide(1'000'000) * counts.valid;
    const auto score = scaled(three_rates(counts, params).score, 1000, RateRounding::half_up);
    RC_ASSERT(*score == uint64_t((2 * per_million * 1000 + of) / (2 * of)));
  }));
}

TEST(AssessmentLaws, NothingButAllPrintsAsAll) {
  EXPECT_TRUE(rc::check("\"100\" only if met == of", [] {
    const uint64_t of = *rc::gen::inRange<uint64_t>(1, kRateMax);
    const uint64_t missing = *rc::gen::inRange<uint64_t>(0, std::min<uint64_t>(of, 50));
    RateStyle style;
    style.decimals = *rc::gen::inRange(0u, 5u);
    style.rounding = *rc::gen::element(RateRounding::cut, RateRounding::half_up);
    const std::string text = format_rate({of - missing, of}, style);
    RC_ASSERT(text.starts_with("100") == (missing == 0));
  }));
}

}  // namespace
}  // namespace jieban
