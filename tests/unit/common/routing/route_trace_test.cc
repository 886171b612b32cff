// Each stage and verdict has a code of its own and a Chinese; the winner alone is "chosen".
#include "common/routing/route_trace.h"

#include <gtest/gtest.h>

#include <set>

namespace jieban {
namespace {

template <class Enum>
void expect_codes(Enum last) {
  std::set<std::string_view> codes;
  for (size_t i = 0; i <= size_t(last); ++i) {
    const Enum value = static_cast<Enum>(i);
    EXPECT_TRUE(codes.insert(to_string(value)).second) << to_string(value);
    EXPECT_FALSE(to_chinese(value).empty());
    Enum back{};
    EXPECT_TRUE(from_string(to_string(value), back) && back == value);
  }
  Enum none{};
  EXPECT_FALSE(from_string("luck", none));
}

TEST(RouteTrace, CodesAreReadBack) {
  expect_codes(RouteStage::by_hand);
  expect_codes(RouteVerdict::named);
}

TEST(RouteTrace, OneRuleIsChosenAndTheOthersThatMatchedAreOutranked) {
  RouteTrace trace;
  trace.note(RouteStage::repeat, "a", RouteVerdict::matched);
  for (const char* rule : {"a", "b"})
    trace.note(RouteStage::directory, rule, RouteVerdict::matched);
  trace.note(RouteStage::directory, "c", RouteVerdict::category, "甲");
  trace.choose("b");
  EXPECT_EQ(trace.rows()[0].verdict, RouteVerdict::matched) << "of another stage";
  EXPECT_EQ(trace.rows()[1].verdict, RouteVerdict::outranked);
  EXPECT_EQ(trace.rows()[2].verdict, RouteVerdict::chosen);
  EXPECT_EQ(trace.rows()[3].verdict, RouteVerdict::category);
  EXPECT_EQ(trace.rows()[3].wanted, "甲");
}

}  // namespace
}  // namespace jieban
