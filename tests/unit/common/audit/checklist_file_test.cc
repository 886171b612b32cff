#include "common/audit/checklist_file.h"

#include <gtest/gtest.h>

#include "common/audit/evaluate.h"
#include "common/wire/payload.h"
#include "tests/unit/common/audit/materials.h"

namespace jieban {
namespace {

const std::string kHead =
    "version: \"1\"\n"
    "texts: {marks: {date: [\"#月\"]}}\n"
    "checklists:\n"
    "  - id: a\n    title: 甲\n    version: \"1\"\n    valid_from: 2026-01-01\n    items:\n";

std::string item(const std::string& rules, const std::string& kind = "automatic") {
  return "      - {code: x, title: 乙, kind: " + kind + ", source: 无" +
         (rules.empty() ? "" : ", rules: [" + rules + "]") + "}\n";
}

std::string fault(const std::string& text) {
  auto document = Document::parse(text, "c.yaml");
  if (!document.ok()) return document.error().message;
  auto file = read_checklists(*document);
  return file.ok() ? "" : file.error().message;
}

TEST(ChecklistFile, TheShippedOneHasSixPlaceholdersAndSaysThatItIsNotOfficial) {
  const ChecklistFile file = shipped();
  ASSERT_EQ(file.checklists.lists.size(), 1u);
  const Checklist& six = file.checklists.lists.front();
  EXPECT_FALSE(six.official);
  EXPECT_NE(six.title.find("非官方占位"), std::string::npos);
  std::vector<std::string> codes;
  for (const ChecklistItem& each : six.items) {
    if (!each.required) continue;
    codes.push_back(each.code);
    EXPECT_NE(each.source.find("非官方占位"), std::string::npos) << each.code;
  }
  EXPECT_EQ(codes, (std::vector<std::string>{"has_contact", "has_site", "has_process", "has_basis",
                                             "has_result", "has_feedback"}));
  EXPECT_FALSE(file.checklists.policy.refuse_hand_in);
  EXPECT_TRUE(file.checklists.policy.second_person);
}

TEST(ChecklistFile, TravelsInAnEventAndComesBack) {
  const Checklists lists = shipped().checklists;
  auto back = decode_payload<Checklists>(encode_payload(lists));
  ASSERT_TRUE(back.ok()) << back.error().message;
  EXPECT_EQ(*back, lists);
}

TEST(ChecklistFile, ARuleIsReadWithAllThatItsKindHas) {
  auto document = Document::parse(
      kHead + item("{kind: text, record: hand_in, text: text, characters: 9, marks: [date], "
                   "having: {solved: SOLVED}, when: solved, is: [SOLVED], unless: no_site_reason}"),
      "c.yaml");
  ASSERT_TRUE(document.ok());
  auto file = read_checklists(*document);
  ASSERT_TRUE(file.ok()) << file.error().message;
  const ItemRule& rule = file->checklists.lists[0].items[0].rules[0];
  EXPECT_EQ(rule.characters, 9u);
  EXPECT_EQ(rule.having.at("solved"), "SOLVED");
  EXPECT_EQ(rule.unless, "no_site_reason");
  EXPECT_EQ(file->texts.marks.at("date"), std::vector<std::string>{"#月"});
}

TEST(ChecklistFile, WhatIsWrongIsToldWithItsPlace) {
  struct Case {
    std::string rules;
    std::string kind;
    std::string says;
  };
  const std::vector<Case> cases = {
      {"{kind: magic}", "automatic", "no such kind of rule: magic; known are record"},
      {"{kind: record, record: contact, apart: 3}", "automatic", "of kind record has no key apart"},
      {"{kind: within, record: contact}", "automatic", "minutes"},
      {"{kind: record, record: rumour}", "automatic", "no such record: rumour"},
      {"{kind: attachments, count: 0}", "automatic", "count lies between"},
      {"{kind: attachments, count: 1, attachments: [dance]}", "automatic", "kind of attachment"},
      {"{kind: before_due, minutes: {grand: 1}}", "automatic", "no such class: grand"},
      {"{kind: text, record: hand_in, text: text, characters: 1, marks: [tone]}", "automatic",
       "no word list for the mark tone"},
      {"{kind: assistance_done, when: solved}", "automatic", "when and is belong together"},
      {"", "automatic", "an automatic item needs rules"},
      {"{kind: assistance_done}", "manual", "a manual item has no rules"},
      {"", "magic", "kind is manual or automatic"},
  };
  EXPECT_EQ(fault(kHead + item("{kind: assistance_done}")), "");
  EXPECT_EQ(fault(kHead + item("", "manual")), "");
  for (const Case& each : cases) {
    const std::string told = fault(kHead + item(each.rules, each.kind));
    EXPECT_NE(told.find(each.says), std::string::npos) << each.rules << ": " << told;
    EXPECT_TRUE(told.starts_with("c.yaml:9:")) << told;
  }
}

TEST(ChecklistFile, CodesListsAndDaysAreChecked) {
  const std::string one = item("", "manual");
  EXPECT_NE(fault(kHead + one + one).find("x stands here twice"), std::string::npos);
  EXPECT_NE(fault("version: \"1\"\nchecklists: []\nlists: []\n").find("lists"), std::string::npos);
  std::string late = kHead + one;
  late.insert(late.find("    items"), "    valid_to: 2026-01-01\n");
  EXPECT_NE(fault(late).find("valid_to"), std::string::npos);
  EXPECT_NE(fault("version: \"1\"\npolicy: {hand_in: maybe}\nchecklists: []\n")
                .find("hand_in is flag or refuse"),
            std::string::npos);
}

}  // namespace
}  // namespace jieban
