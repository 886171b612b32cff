// A problem is well-formed JSON whatever its texts hold.
#include "common/http/message.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

TEST(Message, AProblemFollowsRfc9457) {
  HttpResponse response = HttpResponse::problem(404, "", "there is no order \"7\"\n工单");
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.content_type, "application/problem+json");
  EXPECT_EQ(response.body,
            "{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,"
            "\"detail\":\"there is no order \\\"7\\\"\\u000a工单\"}");
  EXPECT_TRUE(response.headers.empty());
}

TEST(Message, IllFormedTextIsMadeHarmless) {
  EXPECT_NE(HttpResponse::problem(400, "",
                                  "a\xff"
                                  "b")
                .body.find("\"a?b\""),
            std::string::npos);
}

TEST(Message, RetryAfterIsInWholeSecondsRoundedUp) {
  auto retry = [](Duration span) {
    return HttpResponse::problem(503, "Full", "", span).headers.at(0).second;
  };
  EXPECT_EQ(retry(std::chrono::seconds(5)), "5");
  EXPECT_EQ(retry(std::chrono::milliseconds(1)), "1");
  EXPECT_EQ(retry(std::chrono::milliseconds(5001)), "6");
}

TEST(Message, RepeatedHeadersAreJoinedWhateverTheirCase) {
  HttpHeaders headers;
  add_http_header(headers, "X-A", "1");
  add_http_header(headers, "x-a", "2");
  EXPECT_EQ(headers, (HttpHeaders{{"x-a", "1, 2"}}));
}

TEST(Message, HeadersAreFoundByLowerCaseName) {
  HttpRequest request;
  request.headers["authorization"] = "Bearer x";
  EXPECT_EQ(request.header("authorization"), "Bearer x");
  EXPECT_EQ(request.header("accept"), "");
}

}  // namespace
}  // namespace jieban
