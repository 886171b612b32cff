// Sums of fractions need numbers beyond 64 bits; these are exact.
#include "common/assessment/natural.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

Natural power(uint64_t base, int exponent) {
  Natural value(1);
  for (int i = 0; i < exponent; ++i) value *= base;
  return value;
}

TEST(Natural, CarriesOverManyDigits) {
  Natural value = power(2, 300);
  value += power(2, 300);
  EXPECT_EQ(value, power(2, 301));
  EXPECT_EQ(power(4, 150), power(2, 300));
  EXPECT_EQ(power(UINT64_MAX, 2) * 1, power(UINT64_MAX, 1) * UINT64_MAX);
}

TEST(Natural, NothingTimesAnythingIsNothing) {
  EXPECT_EQ(power(7, 50) * 0, Natural(0));
  Natural nothing(0);
  nothing += Natural(0);
  EXPECT_EQ(nothing, Natural(0));
}

TEST(Natural, OrderGoesByTheHighestDigitFirst) {
  EXPECT_LT(Natural(1), power(2, 32));
  EXPECT_LT(power(10, 30), power(10, 31));
  Natural more = power(2, 64);
  more += Natural(1);
  EXPECT_GT(more, power(2, 64));
}

TEST(Natural, AQuotientIsCutAndBounded) {
  EXPECT_EQ(quotient(power(10, 40), power(10, 38), 1000), 100u);
  Natural less = power(3, 200);
  Natural triple = less * 3;
  EXPECT_EQ(quotient(less, triple, 10), 0u);
  EXPECT_EQ(quotient(triple, less, 10), 3u);
  EXPECT_EQ(quotient(triple, less, 2), 2u);
}

}  // namespace
}  // namespace jieban
