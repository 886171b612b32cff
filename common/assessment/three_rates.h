// The three rates (三率) of a set of orders, and their score (DOMAIN §9.1).
//
// Counts are whole numbers; a rate is met / of with the weights multiplied in, so that nothing is
// rounded before it is printed. Sets are counted in two bases: all orders (全口径含剔除), and
// without those excluded from the assessment (不含剔除).
// Nothing fails. Thread rule: plain values and pure functions.
#pragma once

#include <cstdint>

#include "common/assessment/rate.h"
#include "common/assessment/rules.h"

namespace jieban {

enum class Solved { unknown, solved, partial, unsolved };
enum class Satisfied { unknown, satisfied, basic, unsatisfied, not_rated };

// What the city's call-back brought (回访).
struct Visit {
  bool valid = false;
  bool contacted = false;
  Solved solved = Solved::unknown;
  Satisfied satisfied = Satisfied::unknown;
};

struct VisitCounts {
  uint64_t received = 0;
  uint64_t completed = 0;
  uint64_t valid = 0;  // all below: among these
  uint64_t contacted = 0;
  uint64_t solved = 0;
  uint64_t partial = 0;
  uint64_t satisfied = 0;
  uint64_t basic = 0;

  void add(const Visit& visit, bool completed_too);
  // REQUIRES: the order was added.
  void remove(const Visit& visit, bool completed_too);
  VisitCounts& operator+=(const VisitCounts& other);
  bool operator==(const VisitCounts&) const = default;
};

struct ThreeRates {
  Rate response;
  Rate solved;
  Rate satisfied;
  Rate score;  // of 100 points

  bool none() const { return response.none(); }
  bool operator==(const ThreeRates&) const = default;
};

// Rates of nothing for nothing, or of zero with `zero_as_zero`.
ThreeRates three_rates(const VisitCounts& counts, const AssessParams& params);

// The mean of the units (平均口径), beside which the pooled one (合计口径) is three_rates() of the
// sum.
struct MeanRates {
  RateMean response;
  RateMean solved;
  RateMean satisfied;
  RateMean score;

  void add(const ThreeRates& rates);
};

}  // namespace jieban
