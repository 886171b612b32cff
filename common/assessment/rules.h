// The parameters of an assessment, from config/assessment.yaml (DOMAIN §9.1, §18).
//
//   version: "2026-11"
//   official: false
//   cycle: {day: 19, rollover: true, closed_window_start_day: 10}
//   ranking: {valid_min: 3}
//   appeal: {max_permille: 50}        # left out: no ceiling
//   params:
//     - valid_from: 2020-01-01        # valid_to: left out while in force
//       weights: {response: 100, solved: 500, satisfied: 400}   # 1/1000, together 1000
//       basic_weight: 900             # what 基本满意 counts for, 1/1000
//       partial_solved_counts: false
//       denominator: valid            # or all
//       zero_as_zero: false
//       rounding: half_up             # or cut
//       rate_decimals: 2
//       score_decimals: 1
//
// Fails: `invalid` with file:line:column for what is unknown, out of range, or overlaps in time;
// `not_found` when no params are in force on a day. Pure but for load_assess_rules.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common/assessment/cycle.h"
#include "common/assessment/rate.h"
#include "common/base/result.h"
#include "common/config/document.h"

namespace jieban {

constexpr uint64_t kPermille = 1000;

struct AssessParams {
  Date valid_from{};
  std::optional<Date> valid_to;  // included
  uint64_t response_weight = 100;
  uint64_t solved_weight = 500;
  uint64_t satisfied_weight = 400;
  uint64_t basic_weight = 900;
  bool partial_solved_counts = false;
  bool of_all = false;  // the denominator is all orders, not the valid call-backs
  bool zero_as_zero = false;
  RateRounding rounding = RateRounding::half_up;
  unsigned rate_decimals = 2;
  unsigned score_decimals = 1;

  RateStyle rate_style() const { return {rate_decimals, rounding, true}; }
  RateStyle score_style() const { return {score_decimals, rounding, false}; }
};

struct AssessRules {
  std::string version;
  bool official = false;
  CycleRules cycle;
  uint64_t ranking_valid_min = 3;
  std::optional<uint64_t> appeal_max_permille;
  std::vector<AssessParams> params;  // by valid_from

  Result<AssessParams> params_at(Date day) const;
};

Result<AssessRules> load_assess_rules(const std::string& path);
Result<AssessRules> read_assess_rules(const Document& document);

}  // namespace jieban
