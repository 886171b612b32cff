#include "common/assessment/rate.h"

#include <algorithm>

#include "common/assessment/natural.h"
#include "common/base/check.h"

namespace jieban {
namespace {

constexpr uint64_t kScaleMax = 100'000'000;
constexpr unsigned kDecimalsMax = 6;

uint64_t scale_of(unsigned decimals) {
  CHECK(decimals <= kDecimalsMax);
  uint64_t scale = 100;
  for (unsigned i = 0; i < decimals; ++i) scale *= 10;
  return scale;
}

// 9983 with two decimals is "99.83".
std::string decimal(uint64_t value, unsigned decimals) {
  std::string digits = std::to_string(value);
  if (decimals == 0) return digits;
  if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
  return digits.insert(digits.size() - decimals, ".");
}

// What holds of a rate and of a mean alike.
template <class Amount>
std::string percent(const Amount& amount, bool whole, RateStyle style) {
  const uint64_t scale = scale_of(style.decimals);
  auto value = amount.scaled(scale, style.rounding);
  if (!value) return std::string(kNoRate);
  if (whole) return style.bare_whole ? "100%" : decimal(scale, style.decimals) + "%";
  return decimal(std::min(*value, scale - 1), style.decimals) + "%";
}

template <class Amount>
std::string points(const Amount& amount, RateStyle style) {
  auto value = amount.scaled(scale_of(style.decimals), style.rounding);
  return value ? decimal(*value, style.decimals) : std::string(kNoRate);
}

struct One {
  Rate rate;
  std::optional<uint64_t> scaled(uint64_t scale, RateRounding rounding) const {
    return jieban::scaled(rate, scale, rounding);
  }
};

}  // namespace

std::optional<uint64_t> scaled(Rate rate, uint64_t scale, RateRounding rounding) {
  RateMean mean;
  mean.add(rate);
  return mean.scaled(scale, rounding);
}

std::string format_rate(Rate rate, RateStyle style) {
  return percent(One{rate}, rate.whole(), style);
}

std::string format_points(Rate rate, RateStyle style) { return points(One{rate}, style); }

std::string format_share(uint64_t count, uint64_t total) {
  return format_rate({count, total}, {.decimals = 1, .rounding = RateRounding::half_up});
}

void RateMean::add(Rate rate) {
  CHECK(rate.met <= rate.of && rate.of <= kRateMax);
  if (rate.none()) return;
  ++count_;
  met_by_of_[rate.of] += rate.met;
  whole_ = whole_ && rate.whole();
}

std::optional<uint64_t> RateMean::scaled(uint64_t scale, RateRounding rounding) const {
  CHECK(scale <= kScaleMax);
  if (count_ == 0) return std::nullopt;
  Natural sum(0);
  Natural denominator(1);
  for (const auto& [of, met] : met_by_of_) {
    sum *= of;
    sum += denominator * met;
    denominator *= of;
  }
  denominator *= count_;
  sum *= 2 * scale;
  if (rounding == RateRounding::half_up) sum += denominator;
  denominator *= 2;
  return quotient(sum, denominator, scale);
}

std::string format_rate(const RateMean& mean, RateStyle style) {
  return percent(mean, mean.whole(), style);
}

std::string format_points(const RateMean& mean, RateStyle style) { return points(mean, style); }

}  // namespace jieban
