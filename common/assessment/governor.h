// What an appeal is worth, and how many may go out (DOMAIN §10.3, §10.5).
//
// The gain of an appeal is the score of the net set without the order, less the score with it:
// exact, in points. The governor orders candidates by their chance times their gain, and holds
// back what would pass the ceiling. It advises; nothing is ever submitted by it.
// REQUIRES: at most a million orders, as of every Rate.
// Nothing fails. Thread rule: plain values and pure functions.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "common/assessment/appeal.h"

namespace jieban {

// A difference of two scores, of 1; gains of one set compare exactly.
struct ScoreGain {
  int64_t numerator = 0;
  uint64_t denominator = 1;

  std::strong_ordering operator<=>(const ScoreGain& other) const;
  bool operator==(const ScoreGain& other) const { return (*this <=> other) == 0; }
};

// None when nothing would be left to be scored.
std::optional<ScoreGain> gain_without(const VisitCounts& set, const Visit& order,
                                      const AssessParams& params);
// "+0.8333" points, half away from zero; "—" for none.
std::string format_gain(const std::optional<ScoreGain>& gain);

struct PassHistory {
  uint64_t passed = 0;
  uint64_t decided = 0;
};
// By point; appeals without one under "".
std::map<std::string, PassHistory> pass_history(const std::vector<Appeal>& appeals);

struct AppealCandidate {
  std::string order_no;
  std::vector<std::string> lost;
  std::vector<AppealGround> grounds;
  std::optional<ScoreGain> gain;
  // Laplace: (passed + 1) / (decided + 2) of the point of its first ground that has one.
  Rate chance{1, 2};
  bool held = false;  // by the governor
};

struct AppealRatio {
  Rate submitted;  // of the cycle, of valid call-backs; met may not pass of here
  Rate passed;     // of those decided, whenever
  uint64_t submitted_count = 0;
  std::optional<uint64_t> room;  // further submissions below the ceiling; none: no ceiling
};
AppealRatio appeal_ratio(const std::vector<Appeal>& appeals, const std::string& cycle,
                         uint64_t valid, std::optional<uint64_t> max_permille);

// Sorted by gain, descending; what does not fit is marked as held: those whose chance times gain
// is least.
void govern(std::vector<AppealCandidate>& candidates, const AppealRatio& ratio);

}  // namespace jieban
