#include "daemons/receiver/problem.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

TEST(Problem, EachErrorHasItsStatusAndOnlyWhatPassesSaysWhenToComeAgain) {
  EXPECT_EQ(problem_of({ErrorCode::invalid, "x"}).status, 400);
  EXPECT_EQ(problem_of({ErrorCode::not_found, "x"}).status, 404);
  EXPECT_EQ(problem_of({ErrorCode::limit, "x"}).status, 413);
  EXPECT_EQ(problem_of({ErrorCode::internal, "x"}).status, 500);
  EXPECT_TRUE(problem_of({ErrorCode::internal, "x"}).headers.empty());
  for (ErrorCode passes : {ErrorCode::full, ErrorCode::unavailable, ErrorCode::io}) {
    HttpResponse answer = problem_of({passes, "x"});
    EXPECT_EQ(answer.status, 503);
    ASSERT_FALSE(answer.headers.empty());
    EXPECT_EQ(answer.headers.front().first, "Retry-After");
  }
}

}  // namespace
}  // namespace jieban
