#include "common/alerting/throttle.h"

#include <set>

#include "tests/unit/common/alerting/payloads.h"

namespace jieban {
namespace {

using std::chrono::seconds;

const std::vector<RateLimit> kWeCom = {{20, 60'000'000, false}};

TEST(Throttle, TheCountGoesAtOnceAndTheNextWhenTheFirstHasLeftTheWindow) {
  ThrottleRow row;
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(take(row, kWeCom, second(i / 10))) << i;
  EXPECT_FALSE(take(row, kWeCom, second(2)));
  EXPECT_EQ(earliest(row, kWeCom, second(2)), second(60));
  EXPECT_FALSE(take(row, kWeCom, second(60) - Duration(1)));
  EXPECT_TRUE(take(row, kWeCom, second(60)));
  EXPECT_EQ(row.sent.size(), 11U);  // what no limit looks at is kept no longer
}

TEST(Throttle, ARefusedMessageIsNotCounted) {
  ThrottleRow row;
  const std::vector<RateLimit> one = {{1, 1'000'000, false}};
  ASSERT_TRUE(take(row, one, second(0)));
  const ThrottleRow before = row;
  EXPECT_FALSE(take(row, one, second(0)));
  EXPECT_EQ(row, before);
}

TEST(Throttle, AHoldIsLengthenedNeverShortened) {
  ThrottleRow row;
  hold(row, second(600));
  hold(row, second(60));
  EXPECT_EQ(earliest(row, kWeCom, second(0)), second(600));
  EXPECT_FALSE(take(row, kWeCom, second(599)));
  EXPECT_TRUE(take(row, kWeCom, second(600)));
  EXPECT_FALSE(row.held_until.has_value());
}

TEST(Throttle, VendorsCodesHoldTheirDestination) {
  const ThrottleRules rules{kWeCom, {{"45009", 60'000'000}}};
  EXPECT_EQ(hold_after(rules, "45009"), seconds(60));
  EXPECT_FALSE(hold_after(rules, "40008").has_value());
}

TEST(Throttle, AHoldBetweenTwoLengthsIsTheSameForTheSameMessage) {
  ThrottleRules rules{{}, {{"11232", 5'000'000}}};
  rules.hold_max_micros = {{"11232", 90'000'000}};
  std::set<Duration> holds;
  for (int i = 0; i < 500; ++i) {
    const std::string seed = "s:1:robot#" + std::to_string(i);
    const auto hold = hold_after(rules, "11232", seed);
    ASSERT_TRUE(hold.has_value());
    EXPECT_GE(*hold, seconds(5));
    EXPECT_LE(*hold, seconds(90));
    EXPECT_EQ(hold, hold_after(rules, "11232", seed));
    holds.insert(*hold);
  }
  EXPECT_GT(holds.size(), 400U);
  EXPECT_TRUE(check_holds(rules).ok());
  rules.hold_max_micros = {{"11232", 4'999'999}};
  EXPECT_FALSE(check_holds(rules).ok());
  rules.hold_max_micros = {{"1", 9'000'000}};
  EXPECT_FALSE(check_holds(rules).ok()) << "without the shorter one";
  EXPECT_FALSE(check_holds({{}, {{"45009", 0}}}).ok());
}

// A slow gateway may have it at any time between.
TEST(Throttle, AMessageThatIsUnderWayCountsAtAnyInstantAndThenFromItsEnd) {
  ThrottleRow row;
  const std::vector<RateLimit> one = {{1, 60'000'000, false}};
  ASSERT_TRUE(begin_message(row, one, second(0)));
  EXPECT_EQ(sent_within(row, seconds(1), second(50)), 1U);
  EXPECT_FALSE(begin_message(row, one, second(100)));
  EXPECT_EQ(earliest(row, one, second(100)), second(160));
  end_message(row, second(100));
  EXPECT_FALSE(begin_message(row, one, second(160) - Duration(1)));
  EXPECT_TRUE(begin_message(row, one, second(160)));
}

TEST(Throttle, AMessageThatNeverLeftCountsNoMore) {
  ThrottleRow row;
  const std::vector<RateLimit> two = {{2, 60'000'000, false}};
  ASSERT_TRUE(begin_message(row, two, second(0)));
  ASSERT_TRUE(begin_message(row, two, second(0)));
  EXPECT_FALSE(begin_message(row, two, second(0)));
  drop_message(row);
  EXPECT_TRUE(begin_message(row, two, second(0)));
  drop_message(row);
  drop_message(row);
  EXPECT_EQ(row, ThrottleRow());
  drop_message(row);
  end_message(row, second(1));
  EXPECT_EQ(row, ThrottleRow()) << "nothing was under way";
}

TEST(Throttle, AClockThatStepsBackFreesNothing) {
  ThrottleRow row;
  const std::vector<RateLimit> two = {{2, 60'000'000, false}};
  ASSERT_TRUE(take(row, two, second(100)));
  ASSERT_TRUE(take(row, two, second(50)));
  EXPECT_FALSE(take(row, two, second(51)));
  EXPECT_EQ(earliest(row, two, second(51)), second(160));
}

TEST(Throttle, ALimitThatWasLoweredWaitsForTheExcessToLeave) {
  ThrottleRow row;
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(take(row, kWeCom, second(i)));
  EXPECT_EQ(earliest(row, {{5, 60'000'000, false}}, second(20)), second(75));
}

TEST(Throttle, SmoothLimitsSpreadWhatIsLeft) {
  ThrottleRow row;
  const std::vector<RateLimit> limits = {{4, 100'000'000, true}, {2, 10'000'000, false}};
  ASSERT_TRUE(take(row, limits, second(0)));
  ASSERT_TRUE(take(row, limits, second(0)));
  EXPECT_EQ(earliest(row, limits, second(0)), second(10));
  ASSERT_TRUE(take(row, limits, second(10)));
  EXPECT_EQ(earliest(row, limits, second(10)), second(55));  // (100 - 10) / (4 - 2) later
}

TEST(Throttle, WithoutLimitsEverythingGoes) {
  ThrottleRow row;
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(take(row, {}, second(0)));
  EXPECT_EQ(earliest(row, {}, second(0)), second(0));
}

TEST(Throttle, RecentMessagesAreCounted) {
  ThrottleRow row;
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(take(row, kWeCom, second(i * 10)));
  EXPECT_EQ(sent_within(row, seconds(30), second(40)), 3U);
  EXPECT_EQ(sent_within(row, seconds(31), second(40)), 4U);
}

TEST(Throttle, LimitsThatAreNoneAreRefused) {
  EXPECT_TRUE(check_limits(kWeCom).ok());
  EXPECT_FALSE(check_limits({{0, 1, false}}).ok());
  EXPECT_FALSE(check_limits({{1, 0, false}}).ok());
  EXPECT_FALSE(check_limits({{kRateCountMax + 1, 1, false}}).ok());
  EXPECT_FALSE(check_limits({{1, uint64_t(kRatePerMax.count()) + 1, false}}).ok());
  EXPECT_EQ(check_limits(std::vector(kLimitsMax + 1, kWeCom[0])).error().code, ErrorCode::limit);
}

TEST(Throttle, IsAPayload) {
  expect_payload(ThrottleRow{{second(1), second(2)}, second(3)});
  expect_payload(ThrottleRow{{second(1), second(2)}, second(3), 4});
  expect_payload(ThrottleRules{kWeCom, {{"45009", 60'000'000}}});
}

}  // namespace
}  // namespace jieban
