// An error tells its story from the general to the particular.
#include "common/base/result.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

Result<void> inner() { return invalid("line 7: no order number"); }
Result<int> outer() {
  RETURN_IF_ERROR(inner());
  return 1;
}

TEST(Result, ErrorsTravelAndGainContext) {
  auto result = outer();
  ASSERT_FALSE(result.ok());
  Error told = result.error().context("reading a.csv");
  EXPECT_EQ(told.message, "reading a.csv: line 7: no order number");
  EXPECT_EQ(to_string(told.code), "invalid");
}

TEST(ResultDeathTest, TheValueOfAnErrorIsOurMistake) {
  EXPECT_DEATH((void)outer().value(), "check_failed");
}

}  // namespace
}  // namespace jieban
