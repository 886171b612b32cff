// Rates, and the one place where they become words.
//
// Promises: all arithmetic is in integers and exact until the last digit. Nothing prints as 100 %
// but what is all, however near it comes and whichever way it is rounded (DOMAIN §17); a rate of
// nothing is "—" and never a number. A mean of rates is exact too, whatever their denominators.
// REQUIRES of a Rate: met <= of, of <= kRateMax. Decimals: at most 6.
// Nothing fails. Thread rule: pure values and functions, any thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace jieban {

// A million million: a million orders, weighted in 1/1000 twice.
constexpr uint64_t kRateMax = 1'000'000'000'000;
constexpr std::string_view kNoRate = "—";

struct Rate {
  uint64_t met = 0;
  uint64_t of = 0;

  bool none() const { return of == 0; }
  bool whole() const { return of > 0 && met == of; }
  bool operator==(const Rate&) const = default;
};

enum class RateRounding { cut, half_up };

struct RateStyle {
  unsigned decimals = 1;
  RateRounding rounding = RateRounding::cut;
  bool bare_whole = false;  // "100%" where others have decimals
};

// "99.9%"
std::string format_rate(Rate rate, RateStyle style = {});
// The hundredfold without a sign: "91.6" points. Rounds to 100.0 where rounding says so.
std::string format_points(Rate rate, RateStyle style);
// A part of a total: half up, one decimal.
std::string format_share(uint64_t count, uint64_t total);
// The rate in units of 1 / `scale`; none of nothing. REQUIRES: scale <= 10^8.
std::optional<uint64_t> scaled(Rate rate, uint64_t scale, RateRounding rounding);

// The arithmetic mean of rates: each counts once, whatever it is of. Those of nothing don't count.
class RateMean {
 public:
  void add(Rate rate);
  uint64_t count() const { return count_; }
  // As of a Rate; the mean is whole when each one is.
  std::optional<uint64_t> scaled(uint64_t scale, RateRounding rounding) const;
  bool whole() const { return count_ > 0 && whole_; }

 private:
  std::map<uint64_t, uint64_t> met_by_of_;  // equal denominators are added up at once
  uint64_t count_ = 0;
  bool whole_ = true;
};

std::string format_rate(const RateMean& mean, RateStyle style);
std::string format_points(const RateMean& mean, RateStyle style);

}  // namespace jieban
