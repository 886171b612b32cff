// Natural: a whole number of any size, for sums of fractions that must come out exact.
// Only what such sums need. Nothing fails; thread rule: a plain value.
#pragma once

#include <compare>
#include <cstdint>
#include <vector>

namespace jieban {

class Natural {
 public:
  Natural(uint64_t value);  // NOLINT(*-explicit-*): a number is a number

  Natural& operator+=(const Natural& other);
  Natural& operator*=(uint64_t factor);
  friend Natural operator*(Natural left, uint64_t right) { return left *= right; }
  std::strong_ordering operator<=>(const Natural& other) const;
  bool operator==(const Natural& other) const = default;

 private:
  void trim();
  std::vector<uint32_t> digits_;  // base 2^32, the lowest first; without leading zeros
};

// floor(numerator / denominator), when that is at most `most`; else `most`.
uint64_t quotient(const Natural& numerator, const Natural& denominator, uint64_t most);

}  // namespace jieban
