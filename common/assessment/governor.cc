#include "common/assessment/governor.h"

#include <algorithm>
#include <numeric>

namespace jieban {
namespace {

__extension__ using Wide = __int128;

constexpr unsigned kGainDecimals = 4;

// The weight multiplied out of a score: met of `base` orders.
struct Weighted {
  int64_t met = 0;
  int64_t base = 0;
};

Weighted weighted(const VisitCounts& set, const AssessParams& params) {
  AssessParams plain = params;
  plain.zero_as_zero = false;
  const Rate score = three_rates(set, plain).score;
  return {int64_t(score.met), int64_t(score.of / (kPermille * kPermille))};
}

struct Worth {
  Wide numerator;
  uint64_t denominator;
};

// Gains of one list have one denominator, or are none.
Worth worth(const AppealCandidate& candidate) {
  const Wide gain = candidate.gain ? candidate.gain->numerator : 0;
  return {gain * Wide(candidate.chance.met), candidate.chance.of};
}

bool worth_more(const AppealCandidate& a, const AppealCandidate& b) {
  const Worth left = worth(a);
  const Worth right = worth(b);
  const Wide difference =
      left.numerator * Wide(right.denominator) - right.numerator * Wide(left.denominator);
  return difference != 0 ? difference > 0 : a.order_no < b.order_no;
}

bool gains_more(const AppealCandidate& a, const AppealCandidate& b) {
  if (a.gain.has_value() != b.gain.has_value()) return a.gain.has_value();
  if (a.gain && *a.gain != *b.gain) return *a.gain > *b.gain;
  return a.order_no < b.order_no;
}

}  // namespace

std::strong_ordering ScoreGain::operator<=>(const ScoreGain& other) const {
  return Wide(numerator) * Wide(other.denominator) <=> Wide(other.numerator) * Wide(denominator);
}

std::optional<ScoreGain> gain_without(const VisitCounts& set, const Visit& order,
                                      const AssessParams& params) {
  VisitCounts rest = set;
  rest.remove(order, false);
  const Weighted with = weighted(set, params);
  const Weighted without = weighted(rest, params);
  if (with.base == 0 || without.base == 0) return std::nullopt;
  if (with.base == without.base) return ScoreGain{without.met - with.met, uint64_t(with.base)};
  return ScoreGain{without.met * with.base - with.met * without.base,
                   uint64_t(with.base) * uint64_t(without.base)};
}

std::string format_gain(const std::optional<ScoreGain>& gain) {
  if (!gain) return std::string(kNoRate);
  // The denominator lacks the weights, 10^6; a point is a hundredth: 100 * 10^4 / 10^6 = 1.
  static_assert(kGainDecimals == 4 && kPermille == 1000);
  const bool negative = gain->numerator < 0;
  const Wide size = negative ? -Wide(gain->numerator) : Wide(gain->numerator);
  const Wide denominator = gain->denominator;
  std::string digits = std::to_string(uint64_t((2 * size + denominator) / (2 * denominator)));
  if (digits.size() <= kGainDecimals) digits.insert(0, kGainDecimals + 1 - digits.size(), '0');
  return (negative ? "-" : "+") + digits.insert(digits.size() - kGainDecimals, ".");
}

std::map<std::string, PassHistory> pass_history(const std::vector<Appeal>& appeals) {
  std::map<std::string, PassHistory> history;
  for (const Appeal& appeal : appeals) {
    if (!appeal.decided()) continue;
    PassHistory& point = history[appeal.point_code];
    ++point.decided;
    if (appeal.excludes()) ++point.passed;
  }
  return history;
}

AppealRatio appeal_ratio(const std::vector<Appeal>& appeals, const std::string& cycle,
                         uint64_t valid, std::optional<uint64_t> max_permille) {
  AppealRatio ratio;
  for (const Appeal& appeal : appeals) {
    if (appeal.cycle == cycle && appeal.submitted_at) ++ratio.submitted_count;
    if (!appeal.decided()) continue;
    ++ratio.passed.of;
    if (appeal.excludes()) ++ratio.passed.met;
  }
  ratio.submitted = {std::min(ratio.submitted_count, valid), valid};
  if (max_permille) {
    const uint64_t ceiling = *max_permille * valid / kPermille;
    ratio.room = ceiling > ratio.submitted_count ? ceiling - ratio.submitted_count : 0;
  }
  return ratio;
}

void govern(std::vector<AppealCandidate>& candidates, const AppealRatio& ratio) {
  if (ratio.room) {
    std::sort(candidates.begin(), candidates.end(), worth_more);
    for (size_t i = 0; i < candidates.size(); ++i) candidates[i].held = i >= *ratio.room;
  }
  std::sort(candidates.begin(), candidates.end(), gains_more);
}

}  // namespace jieban
