// Goal: a body says what it means or is refused, by the name of the member and not by its value.
#include "daemons/notifier/body_reader.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

TEST(BodyReader, ReadsTextsAndTimes) {
  auto body = BodyReader::parse(R"({"a":"x","at":"2026-07-18 12:00:00"})", {"a", "b", "at"});
  ASSERT_TRUE(body.ok()) << body.error().message;
  EXPECT_EQ(*body->required("a", 1), "x");
  EXPECT_EQ(*body->optional("b", 1), "");
  EXPECT_EQ(*body->time("at"), from_civil({2026, 7, 18, 12, 0, 0}));
  EXPECT_EQ(*body->time("b"), std::nullopt);
}

TEST(BodyReader, SaysWhichMemberIsWrong) {
  auto body = BodyReader::parse(R"({"a":7,"b":"","c":"13800138000"})", {"a", "b", "c"});
  ASSERT_TRUE(body.ok());
  EXPECT_EQ(body->required("a", 9).error().message, "a: 应为文字");
  EXPECT_EQ(body->required("b", 9).error().message, "b: 缺少该字段");
  EXPECT_EQ(body->required("d", 9).error().message, "d: 缺少该字段");
  EXPECT_EQ(body->required("c", 9).error().code, ErrorCode::limit);
  EXPECT_EQ(body->time("c").error().message.find("138"), std::string::npos);
}

TEST(BodyReader, RefusesWhatIsNoObjectOfKnownMembers) {
  for (const char* text : {"", "[]", "7", "{\"a\":", "{\"13800138000\":\"x\"}"}) {
    auto body = BodyReader::parse(text, {"a"});
    ASSERT_FALSE(body.ok()) << text;
    EXPECT_EQ(body.error().message.find("138"), std::string::npos);
  }
}

}  // namespace
}  // namespace jieban
