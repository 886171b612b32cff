// What an appeal is worth is exact; what passes the ceiling is held back.
#include "common/assessment/governor.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

constexpr Visit kGood{true, true, Solved::solved, Satisfied::satisfied};
constexpr Visit kBad{true, true, Solved::unsolved, Satisfied::unsatisfied};
constexpr Visit kUnsatisfied{true, true, Solved::solved, Satisfied::unsatisfied};

VisitCounts set_of(int good, int bad) {
  VisitCounts set;
  for (int i = 0; i < good; ++i) set.add(kGood, false);
  for (int i = 0; i < bad; ++i) set.add(kBad, false);
  return set;
}

AppealCandidate candidate(std::string order_no, int64_t gain, Rate chance = {1, 2}) {
  AppealCandidate made;
  made.order_no = std::move(order_no);
  made.gain = ScoreGain{gain, 100};
  made.chance = chance;
  return made;
}

Appeal appeal(std::string cycle, bool submitted, std::optional<Verdict> city = {}) {
  Appeal made;
  made.cycle = std::move(cycle);
  made.point_code = "SC2";
  if (submitted) made.submitted_at = from_micros(0);
  made.city_result = city;
  return made;
}

std::string told(const std::vector<AppealCandidate>& candidates) {
  std::string text;
  for (const auto& each : candidates) text += each.order_no + (each.held ? "(held) " : " ");
  return text;
}

TEST(ScoreGain, IsTheScoreWithoutTheOrderLessTheScoreWithIt) {
  // 9 good and 1 bad: 91.0 points; without the bad one 100.0.
  EXPECT_EQ(format_gain(gain_without(set_of(9, 1), kBad, {})), "+9.0000");
  // A good one lost: 8 good, 1 bad: 90.0 points.
  EXPECT_EQ(format_gain(gain_without(set_of(9, 1), kGood, {})), "-1.0000");
  // 2 good, 1 bad: 70; 100 without: exactly +30. Of 7: 90/7 is rounded only in print.
  EXPECT_EQ(format_gain(gain_without(set_of(2, 1), kBad, {})), "+30.0000");
  EXPECT_EQ(format_gain(gain_without(set_of(6, 1), kBad, {})), "+12.8571");
}

TEST(ScoreGain, GrowsWithWhatWasLost) {
  VisitCounts set = set_of(8, 1);
  set.add(kUnsatisfied, false);
  EXPECT_GT(*gain_without(set, kBad, {}), *gain_without(set, kUnsatisfied, {}));
}

TEST(ScoreGain, OfAnOrderWithoutAVisitIsNothing) {
  VisitCounts set = set_of(3, 1);
  set.add({}, false);
  EXPECT_EQ(format_gain(gain_without(set, {}, {})), "+0.0000");
}

TEST(ScoreGain, IsUnknownWhenNothingIsLeft) {
  EXPECT_FALSE(gain_without(set_of(0, 1), kBad, {}));
  EXPECT_EQ(format_gain(std::nullopt), "—");
}

TEST(Governor, WithoutACeilingNothingIsHeldAndTheBestComesFirst) {
  std::vector<AppealCandidate> all = {candidate("a", 1), candidate("b", 3), candidate("c", 2)};
  all.push_back(candidate("d", 0));
  all.back().gain.reset();
  govern(all, appeal_ratio({}, "2026-07", 100, {}));
  EXPECT_EQ(told(all), "b c a d ");
}

TEST(Governor, KeepsWhatIsWorthMostByChanceTimesGain) {
  std::vector<AppealCandidate> all = {candidate("a", 9, {1, 5}), candidate("b", 3, {4, 5}),
                                      candidate("c", 4, {1, 2})};
  const AppealRatio ratio = appeal_ratio({appeal("2026-07", true)}, "2026-07", 100, 30);
  ASSERT_EQ(ratio.room, 2u);  // 3 of 100, one of them gone
  govern(all, ratio);
  EXPECT_EQ(told(all), "a(held) c b ");  // worth 1.8, 2.0 and 2.4
}

TEST(Governor, OfEqualWorthTheLowerNumberIsKept) {
  std::vector<AppealCandidate> all = {candidate("2", 4), candidate("1", 4)};
  govern(all, appeal_ratio({}, "2026-07", 100, 10));
  EXPECT_EQ(told(all), "1 2(held) ");
}

TEST(Governor, CountsTheCycleForTheCeilingAndAllForTheShareThatPassed) {
  const std::vector<Appeal> appeals = {appeal("2026-06", true, Verdict::pass),
                                       appeal("2026-07", true, Verdict::deny),
                                       appeal("2026-07", true), appeal("2026-07", false)};
  const AppealRatio ratio = appeal_ratio(appeals, "2026-07", 50, 20);
  EXPECT_EQ(ratio.submitted, (Rate{2, 50}));
  EXPECT_EQ(ratio.passed, (Rate{1, 2}));
  EXPECT_EQ(ratio.room, 0u);  // one of fifty was allowed
  const auto history = pass_history(appeals);
  EXPECT_EQ(history.at("SC2").passed, 1u);
  EXPECT_EQ(history.at("SC2").decided, 2u);
  EXPECT_FALSE(appeal_ratio(appeals, "2026-07", 50, {}).room);
}

}  // namespace
}  // namespace jieban
