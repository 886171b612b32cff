// Goal: what is missing, unknown or of the wrong time is said with its name.
#include "daemons/router/argument_reader.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

const Timestamp kNow = *parse_local("2026-03-10 08:00:00");

CommandRequest request_with(std::map<std::string, std::string> arguments) {
  CommandRequest request;
  request.arguments = std::move(arguments);
  return request;
}

TEST(ArgumentReader, AnEmptyArgumentIsNone) {
  CommandRequest request = request_with({{"unit", ""}, {"override", "yes"}});
  EXPECT_EQ(argument(request, "unit"), "");
  EXPECT_EQ(require_argument(request, "unit"), "缺少 unit（单位）");
  EXPECT_EQ(require_argument(request, "lead_unit"), "缺少 lead_unit（主办单位）");
  EXPECT_TRUE(says_yes(request, "override"));
  EXPECT_FALSE(says_yes(request, "reached"));
}

TEST(ArgumentReader, ACodeIsOneOfItsList) {
  EXPECT_FALSE(require_code(request_with({{"solved", "SOLVED"}}), "solved", CodeSet::solved));
  auto fault = require_code(request_with({{"solved", "YES"}}), "solved", CodeSet::solved);
  ASSERT_TRUE(fault.has_value());
  EXPECT_NE(fault->find("PARTIAL 部分解决"), std::string::npos) << *fault;
}

TEST(ArgumentReader, TheTextsOfASealedBoxAreKnownByName) {
  CommandRequest request;
  EXPECT_FALSE(has_text(request, "text"));
  request.sealed = SealedBox();
  EXPECT_TRUE(has_text(request, "text"));
  EXPECT_FALSE(has_text(request, "basis"));
  request.arguments["sealed_fields"] = "basis,plan";
  EXPECT_TRUE(has_text(request, "plan"));
  EXPECT_FALSE(has_text(request, "text"));
  EXPECT_FALSE(has_text(request, "pla"));
  EXPECT_TRUE(require_text(request, "text").has_value());
}

TEST(ArgumentReader, TimesLieBeforeOrBehindNow) {
  CommandRequest request = request_with({{"caller_told_at", "2026-03-10 08:01"},
                                         {"hotline_told_at", "2026-03-10 08:02"},
                                         {"due_at", "2026-03-10 08:00"}});
  EXPECT_FALSE(require_past(request, "caller_told_at", kNow)) << "a minute is tolerated";
  EXPECT_TRUE(require_past(request, "hotline_told_at", kNow));
  EXPECT_TRUE(require_past(request, "arrived_at", kNow));
  EXPECT_FALSE(allow_past(request, "arrived_at", kNow));
  EXPECT_TRUE(require_future(request, "due_at", kNow));
  EXPECT_FALSE(require_future(request, "hotline_told_at", kNow));
}

TEST(ArgumentReader, AnArgumentThatIsMalformedIsNamed) {
  EXPECT_FALSE(malformed_argument(request_with({{"unit", ""}, {"unknown", "自由"}})));
  auto fault = malformed_argument(request_with({{"due_at", "明天"}}));
  ASSERT_TRUE(fault.has_value());
  EXPECT_EQ(fault->find("due_at（办理时限）须为时间"), 0U) << *fault;
}

TEST(ArgumentReader, TheFirstFaultCounts) {
  EXPECT_EQ(first_of({std::nullopt, "a", "b"}), "a");
  EXPECT_EQ(first_of({}), std::nullopt);
}

}  // namespace
}  // namespace jieban
