// The table of the three rates: one line for each unit, in both counting bases (DOMAIN §9.5).
//
// Promises: the lines do not depend on the order in which orders come; a unit stands in the table
// of either basis, also with nothing in it. Ranked by the score as it is printed, then by volume;
// equals share a rank. A unit with fewer valid call-backs than `valid_min` has rates and no rank.
// Nothing fails. Thread rule: a plain value.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "common/assessment/three_rates.h"

namespace jieban {

enum class Basis {
  full,  // 全口径含剔除诉求
  net,   // 不含剔除诉求
};

struct ScoreLine {
  std::string name;
  VisitCounts counts;
  ThreeRates rates;
  std::optional<size_t> rank;
};

struct ScoreTable {
  std::vector<ScoreLine> lines;  // ranked ones first
  VisitCounts total;
  ThreeRates pooled;  // 合计口径: of the sums
  MeanRates mean;     // 平均口径: of the units' own
};

class ScoreBook {
 public:
  // A unit that is printed even if no order comes.
  void list(const std::string& unit) { units_[unit]; }
  void add(const std::string& unit, const Visit& visit, bool completed, bool excluded);
  // A completion alone: 办结量 may be counted over another window than the rest.
  void complete(const std::string& unit, bool excluded);
  VisitCounts total(Basis basis) const;
  ScoreTable table(Basis basis, const AssessParams& params, uint64_t valid_min) const;

 private:
  struct Counts {
    VisitCounts full;
    VisitCounts net;
  };
  std::map<std::string, Counts> units_;
};

}  // namespace jieban
