// The register and the points are read strictly.
#include "common/assessment/appeal_file.h"

#include <gtest/gtest.h>

#include "tests/support/calendars.h"

namespace jieban {
namespace {

Result<std::vector<Appeal>> appeals(const std::string& members) {
  auto document = Document::parse(
      "version: 1\nappeals:\n  - {appeal_id: A-1, order_no: \"1\", cycle: \"2026-07\", "
      "route: assessment, target: solved, " +
          members + "}\n",
      "r.yaml");
  if (!document.ok()) return document.error();
  return read_appeals(*document);
}

TEST(AppealFile, ShippedPointsAreSixAndSayThatTheyAreNotOfficial) {
  auto shipped = load_appeal_points(JIEBAN_SOURCE_DIR "/config/appeal_points.yaml");
  ASSERT_TRUE(shipped.ok()) << shipped.error().message;
  EXPECT_FALSE(shipped->official);
  EXPECT_NE(shipped->version.find("placeholder"), std::string::npos);
  ASSERT_EQ(shipped->points.size(), 6u);
  for (const AppealPoint& point : shipped->points) {
    EXPECT_EQ(shipped->find(point.code), &point);
    EXPECT_NE(point.note.find("非官方"), std::string::npos);
    EXPECT_FALSE(point.required_evidence.empty());
    EXPECT_TRUE(point.in_force(day("2026-07-01")));
  }
  EXPECT_EQ(shipped->find("SC7"), nullptr);
}

TEST(AppealFile, AStateImpliesItsVerdicts) {
  auto passed = appeals("state: CITY_PASS, submitted_at: \"2026-07-20 09:00:00\"");
  ASSERT_TRUE(passed.ok()) << passed.error().message;
  EXPECT_TRUE(passed->at(0).excludes());
  EXPECT_EQ(passed->at(0).district_result, Verdict::pass);
  EXPECT_TRUE(passed->at(0).submitted_at);
  EXPECT_FALSE(appeals("state: SUBMITTED")->at(0).decided());
  EXPECT_TRUE(appeals("state: CLOSED, city_result: pass")->at(0).excludes());
  EXPECT_TRUE(appeals("state: CLOSED, district_result: deny")->at(0).decided());
}

TEST(AppealFile, WhatContradictsItselfIsRefused) {
  for (const char* members :
       {"state: CITY_PASS, city_result: deny", "state: CITY_PASS, district_result: deny",
        "state: DRAFT, city_result: pass", "state: CLOSED, city_result: back",
        "state: CLOSED, district_result: deny, city_result: pass", "state: PASSED",
        "state: DRAFT, route: other", "state: DRAFT, submitted_at: 2026-07-20",
        "state: DRAFT, colour: red", "city_result: pass", "state: DRAFT, city_result: maybe"}) {
    auto read = appeals(members);
    ASSERT_FALSE(read.ok()) << members;
    EXPECT_TRUE(read.error().message.starts_with("r.yaml:")) << read.error().message;
  }
}

TEST(AppealFile, IdsAndCodesOccurOnce) {
  auto twice = appeals(
      "state: DRAFT}\n  - {appeal_id: A-1, order_no: \"2\", cycle: \"2026-07\", "
      "route: assessment, target: all, state: DRAFT");
  ASSERT_FALSE(twice.ok());
  auto document = Document::parse(
      "version: v\npoints:\n"
      "  - {code: P, title: t, route: assessment, law_basis: l, valid_from: 2026-01-01}\n"
      "  - {code: P, title: t, route: assessment, law_basis: l, valid_from: 2026-01-01}\n",
      "p.yaml");
  EXPECT_FALSE(read_appeal_points(*document).ok());
}

}  // namespace
}  // namespace jieban
