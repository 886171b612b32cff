// What the desk does with an order, and after how long: rules drawn by order number, so that the
// same order is treated alike in every run. Pure.
//
// The rules stand in tools/sample_day/expected.json, `operators`; README.md there says what they
// mean. Minutes are those of the demonstration's clock.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "common/base/clock.h"
#include "common/base/result.h"
#include "common/base/value.h"

namespace jieban {

struct MinuteRange {
  int64_t low = 0;
  int64_t high = 0;
};

struct ClassDelays {
  std::map<std::string, MinuteRange, std::less<>> steps;  // "sign", "late", "dispatch", ...
  double late_share = 0;
};

class DeskRules {
 public:
  // `invalid` when a step or a class is missing or is no pair of minutes.
  static Result<DeskRules> read(const Value& operators);

  // In [0, 1), the same in every language.
  double draw(std::string_view order_no, std::string_view step) const;
  // Signed beyond the limit, so that a warning and a breach occur.
  bool is_late(std::string_view order_no, std::string_view order_class) const;
  // An unknown class is treated as "general".
  Duration delay(std::string_view order_no, std::string_view order_class,
                 std::string_view step) const;
  // Where the desk sends what no rule routed.
  std::string unit_for(std::string_view category) const;

 private:
  const ClassDelays& delays_of(std::string_view order_class) const;

  int64_t seed_ = 0;
  std::map<std::string, ClassDelays, std::less<>> classes_;
  std::map<std::string, std::string, std::less<>> units_;
  std::string unit_otherwise_;
};

}  // namespace jieban
