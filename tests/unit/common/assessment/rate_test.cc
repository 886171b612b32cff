// A rate is exact until it is printed, and prints as all only when it is all.
#include "common/assessment/rate.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

constexpr RateStyle kHalfUp{.decimals = 2, .rounding = RateRounding::half_up, .bare_whole = true};

// DOMAIN §19, scenario 17.
TEST(Rate, IsCutAndNeverAllForLessThanAll) {
  EXPECT_EQ(format_rate({9996, 10000}), "99.9%");
  EXPECT_EQ(format_rate({999'999'999'999, 1'000'000'000'000}), "99.9%");
  EXPECT_EQ(format_rate({9999, 10000}, {.decimals = 0}), "99%");
  EXPECT_EQ(format_rate({10000, 10000}), "100.0%");
  EXPECT_EQ(format_rate({2, 3}), "66.6%");
}

TEST(Rate, RoundedHalfUpItStillIsNotAll) {
  EXPECT_EQ(format_rate({149, 160}, kHalfUp), "93.13%");  // 93.125
  EXPECT_EQ(format_rate({99'996, 100'000}, kHalfUp), "99.99%");
  EXPECT_EQ(format_rate({7, 7}, kHalfUp), "100%");
  EXPECT_EQ(format_rate({1, 8}, {.decimals = 2, .rounding = RateRounding::cut}), "12.50%");
}

TEST(Rate, OfNothingIsADash) {
  EXPECT_EQ(format_rate({0, 0}), "—");
  EXPECT_EQ(format_points({0, 0}, kHalfUp), "—");
  EXPECT_EQ(format_share(0, 0), "—");
  EXPECT_EQ(format_rate(RateMean(), kHalfUp), "—");
  EXPECT_FALSE(scaled({0, 0}, 100, RateRounding::cut));
}

TEST(Rate, SmallOnesKeepTheirNoughts) {
  EXPECT_EQ(format_rate({0, 3}), "0.0%");
  EXPECT_EQ(format_rate({1, 10'000}, kHalfUp), "0.01%");
  EXPECT_EQ(format_points({1, 1000}, {.decimals = 2}), "0.10");
}

TEST(Rate, PointsAreRoundedAsTheyAre) {
  EXPECT_EQ(format_points({99'96, 100'00}, {.decimals = 1, .rounding = RateRounding::half_up}),
            "100.0");
  EXPECT_EQ(format_points({96, 100}, {.decimals = 1, .rounding = RateRounding::half_up}), "96.0");
}

TEST(Share, IsHalfUpAndNeverAllForLessThanAll) {
  EXPECT_EQ(format_share(1, 3), "33.3%");
  EXPECT_EQ(format_share(2, 3), "66.7%");
  EXPECT_EQ(format_share(1, 2000), "0.1%");
  EXPECT_EQ(format_share(1, 2001), "0.0%");
  EXPECT_EQ(format_share(1999, 2000), "99.9%");
  EXPECT_EQ(format_share(5, 5), "100.0%");
}

TEST(RateMean, CountsEachRateOnceWhateverItIsOf) {
  RateMean mean;
  mean.add({1, 1});
  mean.add({0, 99});
  EXPECT_EQ(format_rate(mean, kHalfUp), "50.00%");
  EXPECT_EQ(mean.count(), 2u);
  EXPECT_FALSE(mean.whole());
}

TEST(RateMean, RatesOfNothingDoNotCount) {
  RateMean mean;
  mean.add({3, 3});
  mean.add({0, 0});
  EXPECT_EQ(format_rate(mean, kHalfUp), "100%");
  EXPECT_EQ(mean.count(), 1u);
}

// 1/3 + 2/3 + 1/2 is a half of three exactly; floating point gives 0.49999999999999994 or more.
TEST(RateMean, AHalfIsExactlyAHalf) {
  RateMean mean;
  for (uint64_t of = 3; of < 1000; of += 2) {
    mean.add({of / 2, of});
    mean.add({of - of / 2, of});
  }
  EXPECT_EQ(mean.scaled(10, RateRounding::cut), 5u);
  EXPECT_EQ(mean.scaled(1, RateRounding::half_up), 1u);
  mean.add({499'999'999'999, 1'000'000'000'000});
  EXPECT_EQ(mean.scaled(1, RateRounding::half_up), 0u);
}

}  // namespace
}  // namespace jieban
