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
  EXPECT_EQ(*body->optional_time("at"), from_civil({2026, 7, 18, 12, 0, 0}));
  EXPECT_EQ(*body->optional_time("b"), std::nullopt);
}

TEST(BodyReader, WordsAreMaskedAndNamesAreRefused) {
  auto body =
      BodyReader::parse(R"({"why":"拨13800138011","id":"13800138011","day":"l-2026-07-18"})",
                        {"why", "id", "day", "none"});
  ASSERT_TRUE(body.ok());
  EXPECT_EQ(*body->words("why", 99), "拨***");
  EXPECT_EQ(*body->words("none", 99), "");
  EXPECT_EQ(*body->made_up_name("day", 99), "l-2026-07-18");
  auto name = body->made_up_name("id", 99);
  ASSERT_FALSE(name.ok());
  EXPECT_EQ(name.error().message.find("1380"), std::string::npos);
  EXPECT_FALSE(body->words("why", 3).ok());
}

TEST(BodyReader, ReadsFlagsCountsAndRows) {
  auto body = BodyReader::parse(R"({"yes":true,"n":7,"rows":[{"a":"x"},{"a":"y"}]})",
                                {"yes", "n", "rows", "none"});
  ASSERT_TRUE(body.ok()) << body.error().message;
  EXPECT_TRUE(*body->flag("yes"));
  EXPECT_FALSE(*body->flag("none"));
  EXPECT_EQ(*body->count("n", 7), 7U);
  EXPECT_EQ(*body->count("none", 7), 0U);
  auto rows = body->objects("rows", 2, {"a"});
  ASSERT_TRUE(rows.ok()) << rows.error().message;
  ASSERT_EQ(rows->size(), 2U);
  EXPECT_EQ(*(*rows)[1].required("a", 1), "y");
  EXPECT_TRUE(body->objects("none", 2, {"a"})->empty());
}

TEST(BodyReader, RefusesOtherFlagsCountsAndRows) {
  auto body =
      BodyReader::parse(R"({"yes":"true","n":8,"m":-1,"rows":[{"a":"x"},{"b":"y"}],"at":""})",
                        {"yes", "n", "m", "rows", "at"});
  ASSERT_TRUE(body.ok());
  EXPECT_EQ(body->flag("yes").error().message, "yes: 应为 true 或 false");
  EXPECT_EQ(body->count("n", 7).error().message, "n: 应为 0 至 7 的整数");
  EXPECT_FALSE(body->count("m", 7).ok());
  EXPECT_FALSE(body->objects("rows", 2, {"a"}).ok()) << "a member that is not known";
  EXPECT_EQ(body->objects("rows", 1, {"a", "b"}).error().code, ErrorCode::limit);
  EXPECT_EQ(body->objects("yes", 1, {"a"}).error().message, "yes: 应为数组");
  EXPECT_EQ(body->required_time("at").error().message, "at: 缺少该字段");
}

TEST(BodyReader, SaysWhichMemberIsWrong) {
  auto body = BodyReader::parse(R"({"a":7,"b":"","c":"13800138000"})", {"a", "b", "c"});
  ASSERT_TRUE(body.ok());
  EXPECT_EQ(body->required("a", 9).error().message, "a: 应为文字");
  EXPECT_EQ(body->required("b", 9).error().message, "b: 缺少该字段");
  EXPECT_EQ(body->required("d", 9).error().message, "d: 缺少该字段");
  EXPECT_EQ(body->required("c", 9).error().code, ErrorCode::limit);
  EXPECT_EQ(body->optional_time("c").error().message.find("138"), std::string::npos);
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
