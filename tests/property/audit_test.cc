// An audit over generated material: more of it never makes it worse, and the order in which it
// stands means nothing.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <random>

#include "common/audit/checklist_file.h"
#include "common/audit/evaluate.h"
#include "common/base/check.h"

namespace jieban {
namespace {

const Checklist& shipped_list() {
  static const ChecklistFile kFile = [] {
    auto file = load_checklists(std::string(JIEBAN_SOURCE_DIR) + "/config/checklists.yaml");
    CHECK(file.ok());
    return std::move(*file);
  }();
  return kFile.checklists.lists.front();
}

Timestamp some_time() {
  const auto day = parse_local("2026-03-10 00:00:00");
  return *day + std::chrono::minutes(*rc::gen::inRange(0, 3 * 24 * 60));
}

TextFacts some_text() {
  TextFacts facts;
  facts.characters = *rc::gen::inRange<uint64_t>(0, 120);
  for (const char* mark : {"action", "actor", "citation", "date"}) {
    if (*rc::gen::arbitrary<bool>()) facts.marks.emplace_back(mark);
  }
  return facts;
}

MaterialRecord some_record(const std::string& kind) {
  MaterialRecord record;
  record.kind = kind;
  record.at = some_time();
  const std::vector<std::pair<std::string, std::vector<std::string>>> fields = {
      {"connected", {"yes", "no"}},
      {"solved", {"SOLVED", "PARTIAL", "UNSOLVED"}},
      {"method", {"phone"}},
      {"caller_attitude", {"accepts"}},
      {"caller_told_at", {"2026-03-10"}},
      {"no_site_reason", {"NOT_NEEDED"}},
      {"next_check_at", {"2026-04-01"}}};
  for (const auto& [name, values] : fields) {
    if (*rc::gen::inRange(0, 3) > 0) record.values[name] = *rc::gen::elementOf(values);
  }
  for (const char* name : {"text", "plan"}) {
    if (*rc::gen::arbitrary<bool>()) record.texts[name] = some_text();
  }
  return record;
}

Attachment some_attachment() {
  Attachment attachment;
  attachment.kind = *rc::gen::elementOf(std::vector<std::string>{"photo", "video", "audio"});
  if (*rc::gen::arbitrary<bool>()) attachment.taken_at = some_time();
  return attachment;
}

// Everything but hand-ins: those say anew what is asked for.
void add_some(Material& material) {
  if (*rc::gen::arbitrary<bool>()) {
    material.attachments.push_back(some_attachment());
    return;
  }
  const std::vector<std::string> kinds = {"contact", "feedback", "stage_report"};
  material.records.push_back(some_record(*rc::gen::elementOf(kinds)));
}

Material some_material() {
  Material material;
  material.subject.order_class =
      *rc::gen::elementOf(std::vector<std::string>{"general", "emergency", "consult"});
  if (*rc::gen::arbitrary<bool>()) material.signed_at = some_time();
  if (*rc::gen::arbitrary<bool>()) material.due_at = some_time();
  material.handed_in_at = some_time();
  for (int i = *rc::gen::inRange(0, 6); i > 0; --i) add_some(material);
  for (int i = *rc::gen::inRange(0, 3); i > 0; --i) {
    material.records.push_back(some_record("hand_in"));
    material.records.back().at += std::chrono::seconds(i);  // no two at the same time
  }
  return material;
}

RC_GTEST_PROP(Audit, MoreMaterialNeverMakesItWorse, ()) {
  Material material = some_material();
  const AuditNote before = evaluate(shipped_list(), material);
  for (int i = *rc::gen::inRange(1, 4); i > 0; --i) add_some(material);
  const AuditNote after = evaluate(shipped_list(), material);
  RC_ASSERT(after.met >= before.met);
  RC_ASSERT(after.timely_met >= before.timely_met);
  RC_ASSERT(after.of == before.of);
  RC_ASSERT(after.timely_of == before.timely_of);
}

RC_GTEST_PROP(Audit, TheOrderInWhichMaterialStandsMeansNothing, ()) {
  Material material = some_material();
  const AuditNote before = evaluate(shipped_list(), material);
  std::mt19937 shuffle(*rc::gen::arbitrary<uint32_t>());
  std::ranges::shuffle(material.records, shuffle);
  std::ranges::shuffle(material.attachments, shuffle);
  RC_ASSERT(evaluate(shipped_list(), material) == before);
}

RC_GTEST_PROP(Audit, APartIsNeverMoreThanTheWhole, ()) {
  const AuditNote note = evaluate(shipped_list(), some_material());
  RC_ASSERT(note.met <= note.of);
  RC_ASSERT(note.timely_met <= note.timely_of);
  RC_ASSERT(note.items.size() == shipped_list().items.size());
}

}  // namespace
}  // namespace jieban
