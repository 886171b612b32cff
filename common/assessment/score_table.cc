#include "common/assessment/score_table.h"

#include <algorithm>
#include <tuple>

namespace jieban {
namespace {

// What a reader sees; that alone decides who stands before whom.
uint64_t seen_score(const ScoreLine& line, const AssessParams& params) {
  uint64_t scale = 100;
  for (unsigned i = 0; i < params.score_decimals; ++i) scale *= 10;
  return scaled(line.rates.score, scale, params.rounding).value_or(0);
}

struct Place {
  bool unranked;
  uint64_t score;
  uint64_t received;

  bool operator==(const Place&) const = default;
};

Place place_of(const ScoreLine& line, const AssessParams& params, uint64_t valid_min) {
  const bool unranked =
      line.rates.none() || (line.counts.valid < valid_min && !params.zero_as_zero);
  return {unranked, unranked ? 0 : seen_score(line, params), line.counts.received};
}

void rank(std::vector<ScoreLine>& lines, const AssessParams& params, uint64_t valid_min) {
  std::vector<std::pair<Place, ScoreLine>> places;
  for (ScoreLine& line : lines) {
    places.emplace_back(place_of(line, params, valid_min), std::move(line));
  }
  std::stable_sort(places.begin(), places.end(), [](const auto& a, const auto& b) {
    return std::tuple(a.first.unranked, b.first.score, b.first.received) <
           std::tuple(b.first.unranked, a.first.score, a.first.received);
  });
  for (size_t i = 0; i < places.size(); ++i) {
    const bool level = i > 0 && places[i].first == places[i - 1].first;
    lines[i] = std::move(places[i].second);
    if (!places[i].first.unranked) lines[i].rank = level ? lines[i - 1].rank : i + 1;
  }
}

}  // namespace

void ScoreBook::add(const std::string& unit, const Visit& visit, bool completed, bool excluded) {
  Counts& counts = units_[unit];
  counts.full.add(visit, completed);
  if (!excluded) counts.net.add(visit, completed);
}

void ScoreBook::complete(const std::string& unit, bool excluded) {
  Counts& counts = units_[unit];
  ++counts.full.completed;
  if (!excluded) ++counts.net.completed;
}

VisitCounts ScoreBook::total(Basis basis) const {
  VisitCounts sum;
  for (const auto& [name, counts] : units_) sum += basis == Basis::full ? counts.full : counts.net;
  return sum;
}

ScoreTable ScoreBook::table(Basis basis, const AssessParams& params, uint64_t valid_min) const {
  ScoreTable table;
  for (const auto& [name, counts] : units_) {
    const VisitCounts& own = basis == Basis::full ? counts.full : counts.net;
    table.lines.push_back({name, own, three_rates(own, params), {}});
    table.mean.add(table.lines.back().rates);
  }
  table.total = total(basis);
  table.pooled = three_rates(table.total, params);
  rank(table.lines, params, valid_min);
  return table;
}

}  // namespace jieban
