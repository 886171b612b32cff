// Members of a map are what they must be, or the error says where they stand.
#include "common/assessment/fields.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

Document document(std::string_view text) {
  auto parsed = Document::parse(text, "x.yaml");
  EXPECT_TRUE(parsed.ok());
  return std::move(*parsed);
}

TEST(AssessmentFields, WhatIsAbsentStaysAsItWas) {
  const Document file = document("other: 1\n");
  uint64_t count = 7;
  bool flag = true;
  EXPECT_TRUE(read_count(file.root(), "count", {0, 9}, count).ok());
  EXPECT_TRUE(read_flag(file.root(), "flag", flag).ok());
  EXPECT_TRUE(read_choice(file.root(), "word", {"a", "b"}, flag).ok());
  EXPECT_EQ(count, 7u);
  EXPECT_TRUE(flag);
  EXPECT_FALSE(optional_date(file.root(), "day")->has_value());
}

TEST(AssessmentFields, WhatIsThereIsRead) {
  const Document file = document("count: 3\nflag: true\nword: b\nday: 2026-05-06\ntext: 七\n");
  uint64_t count = 0;
  bool flag = false;
  bool second = false;
  std::string text;
  EXPECT_TRUE(read_count(file.root(), "count", {0, 9}, count).ok());
  EXPECT_TRUE(read_flag(file.root(), "flag", flag).ok());
  EXPECT_TRUE(read_choice(file.root(), "word", {"a", "b"}, second).ok());
  EXPECT_TRUE(read_text(file.root(), "text", text).ok());
  EXPECT_EQ(count, 3u);
  EXPECT_TRUE(flag && second);
  EXPECT_EQ(text, "七");
  EXPECT_EQ(to_text(*required_date(file.root(), "day")), "2026-05-06");
}

TEST(AssessmentFields, WhatIsWrongIsToldWithItsPlace) {
  const Document file = document("count: 12\nword: c\nday: 2026-02-30\ntext: \"\"\n");
  uint64_t count = 0;
  bool second = false;
  std::string text;
  EXPECT_TRUE(
      read_count(file.root(), "count", {0, 9}, count).error().message.starts_with("x.yaml:1:8: "));
  EXPECT_FALSE(read_choice(file.root(), "word", {"a", "b"}, second).ok());
  EXPECT_FALSE(optional_date(file.root(), "day").ok());
  EXPECT_FALSE(required_date(file.root(), "other").ok());
  EXPECT_FALSE(read_text(file.root(), "text", text).ok());
  EXPECT_FALSE(read_text(file.root(), "other", text).ok());
  EXPECT_TRUE(read_optional_text(file.root(), "other", text).ok());
}

}  // namespace
}  // namespace jieban
