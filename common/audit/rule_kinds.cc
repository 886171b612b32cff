#include "common/audit/rule_kinds.h"

#include <algorithm>
#include <array>
#include <set>

#include "common/base/check.h"
#include "common/domain/command_argument.h"
#include "common/domain/record_kind.h"

namespace jieban {
namespace {

struct VerdictWord {
  ItemVerdict verdict;
  std::string_view word;
  std::string_view chinese;
};

constexpr std::array<VerdictWord, 4> kVerdicts = {
    {{ItemVerdict::pass, "pass", "通过"},
     {ItemVerdict::fail, "fail", "未通过"},
     {ItemVerdict::not_applicable, "not_applicable", "不适用"},
     {ItemVerdict::pending, "pending", "待人工审核"}}};

const VerdictWord& words_of(ItemVerdict verdict) {
  return *std::ranges::find(kVerdicts, verdict, &VerdictWord::verdict);
}

AuditFinding missing(std::string reason, std::string text) {
  return {ItemVerdict::fail, std::move(reason), std::move(text)};
}

AuditFinding not_applicable(std::string reason, std::string text) {
  return {ItemVerdict::not_applicable, std::move(reason), std::move(text)};
}

std::string name_of_record(const std::string& kind) {
  if (kind == kHandInRecord) return "提交材料";
  for (const RecordKind& row : record_kinds()) {
    if (row.kind == kind) return std::string(row.chinese);
  }
  return kind;
}

std::string name_of_field(const std::string& name) {
  if (name == kCommandText) return "文字说明";
  const CommandArgument* row = find_argument(name);
  return row == nullptr ? name : std::string(row->chinese);
}

bool is_like(const MaterialRecord& record, const ItemRule& rule) {
  if (record.kind != rule.record) return false;
  return std::ranges::all_of(rule.having, [&](const auto& wanted) {
    auto found = record.values.find(wanted.first);
    return found != record.values.end() && found->second == wanted.second;
  });
}

// Of the hand-ins only the last one counts: the earlier were audited before.
template <class Visit>
void for_each_record(const ItemRule& rule, const Material& material, Visit visit) {
  const MaterialRecord* last = latest_hand_in(material);
  for (const MaterialRecord& record : material.records) {
    if (record.kind == kHandInRecord && &record != last) continue;
    if (is_like(record, rule)) visit(record);
  }
}

AuditFinding check_record(const ItemRule& rule, const Material& material) {
  uint64_t found = 0;
  uint64_t complete = 0;
  std::string lacks;
  for_each_record(rule, material, [&](const MaterialRecord& record) {
    ++found;
    std::string these;
    for (const std::string& name : rule.filled) {
      if (!has_field(record, name)) these += (these.empty() ? "" : "、") + name_of_field(name);
    }
    if (these.empty()) ++complete;
    // The least of them, so that the order in which they stand means nothing.
    if (!these.empty() && (lacks.empty() || these < lacks)) lacks = these;
  });
  if (complete >= rule.count) return {};
  const std::string name = name_of_record(rule.record);
  if (found >= rule.count) return missing("field_missing", name + "缺少" + lacks);
  return missing("record_missing", "缺少" + name + "，须 " + std::to_string(rule.count) +
                                       " 条，现有 " + std::to_string(found) + " 条");
}

// As many times as there can be that lie apart: taking the earliest each time gives the most.
uint64_t times_apart(const std::multiset<Timestamp>& times, uint64_t minutes) {
  uint64_t count = 0;
  Timestamp last;
  for (Timestamp at : times) {
    if (count > 0 && at - last < std::chrono::minutes(minutes)) continue;
    ++count;
    last = at;
  }
  return count;
}

AuditFinding check_reached(const ItemRule& rule, const Material& material) {
  ItemRule any = rule;
  any.having.clear();
  std::multiset<Timestamp> tried;
  bool reached = false;
  for_each_record(any, material, [&](const MaterialRecord& record) {
    tried.insert(record.at);
    reached = reached || is_like(record, rule);
  });
  if (reached) return {};
  const uint64_t times = times_apart(tried, rule.apart);
  if (tried.size() >= rule.count && times >= rule.times) return {};
  const std::string name = name_of_record(rule.record);
  if (tried.empty()) return missing("record_missing", "缺少" + name);
  return missing("not_reached", name + "均未接通：须在 " + std::to_string(rule.times) +
                                    " 个不同时段共尝试 " + std::to_string(rule.count) +
                                    " 次，现有 " + std::to_string(times) + " 个时段 " +
                                    std::to_string(tried.size()) + " 次");
}

AuditFinding check_marks(const ItemRule& rule, const TextFacts& facts) {
  std::string lacks;
  for (const std::string& mark : rule.marks) {
    if (std::ranges::find(facts.marks, mark) != facts.marks.end()) continue;
    lacks += (lacks.empty() ? "" : "、") + mark;
  }
  if (lacks.empty()) return {};
  return missing("mark_missing", name_of_field(rule.text) + "中未见要素：" + lacks);
}

AuditFinding check_text(const ItemRule& rule, const Material& material) {
  AuditFinding worst = missing("text_missing", "缺少" + name_of_field(rule.text));
  bool passes = false;
  for_each_record(rule, material, [&](const MaterialRecord& record) {
    auto facts = record.texts.find(rule.text);
    if (facts == record.texts.end() || passes) return;
    // A text from a door without word lists: it is there, and nothing is known of it.
    if (facts->second.characters == 0) {
      worst = {ItemVerdict::pending, "text_unread", name_of_field(rule.text) + "须人工查看"};
      return;
    }
    if (facts->second.characters < rule.characters) {
      if (worst.reason != "text_missing" && worst.reason != "text_short") return;
      worst = missing("text_short", name_of_field(rule.text) + "过短，须不少于 " +
                                        std::to_string(rule.characters) + " 字");
      return;
    }
    AuditFinding marks = check_marks(rule, facts->second);
    passes = marks.verdict == ItemVerdict::pass;
    // Again the least of those that say the same of different texts.
    const bool same = worst.reason == marks.reason && worst.text <= marks.text;
    if (!passes && !same && worst.verdict != ItemVerdict::pending) worst = std::move(marks);
  });
  return passes ? AuditFinding() : worst;
}

bool is_of_kind(const Attachment& attachment, const ItemRule& rule) {
  return rule.attachments.empty() ||
         std::ranges::find(rule.attachments, attachment.kind) != rule.attachments.end();
}

AuditFinding check_attachments(const ItemRule& rule, const Material& material) {
  const auto found = uint64_t(std::ranges::count_if(
      material.attachments, [&](const Attachment& each) { return is_of_kind(each, rule); }));
  if (found >= rule.count) return {};
  return missing("attachment_missing", "附件不足：须 " + std::to_string(rule.count) + " 个，现有 " +
                                           std::to_string(found) + " 个");
}

AuditFinding check_taken(const ItemRule& rule, const Material& material) {
  uint64_t found = 0;
  uint64_t known = 0;
  for (const Attachment& each : material.attachments) {
    if (!is_of_kind(each, rule) || !each.taken_at) continue;
    ++known;
    const bool after = !material.signed_at || *each.taken_at >= *material.signed_at;
    if (after && *each.taken_at <= material.handed_in_at) ++found;
  }
  if (found >= rule.count) return {};
  if (known == 0) return missing("time_missing", "附件没有拍摄或形成时间");
  return missing("taken_outside", "附件的拍摄或形成时间不在签收之后、提交之前");
}

std::optional<Duration> limit_of(const ItemRule& rule, const Material& material) {
  auto found = rule.minutes.find(material.subject.order_class);
  if (found == rule.minutes.end()) return std::nullopt;
  return std::chrono::minutes(found->second);
}

AuditFinding check_within(const ItemRule& rule, const Material& material) {
  const auto limit = limit_of(rule, material);
  if (!limit) return not_applicable("no_limit", "该类别没有规定时限");
  if (!material.signed_at) return not_applicable("no_start", "没有签收时间");
  std::optional<Timestamp> first;
  for_each_record(rule, material, [&](const MaterialRecord& record) {
    if (!first || record.at < *first) first = record.at;
  });
  const std::string name = name_of_record(rule.record);
  if (!first) return missing("record_missing", "缺少" + name);
  const Timestamp end = *material.signed_at + *limit;
  if (*first <= end) return {};
  return missing("late", name + "晚于规定时间 " + format_local(end));
}

AuditFinding check_before_due(const ItemRule& rule, const Material& material) {
  const auto lead = limit_of(rule, material);
  if (!lead) return not_applicable("no_limit", "该类别没有规定时限");
  if (!material.due_at) return not_applicable("no_due", "工单没有载明办理时限");
  const Timestamp end = *material.due_at - *lead;
  if (material.handed_in_at <= end) return {};
  return missing("late", "提交晚于内部时限 " + format_local(end));
}

AuditFinding check_assistance(const ItemRule&, const Material& material) {
  if (!material.assistance_open) return {};
  return missing("assistance_open", "协办单位尚未反馈");
}

constexpr std::array<RuleKind, 8> kKinds = {{
    {"record", "有若干条记录，且所列字段已填", "record filled having count", "record",
     check_record},
    {"reached", "有一条符合的记录；或在不同时段尝试过若干次", "record having count times apart",
     "record having", check_reached},
    {"text", "文字够长，且见所列要素", "record having text characters marks",
     "record text characters", check_text},
    {"attachments", "有若干个附件", "attachments count", "count", check_attachments},
    {"taken_between", "附件形成于签收之后、提交之前", "attachments count", "", check_taken},
    {"within", "签收后在时限内有记录", "record having minutes", "record minutes", check_within},
    {"before_due", "在办理时限之前若干时间提交", "minutes", "minutes", check_before_due},
    {"assistance_done", "协办单位均已反馈", "", "", check_assistance},
}};

// Why the rule says nothing of this order, if it does not.
std::optional<AuditFinding> is_out_of_scope(const ItemRule& rule, const Material& material) {
  const MaterialRecord* handed_in = latest_hand_in(material);
  if (!rule.unless.empty() && handed_in != nullptr && has_field(*handed_in, rule.unless)) {
    return not_applicable("waived", "已说明" + name_of_field(rule.unless));
  }
  if (rule.when.empty()) return std::nullopt;
  if (handed_in != nullptr) {
    auto value = handed_in->values.find(rule.when);
    const bool meant = value != handed_in->values.end() &&
                       std::ranges::find(rule.is, value->second) != rule.is.end();
    if (meant) return std::nullopt;
  }
  return not_applicable("not_asked", "本单不要求");
}

}  // namespace

std::string_view to_string(ItemVerdict verdict) { return words_of(verdict).word; }
std::string_view to_chinese(ItemVerdict verdict) { return words_of(verdict).chinese; }

std::span<const RuleKind> rule_kinds() { return kKinds; }

const RuleKind* find_rule_kind(std::string_view name) {
  auto found = std::ranges::find(kKinds, name, &RuleKind::name);
  return found == kKinds.end() ? nullptr : &*found;
}

AuditFinding check_rule(const ItemRule& rule, const Material& material) {
  const RuleKind* kind = find_rule_kind(rule.kind);
  CHECK(kind != nullptr);
  if (auto out = is_out_of_scope(rule, material)) return *out;
  return kind->check(rule, material);
}

}  // namespace jieban
