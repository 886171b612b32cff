// Goal: each kind of error has one status; only what passes is worth asking again.
#include "daemons/notifier/door_problem.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

TEST(DoorProblem, EachErrorHasItsStatus) {
  const std::pair<ErrorCode, int> rows[] = {
      {ErrorCode::invalid, 400},     {ErrorCode::unauthenticated, 401},
      {ErrorCode::not_found, 404},   {ErrorCode::refused, 409},
      {ErrorCode::conflict, 409},    {ErrorCode::limit, 413},
      {ErrorCode::unavailable, 503}, {ErrorCode::full, 503},
      {ErrorCode::io, 500},          {ErrorCode::corrupt, 500},
      {ErrorCode::internal, 500}};
  for (const auto& [code, status] : rows) {
    const HttpResponse response = door_problem({code, "为什么"});
    EXPECT_EQ(response.status, status) << to_string(code);
    EXPECT_EQ(response.content_type, "application/problem+json");
    EXPECT_NE(response.body.find("为什么"), std::string::npos);
    EXPECT_EQ(!response.headers.empty(), status == 503) << "Retry-After";
    EXPECT_EQ(is_passing({code, ""}), status >= 500);
  }
}

TEST(DoorProblem, NoRefusalQuotesANumber) {
  EXPECT_NE(door_problem(invalid("没有 13800138011，最长 32768 字节"))
                .body.find("没有 ***，最长 32768 字节"),
            std::string::npos);
}

TEST(DoorProblem, AGatewayKeepsOnlyWhatMayBeTakenLater) {
  EXPECT_TRUE(gateway_may_forget(std::string("taken")).ok());
  EXPECT_TRUE(gateway_may_forget(std::string("repeated")).ok());
  for (ErrorCode code : {ErrorCode::not_found, ErrorCode::refused, ErrorCode::invalid}) {
    EXPECT_TRUE(gateway_may_forget(Error{code, "x"}).ok()) << to_string(code);
  }
  for (ErrorCode code : {ErrorCode::unavailable, ErrorCode::full, ErrorCode::io}) {
    EXPECT_EQ(gateway_may_forget(Error{code, "x"}).error().code, code) << to_string(code);
  }
}

TEST(DoorProblem, TheAnswerOfTheCoreIsShown) {
  EXPECT_EQ(door_answer(Result<std::string>("taken")).body, "{\"answer\":\"taken\"}\n");
  EXPECT_EQ(door_answer(Result<std::string>(invalid("x"))).status, 400);
}

}  // namespace
}  // namespace jieban
