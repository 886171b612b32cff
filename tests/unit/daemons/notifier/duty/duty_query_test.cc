// Goal: what comes in at the door is the change that was meant, or is refused by name.
#include "daemons/notifier/duty/duty_query.h"

#include "tests/unit/daemons/notifier/duty_fixture.h"

namespace jieban {
namespace {

using duty_test::local;

TEST(DutyQuery, EachKindHasItsOwnMembers) {
  auto swap = read_duty_request("swaps", R"({"id":"s1","by":"a","reason":"家中有事","rota":"seat",
      "from":"2026-02-03 20:30:00","until":"2026-02-04 08:30:00","taker":"e",
      "back_from":"2026-02-05 08:30:00","back_until":"2026-02-05 20:30:00"})");
  ASSERT_TRUE(swap.ok()) << swap.error().message;
  EXPECT_EQ(swap->kind, DutyKind::swap);
  EXPECT_EQ(swap->taker, "e");
  EXPECT_EQ(swap->from, local("2026-02-03 20:30"));
  EXPECT_EQ(swap->back_until, local("2026-02-05 20:30"));
  auto leave = read_duty_request(
      "leaves", R"({"id":"l1","by":"b","person":"b","reason":"x","until":"2026-02-03 16:00:00"})");
  ASSERT_TRUE(leave.ok()) << leave.error().message;
  EXPECT_EQ(leave->person, "b");
  EXPECT_EQ(leave->from, std::nullopt);
  auto change = read_duty_request(
      "overrides", R"({"id":"o1","by":"x","rota":"seat","reason":"x","add":"e","alone":true,
      "priority":3,"until":"2026-02-03 16:00:00"})");
  ASSERT_TRUE(change.ok()) << change.error().message;
  EXPECT_TRUE(change->alone);
  EXPECT_EQ(change->priority, 3U);
  auto temporary = read_duty_request(
      "temporary", R"({"id":"t1","by":"x","rota":"seat","reason":"x","until":"2026-02-05 00:00:00",
      "shifts":[{"person":"e","from":"2026-02-04 00:00:00","until":"2026-02-05 00:00:00"}]})");
  ASSERT_TRUE(temporary.ok()) << temporary.error().message;
  EXPECT_EQ(temporary->shifts.at(0).person, "e");
}

TEST(DutyQuery, WhatIsMissingOrBelongsToAnotherKindIsRefused) {
  const std::pair<const char*, const char*> rows[] = {
      {"leaves", R"({"by":"b","person":"b","until":"2026-02-03 16:00:00"})"},
      {"leaves", R"({"id":"l1","person":"b","until":"2026-02-03 16:00:00"})"},
      {"leaves", R"({"id":"l1","by":"b","person":"b"})"},
      {"leaves", R"({"id":"l1","by":"b","person":"b","until":"tomorrow"})"},
      {"leaves", R"({"id":"l1","by":"b","person":"b","until":"2026-02-03 16:00:00","taker":"a"})"},
      {"swaps", R"({"id":"s1","by":"b","until":"2026-02-03 16:00:00"})"},
      {"overrides", R"({"id":"o1","by":"x","rota":"seat","until":"2026-02-03 16:00:00",
                        "alone":"yes"})"},
      {"temporary", R"({"id":"t1","by":"x","rota":"seat","until":"2026-02-03 16:00:00",
                        "shifts":[{"person":"e","from":"2026-02-04 00:00:00"}]})"},
      {"swaps", "?"}};
  for (const auto& [kind, body] : rows) {
    const auto request = read_duty_request(kind, body);
    ASSERT_FALSE(request.ok()) << body;
    EXPECT_EQ(request.error().code, ErrorCode::invalid) << body;
  }
  EXPECT_EQ(read_duty_request("holidays", "{}").error().code, ErrorCode::not_found);
}

TEST(DutyQuery, OnlyAnApprovalOverrulesTheLimits) {
  auto decision =
      read_duty_decision("s1", "approve", R"({"by":"x","reason":"急","override":true})");
  ASSERT_TRUE(decision.ok()) << decision.error().message;
  EXPECT_EQ(decision->verb, DutyVerb::approve);
  EXPECT_TRUE(decision->overrule_limits);
  EXPECT_FALSE(read_duty_decision("s1", "accept", R"({"by":"e","override":true})").ok());
  EXPECT_FALSE(read_duty_decision("s1", "accept", "{}").ok());
  EXPECT_EQ(read_duty_decision("s1", "bless", R"({"by":"x"})").error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace jieban
