#include "common/assessment/natural.h"

#include <algorithm>

#include "common/base/check.h"

namespace jieban {
namespace {

constexpr unsigned kDigitBits = 32;

}  // namespace

Natural::Natural(uint64_t value)
    : digits_{static_cast<uint32_t>(value), static_cast<uint32_t>(value >> kDigitBits)} {
  trim();
}

void Natural::trim() {
  while (!digits_.empty() && digits_.back() == 0) digits_.pop_back();
}

Natural& Natural::operator+=(const Natural& other) {
  digits_.resize(std::max(digits_.size(), other.digits_.size()) + 1);
  uint64_t carry = 0;
  for (size_t i = 0; i < digits_.size(); ++i) {
    carry += uint64_t{digits_[i]} + (i < other.digits_.size() ? other.digits_[i] : 0);
    digits_[i] = static_cast<uint32_t>(carry);
    carry >>= kDigitBits;
  }
  trim();
  return *this;
}

// A factor of two digits is two multiplications, the second one digit higher.
Natural& Natural::operator*=(uint64_t factor) {
  const uint64_t low = static_cast<uint32_t>(factor);
  const uint64_t high = factor >> kDigitBits;
  std::vector<uint32_t> product(digits_.size() + 3, 0);
  for (size_t shift = 0; shift < 2; ++shift) {
    const uint64_t part = shift == 0 ? low : high;
    uint64_t carry = 0;
    for (size_t i = 0; i + shift < product.size(); ++i) {
      const uint64_t digit = i < digits_.size() ? digits_[i] : 0;
      carry += digit * part + product[i + shift];
      product[i + shift] = static_cast<uint32_t>(carry);
      carry >>= kDigitBits;
    }
  }
  digits_ = std::move(product);
  trim();
  return *this;
}

std::strong_ordering Natural::operator<=>(const Natural& other) const {
  if (digits_.size() != other.digits_.size()) return digits_.size() <=> other.digits_.size();
  return std::lexicographical_compare_three_way(digits_.rbegin(), digits_.rend(),
                                                other.digits_.rbegin(), other.digits_.rend());
}

uint64_t quotient(const Natural& numerator, const Natural& denominator, uint64_t most) {
  CHECK(denominator > Natural(0));
  uint64_t low = 0;
  uint64_t high = most;
  while (low < high) {
    const uint64_t middle = high - (high - low) / 2;
    if (denominator * middle <= numerator) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

}  // namespace jieban
