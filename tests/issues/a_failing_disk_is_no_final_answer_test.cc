// Seen: a commit that failed with EIO was answered with 500, which a feed takes for final, just
// before the receiver ended for its restart. The outcome was not known, and asking again under the
// same id was safe and right: 503 says so.
#include <gtest/gtest.h>

#include <algorithm>

#include "daemons/receiver/problem.h"

namespace jieban {
namespace {

TEST(AFailingDisk, IsAnsweredWithComeAgain) {
  HttpResponse answer = problem_of({ErrorCode::io, "committing: Input/output error"});
  EXPECT_EQ(answer.status, 503);
  EXPECT_TRUE(std::ranges::any_of(
      answer.headers, [](const auto& header) { return header.first == "Retry-After"; }));
}

}  // namespace
}  // namespace jieban
