#include "daemons/receiver/problem.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

TEST(Problem, EachErrorHasItsStatusAndOnlyWhatPassesSaysWhenToComeAgain) {
  EXPECT_EQ(problem_of({ErrorCode::invalid, "x"}).status, 400);
  EXPECT_EQ(problem_of({ErrorCode::not_found, "x"}).status, 404);
  EXPECT_EQ(problem_of({ErrorCode::limit, "x"}).status, 413);
  EXPECT_EQ(problem_of({ErrorCode::io, "x"}).status, 500);
  EXPECT_TRUE(problem_of({ErrorCode::io, "x"}).headers.empty());
  HttpResponse full = problem_of({ErrorCode::full, "x"});
  EXPECT_EQ(full.status, 503);
  ASSERT_FALSE(full.headers.empty());
  EXPECT_EQ(full.headers.front().first, "Retry-After");
}

}  // namespace
}  // namespace jieban
