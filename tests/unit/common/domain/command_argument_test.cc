// Open arguments look like what they are: what could hide a person's words is not well formed.
#include "common/domain/command_argument.h"

#include <gtest/gtest.h>

#include <set>

namespace jieban {
namespace {

using enum ArgumentKind;

TEST(CommandArgument, NamesAreUniqueAndFound) {
  std::set<std::string_view> seen;
  for (const CommandArgument& row : command_arguments()) {
    EXPECT_FALSE(row.name.empty());
    EXPECT_TRUE(seen.insert(row.name).second) << row.name;
    EXPECT_EQ(find_argument(row.name), &row);
    EXPECT_FALSE(row.chinese.empty());
    EXPECT_FALSE(how_written(row.kind).empty());
  }
  EXPECT_EQ(find_argument("note"), nullptr);
  EXPECT_EQ(find_argument(kSealedFields), nullptr) << "nobody may say what was sealed but the door";
}

TEST(CommandArgument, WhatIsForPeopleIsSealed) {
  for (const char* free : {"basis", "plan", "matter", "conclusion", "summary", "called_number"}) {
    EXPECT_EQ(find_argument(free)->kind, text) << free;
  }
}

struct Sample {
  ArgumentKind kind;
  const char* good;
  const char* bad;
};

TEST(CommandArgument, EachKindHasItsWriting) {
  const Sample samples[] = {{name, "城管办", "a\nb"},
                            {names, "a,b", "a,,b"},
                            {code, "sha256:00ff", "请尽快"},
                            {codes, "a1,b-2", "a1,b 2"},
                            {order_no, "热线-260310-000291", "\x01"},
                            {number, "12", "012"},
                            {number, "1", "0"},
                            {number, "999999999", "9999999999"},
                            {yes_no, "yes", "是"},
                            {time, "2026-03-10 08:00", "2026-03-10"},
                            {time, "2026-03-10 08:00:01", "2026-02-30 08:00"}};
  for (const Sample& sample : samples) {
    EXPECT_TRUE(is_well_formed(sample.kind, sample.good)) << sample.good;
    EXPECT_FALSE(is_well_formed(sample.kind, sample.bad)) << sample.bad;
    bool empty_is_good = is_well_formed(sample.kind, "");
    EXPECT_FALSE(empty_is_good);
  }
}

TEST(CommandArgument, ATimeIsLocalWithOrWithoutSeconds) {
  EXPECT_EQ(parse_command_time("2026-03-10 08:00"), parse_local("2026-03-10 08:00:00"));
  EXPECT_EQ(parse_command_time("2026-03-10 08:00:07"), parse_local("2026-03-10 08:00:07"));
  EXPECT_FALSE(parse_command_time("2026-03-10 24:00").has_value());
}

}  // namespace
}  // namespace jieban
