#include "common/audit/evaluate.h"

#include <algorithm>
#include <array>

#include "common/assessment/rate.h"

namespace jieban {
namespace {

// The rules of one item together: what fails goes before what waits, that before what is met; an
// item none of whose rules applies does not apply.
AuditFinding join(const std::vector<ItemRule>& rules, const Material& material) {
  constexpr std::array<ItemVerdict, 3> kWorstFirst = {ItemVerdict::fail, ItemVerdict::pending,
                                                      ItemVerdict::pass};
  std::vector<AuditFinding> findings;
  findings.reserve(rules.size());
  for (const ItemRule& rule : rules) findings.push_back(check_rule(rule, material));
  for (ItemVerdict verdict : kWorstFirst) {
    auto found = std::ranges::find(findings, verdict, &AuditFinding::verdict);
    if (found == findings.end()) continue;
    AuditFinding joined = *found;
    for (auto next = found + 1; next != findings.end(); ++next) {
      if (next->verdict == verdict && !next->text.empty()) joined.text += "；" + next->text;
    }
    return joined;
  }
  return findings.front();
}

AuditFinding find(const ChecklistItem& item, const Material& material) {
  if (!lets_in(item.scope, material.subject)) {
    return {ItemVerdict::not_applicable, "out_of_scope", "本单不要求"};
  }
  if (!item.automatic) return {ItemVerdict::pending, "manual", "须人工审核"};
  return join(item.rules, material);
}

AuditItem line_of(const ChecklistItem& item, const Material& material,
                  const AuditAnswers& answers) {
  AuditFinding finding = find(item, material);
  AuditItem line;
  line.code = item.code;
  line.by = "auto";
  if (item.required) line.required = true;
  auto answer = answers.find(item.code);
  if (answer != answers.end()) {
    line.by = "user";
    if (item.automatic && answer->second != finding.verdict) {
      line.automatic = to_string(finding.verdict);
    }
    if (answer->second != finding.verdict) finding = {answer->second, "auditor", "审核人认定"};
  }
  line.verdict = to_string(finding.verdict);
  if (finding.verdict == ItemVerdict::pass) return line;
  line.title = item.title;
  line.reason = finding.reason;
  line.text = finding.text;
  return line;
}

void count(const ChecklistItem& item, const AuditItem& line, AuditNote& note) {
  if (line.verdict == to_string(ItemVerdict::not_applicable)) return;
  (item.timely ? note.timely_of : note.of) += item.weight;
  if (line.verdict != to_string(ItemVerdict::pass)) return;
  (item.timely ? note.timely_met : note.met) += item.weight;
}

}  // namespace

AuditNote evaluate(const Checklist& list, const Material& material, const AuditAnswers& answers) {
  AuditNote note;
  note.checklist = list.id;
  note.version = list.version;
  note.official = list.official;
  note.handed_in_at = material.handed_in_at;
  for (const ChecklistItem& item : list.items) {
    note.items.push_back(line_of(item, material, answers));
    count(item, note.items.back(), note);
  }
  return note;
}

std::vector<const AuditItem*> missing_items(const AuditNote& note, bool pending) {
  std::vector<const AuditItem*> items;
  for (const AuditItem& item : note.items) {
    const bool open = item.verdict == to_string(ItemVerdict::fail) ||
                      (pending && item.verdict == to_string(ItemVerdict::pending));
    if (open && item.required.value_or(false)) items.push_back(&item);
  }
  return items;
}

std::string missing_text(const std::vector<const AuditItem*>& items) {
  std::string text;
  for (const AuditItem* item : items) {
    text += (text.empty() ? "" : "、") + item->title.value_or(item->code) + "（" +
            item->text.value_or("") + "）";
  }
  return text;
}

std::optional<std::string> unknown_codes(const Checklist& list, const AuditAnswers& answers) {
  std::string unknown;
  for (const auto& [code, verdict] : answers) {
    if (find_item(list, code) == nullptr) unknown += (unknown.empty() ? "" : "、") + code;
  }
  if (unknown.empty()) return std::nullopt;
  std::string known;
  for (const ChecklistItem& item : list.items) known += (known.empty() ? "" : "、") + item.code;
  return "清单没有项目 " + unknown + "；可用：" + known;
}

std::string part_text(uint64_t met, uint64_t of) {
  if (of == 0) return std::string(kNoRate);
  return format_rate(Rate{met, of}) + "（" + std::to_string(met) + "/" + std::to_string(of) + "）";
}

}  // namespace jieban
