#include "common/audit/evaluate.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/common/audit/materials.h"

namespace jieban {
namespace {

std::string verdict_of(const AuditNote& note, const std::string& code) {
  for (const AuditItem& item : note.items) {
    if (item.code == code) return item.verdict + " " + item.by;
  }
  return "";
}

const Checklist& six() {
  static const ChecklistFile kFile = shipped();
  return kFile.checklists.lists.front();
}

TEST(Evaluate, FullMaterialMeetsAllSixAndIsTimely) {
  const AuditNote note = evaluate(six(), full_material());
  EXPECT_TRUE(missing_items(note, true).empty()) << missing_text(missing_items(note, true));
  // has_basis asks nothing of what is solved; reply_reads_well waits for a person.
  EXPECT_EQ(note.met, 5u);
  EXPECT_EQ(note.of, 6u);
  EXPECT_EQ(note.timely_met, 3u);
  EXPECT_EQ(note.timely_of, 3u);
  EXPECT_FALSE(note.official);
  EXPECT_EQ(note.version, "2026-11-placeholder");
}

TEST(Evaluate, WhatIsMissingIsNamedWithItsReason) {
  Material material = full_material();
  material.attachments.clear();
  material.records.erase(material.records.begin());
  const AuditNote note = evaluate(six(), material);
  EXPECT_EQ(missing_text(missing_items(note, false)),
            "有联系（缺少联系记录）、有现场（附件不足：须 1 个，现有 0 个）");
}

TEST(Evaluate, AnUnsolvedOrderNeedsACitationAPlanAndADate) {
  Material material = full_material();
  material.records[2].values["solved"] = "UNSOLVED";
  AuditNote note = evaluate(six(), material);
  EXPECT_EQ(verdict_of(note, "has_basis"), "fail auto");
  EXPECT_EQ(verdict_of(note, "has_result"), "fail auto");
  material.records[2].values["next_check_at"] = "2026-04-01 09:00";
  material.records[2].texts["plan"] = facts(30);
  material.records[2].texts["text"].marks.emplace_back("citation");
  note = evaluate(six(), material);
  EXPECT_EQ(verdict_of(note, "has_basis"), "pass auto");
  EXPECT_EQ(verdict_of(note, "has_result"), "pass auto");
}

TEST(Evaluate, APersonsAnswerGoesFirstAndTheMachinesIsKept) {
  Material material = full_material();
  material.attachments.clear();
  const AuditNote note = evaluate(
      six(), material, {{"has_site", ItemVerdict::pass}, {"reply_reads_well", ItemVerdict::fail}});
  EXPECT_EQ(verdict_of(note, "has_site"), "pass user");
  EXPECT_EQ(verdict_of(note, "reply_reads_well"), "fail user");
  for (const AuditItem& item : note.items) {
    const bool overruled = item.code == "has_site";
    EXPECT_EQ(item.automatic, overruled ? std::optional<std::string>("fail") : std::nullopt);
  }
}

TEST(Evaluate, WhatDoesNotApplyCountsInNeitherPart) {
  const AuditNote note =
      evaluate(six(), full_material(), {{"has_site", ItemVerdict::not_applicable}});
  EXPECT_EQ(note.met, 4u);
  EXPECT_EQ(note.of, 5u);
}

TEST(Evaluate, WeightsAreWhatIsCounted) {
  Checklist list = six();
  list.items[1].weight = 4;
  Material material = full_material();
  material.attachments.clear();
  const AuditNote note = evaluate(list, material);
  EXPECT_EQ(note.met, 4u);
  EXPECT_EQ(note.of, 9u);
}

TEST(Evaluate, AnItemOfAnotherScopeDoesNotApply) {
  Checklist list = six();
  list.items[1].scope.classes = {"emergency"};
  EXPECT_EQ(verdict_of(evaluate(list, full_material()), "has_site"), "not_applicable auto");
}

TEST(Evaluate, OneRuleThatFailsFailsTheItemAndAllReasonsAreTold) {
  Checklist list = six();
  ItemRule assistance;
  assistance.kind = "assistance_done";
  list.items[0].rules.push_back(assistance);
  Material material = full_material();
  material.assistance_open = true;
  EXPECT_EQ(verdict_of(evaluate(list, material), "has_contact"), "fail auto");
  material.records.erase(material.records.begin());
  const AuditNote note = evaluate(list, material);
  const auto missing = missing_items(note, false);
  EXPECT_EQ(missing.front()->text, "缺少联系记录；协办单位尚未反馈");
}

TEST(UnknownCodes, AreNamedWithThoseThatThereAre) {
  EXPECT_EQ(unknown_codes(six(), {{"has_site", ItemVerdict::pass}}), std::nullopt);
  const auto unknown = unknown_codes(six(), {{"has_luck", ItemVerdict::pass}});
  ASSERT_TRUE(unknown);
  EXPECT_NE(unknown->find("has_luck"), std::string::npos);
  EXPECT_NE(unknown->find("has_contact"), std::string::npos);
}

TEST(PartText, IsExactAndNeverAllForLess) {
  EXPECT_EQ(part_text(5, 6), "83.3%（5/6）");
  EXPECT_EQ(part_text(99999, 100000), "99.9%（99999/100000）");
  EXPECT_EQ(part_text(0, 0), "—");
}

}  // namespace
}  // namespace jieban
