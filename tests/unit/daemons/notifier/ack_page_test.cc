// Goal: each page says in Chinese what is the case, and nothing that came in can become a page.
#include "daemons/notifier/ack_page.h"

#include <gtest/gtest.h>

#include <set>

namespace jieban {
namespace {

std::string header_of(const HttpResponse& page, std::string_view name) {
  for (const auto& [key, value] : page.headers) {
    if (key == name) return value;
  }
  return "";
}

TEST(AckPage, EachOutcomeHasAPageOfItsOwn) {
  using enum AckPage;
  std::set<std::string> bodies;
  for (AckPage page : {done, repeated, expired, forged, gone, refused, later}) {
    const HttpResponse response = ack_page(page);
    EXPECT_EQ(response.content_type, "text/html; charset=utf-8");
    EXPECT_TRUE(bodies.insert(response.body).second);
    EXPECT_EQ(response.body.find("<form"), std::string::npos) << "nothing left to press";
  }
  EXPECT_EQ(ack_page(done).status, 200);
  EXPECT_EQ(ack_page(expired).status, 410);
  EXPECT_EQ(header_of(ack_page(later), "Retry-After"), "10");
}

TEST(AckPage, TheQuestionIsAskedByAButton) {
  const HttpResponse page = ack_question("工单A1");
  EXPECT_NE(page.body.find("工单A1"), std::string::npos);
  EXPECT_NE(page.body.find("<form method=\"post\"><button"), std::string::npos);
}

TEST(AckPage, TextIsNeverMarkup) {
  const HttpResponse page = ack_question("<script>&\"");
  EXPECT_EQ(page.body.find("<script"), std::string::npos);
  EXPECT_NE(page.body.find("&lt;script&gt;&amp;&quot;"), std::string::npos);
  EXPECT_EQ(ack_page(AckPage::refused, "<b>").body.find("<b>"), std::string::npos);
}

TEST(AckPage, LoadsNothingAndIsNotKept) {
  for (const HttpResponse& page : {ack_question("x"), ack_page(AckPage::done)}) {
    EXPECT_EQ(header_of(page, "Cache-Control"), "no-store");
    EXPECT_EQ(header_of(page, "Referrer-Policy"), "no-referrer");
    EXPECT_TRUE(header_of(page, "Content-Security-Policy").starts_with("default-src 'none'"));
  }
}

}  // namespace
}  // namespace jieban
