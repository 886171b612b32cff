#include "common/alerting/matcher.h"

#include "tests/unit/common/alerting/payloads.h"

namespace jieban {
namespace {

Matcher good(std::string_view text) {
  auto matcher = parse_matcher(text);
  EXPECT_TRUE(matcher.ok()) << text << ": " << (matcher.ok() ? "" : matcher.error().message);
  return matcher.ok() ? *matcher : Matcher{};
}

TEST(Matcher, TextsAreReadAndWritten) {
  EXPECT_EQ(good("level=red"), (Matcher{"level", MatchKind::equal, "red"}));
  EXPECT_EQ(good(R"( level != "a b" )"), (Matcher{"level", MatchKind::not_equal, "a b"}));
  EXPECT_EQ(good(R"(channel=~"wecom.*|x\"y")"),
            (Matcher{"channel", MatchKind::like, R"(wecom.*|x"y)"}));
  EXPECT_EQ(good("unit!~x=y"), (Matcher{"unit", MatchKind::not_like, "x=y"}));
  EXPECT_EQ(good("unit="), (Matcher{"unit", MatchKind::equal, ""}));
  for (const char* text : {R"(a="1")", R"(a!="")", R"(a=~"x|\"y\\d")", R"(a!~".+")"}) {
    EXPECT_EQ(to_text(good(text)), text);
  }
}

TEST(Matcher, SeveralStandBetweenCommasOutsideOfQuotes) {
  const std::string text = R"(a="x, y", b=~"p\",q|r", c!="")";
  auto several = parse_matchers(R"(a="x, y",b=~"p\",q|r" , c!="")");
  ASSERT_TRUE(several.ok()) << several.error().message;
  ASSERT_EQ(several->size(), 3U);
  EXPECT_EQ(several->at(1), (Matcher{"b", MatchKind::like, R"(p",q|r)"}));
  EXPECT_EQ(to_text(*several), text);
  EXPECT_EQ(*parse_matchers(text), *several);
  for (const char* wrong : {"", "a=b,", ",a=b", R"(a="b)"}) {
    EXPECT_FALSE(parse_matchers(wrong).ok()) << wrong;
  }
}

TEST(Matcher, WhatIsNoConditionIsRefused) {
  for (const char* text : {"", "level", "=red", "2x=red", "level!red", R"(level="red)", "a=b c",
                           R"(level="red"x)", R"(level=~"(")"}) {
    EXPECT_FALSE(parse_matcher(text).ok()) << text;
  }
}

struct Case {
  const char* matcher;
  const char* value;
  bool expected;
};

TEST(Matcher, EachKindHoldsOfWhatItSays) {
  for (const auto& [matcher, value, expected] : std::vector<Case>{{"a=x", "x", true},
                                                                  {"a=x", "xx", false},
                                                                  {"a!=x", "x", false},
                                                                  {"a!=x", "y", true},
                                                                  {"a=~x+", "xx", true},
                                                                  {"a=~x+", "yx", false},
                                                                  {"a!~x+", "xx", false},
                                                                  {"a!~x+", "yx", true}}) {
    EXPECT_EQ(matches(good(matcher), {{"a", value}}), expected) << matcher << " of " << value;
  }
}

TEST(Matcher, AMissingLabelIsEmpty) {
  EXPECT_TRUE(matches(good("a="), {}));
  EXPECT_FALSE(matches(good("a=x"), {}));
  EXPECT_TRUE(matches(good("a!=x"), {}));
  EXPECT_TRUE(matches(good("a=~.*"), {}));
  EXPECT_FALSE(matches(good("a=~.+"), {}));
}

TEST(Matcher, AllHaveToHold) {
  EXPECT_TRUE(matches_all({}, {}));
  EXPECT_TRUE(matches_all({good("a=1"), good("b=2")}, {{"a", "1"}, {"b", "2"}}));
  EXPECT_FALSE(matches_all({good("a=1"), good("b=2")}, {{"a", "1"}}));
}

TEST(Matcher, TooManyAreRefused) {
  EXPECT_TRUE(check_matchers(std::vector(kMatchersMax, good("a=1"))).ok());
  EXPECT_FALSE(check_matchers(std::vector(kMatchersMax + 1, good("a=1"))).ok());
  EXPECT_FALSE(check_matcher({"a", MatchKind::equal, std::string(kLabelValueMax + 1, 'x')}).ok());
}

TEST(Matcher, IsAPayload) { expect_payload(good("a!~x|y")); }

}  // namespace
}  // namespace jieban
