#include "common/assessment/three_rates.h"

namespace jieban {
namespace {

VisitCounts counts_of(const Visit& visit, bool completed) {
  VisitCounts one;
  one.received = 1;
  one.completed = completed ? 1 : 0;
  if (!visit.valid) return one;
  one.valid = 1;
  one.contacted = visit.contacted ? 1 : 0;
  one.solved = visit.solved == Solved::solved ? 1 : 0;
  one.partial = visit.solved == Solved::partial ? 1 : 0;
  one.satisfied = visit.satisfied == Satisfied::satisfied ? 1 : 0;
  one.basic = visit.satisfied == Satisfied::basic ? 1 : 0;
  return one;
}

}  // namespace

VisitCounts& VisitCounts::operator+=(const VisitCounts& other) {
  received += other.received;
  completed += other.completed;
  valid += other.valid;
  contacted += other.contacted;
  solved += other.solved;
  partial += other.partial;
  satisfied += other.satisfied;
  basic += other.basic;
  return *this;
}

void VisitCounts::add(const Visit& visit, bool completed_too) {
  *this += counts_of(visit, completed_too);
}

void VisitCounts::remove(const Visit& visit, bool completed_too) {
  const VisitCounts one = counts_of(visit, completed_too);
  received -= one.received;
  completed -= one.completed;
  valid -= one.valid;
  contacted -= one.contacted;
  solved -= one.solved;
  partial -= one.partial;
  satisfied -= one.satisfied;
  basic -= one.basic;
}

ThreeRates three_rates(const VisitCounts& counts, const AssessParams& params) {
  const uint64_t base = params.of_all ? counts.received : counts.valid;
  // Nothing met of one: as that program has it.
  if (base == 0 && params.zero_as_zero) return {{0, 1}, {0, 1}, {0, 1}, {0, 1}};
  const uint64_t solved = counts.solved + (params.partial_solved_counts ? counts.partial : 0);
  const uint64_t satisfied = kPermille * counts.satisfied + params.basic_weight * counts.basic;
  ThreeRates rates;
  rates.response = {counts.contacted, base};
  rates.solved = {solved, base};
  rates.satisfied = {satisfied, kPermille * base};
  rates.score = {params.response_weight * kPermille * counts.contacted +
                     params.solved_weight * kPermille * solved +
                     params.satisfied_weight * satisfied,
                 kPermille * kPermille * base};
  return rates;
}

void MeanRates::add(const ThreeRates& rates) {
  response.add(rates.response);
  solved.add(rates.solved);
  satisfied.add(rates.satisfied);
  score.add(rates.score);
}

}  // namespace jieban
