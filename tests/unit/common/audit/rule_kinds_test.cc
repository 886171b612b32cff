// Each kind of rule: what it asks, the nearest that is not enough, and what it says then.
#include "common/audit/rule_kinds.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/unit/common/audit/materials.h"

namespace jieban {
namespace {

ItemRule rule(std::string kind, std::string of = "") {
  ItemRule made;
  made.kind = std::move(kind);
  made.record = std::move(of);
  return made;
}

std::string found(const ItemRule& asked, const Material& material) {
  const AuditFinding finding = check_rule(asked, material);
  std::string verdict(to_string(finding.verdict));
  return finding.reason.empty() ? verdict : verdict + " " + finding.reason;
}

TEST(RuleKinds, EachHasANameAndNeedsOnlyKeysThatItReads) {
  std::set<std::string_view> names;
  for (const RuleKind& kind : rule_kinds()) {
    EXPECT_TRUE(names.insert(kind.name).second) << kind.name;
    EXPECT_EQ(find_rule_kind(kind.name), &kind);
    EXPECT_NE(kind.keys.find(kind.needed.substr(0, kind.needed.find(' '))), std::string::npos);
  }
  EXPECT_EQ(find_rule_kind("magic"), nullptr);
}

TEST(RecordRule, WantsSoManyWithTheseFieldsFilledIn) {
  Material material = full_material();
  ItemRule asked = rule("record", "feedback");
  asked.filled = {"caller_told_at", "caller_attitude"};
  EXPECT_EQ(found(asked, material), "pass");
  asked.count = 2;
  EXPECT_EQ(found(asked, material), "fail record_missing");
  asked.count = 1;
  material.records[1].values.erase("caller_attitude");
  EXPECT_EQ(found(asked, material), "fail field_missing");
  EXPECT_EQ(check_rule(asked, material).text, "反馈缺少诉求人态度");
}

TEST(RecordRule, OfHandInsOnlyTheLastCounts) {
  Material material = full_material();
  ItemRule asked = rule("record", "hand_in");
  asked.filled = {"solved"};
  material.records.push_back(record("hand_in", "2026-03-11 08:00"));
  EXPECT_EQ(found(asked, material), "fail field_missing");
}

TEST(ReachedRule, OneThatConnectedOrThreeAttemptsAtTwoTimes) {
  ItemRule asked = rule("reached", "contact");
  asked.having = {{"connected", "yes"}};
  asked.count = 3;
  asked.times = 2;
  asked.apart = 60;
  Material material;
  EXPECT_EQ(found(asked, material), "fail record_missing");
  for (const char* minute : {"09:00", "09:10", "09:20"}) {
    material.records.push_back(
        record("contact", std::string("2026-03-10 ") + minute, {{"connected", "no"}}));
  }
  EXPECT_EQ(found(asked, material), "fail not_reached") << "three, but all within an hour";
  material.records[2].at = at("2026-03-10 10:00");
  EXPECT_EQ(found(asked, material), "pass");
  material.records.pop_back();
  EXPECT_EQ(found(asked, material), "fail not_reached");
  material.records.push_back(record("contact", "2026-03-10 09:20", {{"connected", "yes"}}));
  EXPECT_EQ(found(asked, material), "pass");
}

TEST(TextRule, LongEnoughAndWithEachMark) {
  ItemRule asked = rule("text", "hand_in");
  asked.text = "text";
  asked.characters = 60;
  asked.marks = {"date", "actor"};
  Material material = full_material();
  EXPECT_EQ(found(asked, material), "pass");
  auto& text = material.records[2].texts["text"];
  text.characters = 59;
  EXPECT_EQ(found(asked, material), "fail text_short");
  text = facts(60, {"date"});
  EXPECT_EQ(found(asked, material), "fail mark_missing");
  EXPECT_NE(check_rule(asked, material).text.find("actor"), std::string::npos);
  material.records[2].texts.clear();
  EXPECT_EQ(found(asked, material), "fail text_missing");
}

TEST(TextRule, ATextOfWhichNothingIsKnownWaitsForAPerson) {
  ItemRule asked = rule("text", "hand_in");
  asked.text = "text";
  asked.characters = 60;
  Material material = full_material();
  material.records[2].texts["text"] = TextFacts();
  EXPECT_EQ(found(asked, material), "pending text_unread");
}

TEST(AttachmentsRule, SoManyOfTheseKinds) {
  ItemRule asked = rule("attachments");
  asked.attachments = {"photo", "video"};
  Material material = full_material();
  EXPECT_EQ(found(asked, material), "pass");
  material.attachments[0].kind = "audio";
  EXPECT_EQ(found(asked, material), "fail attachment_missing");
  asked.attachments.clear();
  EXPECT_EQ(found(asked, material), "pass");
}

TEST(TakenBetweenRule, AfterTheSignatureAndBeforeTheHandIn) {
  const ItemRule asked = rule("taken_between");
  Material material = full_material();
  for (const char* inside : {"2026-03-10 08:00", "2026-03-10 17:00"}) {
    material.attachments = {photo(inside)};
    EXPECT_EQ(found(asked, material), "pass") << inside;
  }
  for (const char* outside : {"2026-03-10 07:59", "2026-03-10 17:01"}) {
    material.attachments = {photo(outside)};
    EXPECT_EQ(found(asked, material), "fail taken_outside") << outside;
  }
  material.attachments[0].taken_at.reset();
  EXPECT_EQ(found(asked, material), "fail time_missing");
}

TEST(WithinRule, TheFirstRecordComesByTheLimitOfTheClass) {
  ItemRule asked = rule("within", "contact");
  asked.minutes = {{"general", 60}};
  Material material = full_material();
  EXPECT_EQ(found(asked, material), "pass") << "at the limit itself";
  material.records[0].at = at("2026-03-10 09:01");
  EXPECT_EQ(found(asked, material), "fail late");
  EXPECT_NE(check_rule(asked, material).text.find("2026-03-10 09:00:00"), std::string::npos);
  material.subject.order_class = "complex";
  EXPECT_EQ(found(asked, material), "not_applicable no_limit");
  material.subject.order_class = "general";
  material.signed_at.reset();
  EXPECT_EQ(found(asked, material), "not_applicable no_start");
}

TEST(BeforeDueRule, HandedInSoLongBeforeTheDueTime) {
  ItemRule asked = rule("before_due");
  asked.minutes = {{"general", 24 * 60}};
  Material material = full_material();
  material.handed_in_at = at("2026-03-16 08:00");
  EXPECT_EQ(found(asked, material), "pass");
  material.handed_in_at = at("2026-03-16 08:01");
  EXPECT_EQ(found(asked, material), "fail late");
  material.due_at.reset();
  EXPECT_EQ(found(asked, material), "not_applicable no_due");
}

TEST(AssistanceRule, FailsWhileAnAssistingUnitHasNotAnswered) {
  Material material;
  EXPECT_EQ(found(rule("assistance_done"), material), "pass");
  material.assistance_open = true;
  EXPECT_EQ(found(rule("assistance_done"), material), "fail assistance_open");
}

TEST(Conditions, WhenAndUnlessLookAtTheHandIn) {
  Material material = full_material();
  ItemRule asked = rule("assistance_done");
  material.assistance_open = true;
  asked.when = "solved";
  asked.is = {"PARTIAL", "UNSOLVED"};
  EXPECT_EQ(found(asked, material), "not_applicable not_asked");
  material.records[2].values["solved"] = "PARTIAL";
  EXPECT_EQ(found(asked, material), "fail assistance_open");
  asked.unless = "no_site_reason";
  EXPECT_EQ(found(asked, material), "fail assistance_open");
  material.records[2].values["no_site_reason"] = "NOT_NEEDED";
  EXPECT_EQ(found(asked, material), "not_applicable waived");
}

}  // namespace
}  // namespace jieban
