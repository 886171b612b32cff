#include "common/audit/material_file.h"

#include <gtest/gtest.h>

#include <functional>

#include "tests/unit/common/audit/materials.h"

namespace jieban {
namespace {

uint64_t hash(std::string_view gram) { return std::hash<std::string_view>()(gram); }

const std::string kReply =
    "3月10日工作人员到现场核查，情况属实，当日联系物业公司清理完毕，并向诉求人电话反馈，诉求人表示"
    "认可，"
    "后续加强巡查。";

std::string material(const std::string& order_no, const std::string& time) {
  return "  - order_no: \"" + order_no + "\"\n    order_class: general\n    unit: urban_office\n" +
         "    handed_in_at: \"" + time + "\"\n    records:\n" + "      - {kind: hand_in, at: \"" +
         time + "\", values: {solved: SOLVED}, texts: {text: \"" + kReply + "\"}}\n";
}

Result<std::vector<FiledMaterial>> read(const std::string& text) {
  auto document = Document::parse(text, "m.yaml");
  if (!document.ok()) return document.error();
  return read_materials(*document, shipped().texts, hash);
}

TEST(MaterialFile, TextsAreLookedAtAsTheDoorDoes) {
  auto all = read("version: 1\nmaterials:\n" + material("A-1", "2026-03-10 09:00"));
  ASSERT_TRUE(all.ok()) << all.error().message;
  const TextFacts& text = all->front().material.records[0].texts.at("text");
  EXPECT_EQ(text.characters, 58u);
  EXPECT_EQ(text.marks, (std::vector<std::string>{"action", "actor", "date"}));
  EXPECT_TRUE(text.signature);
}

TEST(MaterialFile, AFaultIsToldWithItsPlace) {
  auto bad = read("version: 1\nmaterials:\n  - {order_no: \"A\", order_class: general}\n");
  ASSERT_FALSE(bad.ok());
  EXPECT_EQ(bad.error().message.find("m.yaml:3:"), 0u) << bad.error().message;
  EXPECT_NE(bad.error().message.find("handed_in_at"), std::string::npos);
  auto answers = read("version: 1\nmaterials:\n" + material("A-1", "2026-03-10 09:00") +
                      "    answers: {has_site: perhaps}\n");
  ASSERT_FALSE(answers.ok());
  EXPECT_NE(answers.error().message.find("pass, fail or not_applicable"), std::string::npos);
}

TEST(MaterialFile, ACopiedReplyIsToldOfTheLaterOrderOnly) {
  auto all = read("version: 1\nmaterials:\n" + material("A-1", "2026-03-10 09:00") +
                  material("A-2", "2026-03-12 09:00"));
  ASSERT_TRUE(all.ok());
  auto audits = audit_materials(shipped().checklists, *all);
  ASSERT_TRUE(audits.ok());
  EXPECT_FALSE((*audits)[0].reuse);
  ASSERT_TRUE((*audits)[1].reuse);
  EXPECT_EQ((*audits)[1].reuse->order_no, "A-1");
  (*all)[1].unit = "housing_station";
  EXPECT_FALSE((*audit_materials(shipped().checklists, *all))[1].reuse) << "another unit";
  (*all)[1].unit = "urban_office";
  (*all)[1].material.handed_in_at += std::chrono::days(90);
  EXPECT_FALSE((*audit_materials(shipped().checklists, *all))[1].reuse) << "too long ago";
}

TEST(MaterialFile, AnAnswerToAnItemThatIsNotThereIsRefused) {
  auto all = read("version: 1\nmaterials:\n" + material("A-1", "2026-03-10 09:00") +
                  "    answers: {has_luck: pass}\n");
  ASSERT_TRUE(all.ok());
  auto audits = audit_materials(shipped().checklists, *all);
  ASSERT_FALSE(audits.ok());
  EXPECT_NE(audits.error().message.find("has_luck"), std::string::npos);
}

}  // namespace
}  // namespace jieban
