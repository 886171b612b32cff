// Goal: a person counts once, by the first row.
#include "common/duty/on_duty.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

TEST(OnDuty, EachPersonIsKeptOnce) {
  std::vector<OnDuty> rows = {{"a"}, {"b"}, {"a", DutyOrigin::stand_in, "b"}};
  keep_first_of_each(rows);
  EXPECT_EQ(rows, (std::vector<OnDuty>{{"a"}, {"b"}}));
}

TEST(OnDuty, EachOriginHasAName) {
  EXPECT_EQ(to_string(DutyOrigin::rule), "rule");
  EXPECT_EQ(to_string(DutyOrigin::stand_in), "stand_in");
  EXPECT_EQ(to_string(DutyOrigin::history), "history");
}

}  // namespace
}  // namespace jieban
