#include "common/audit/checklist_file.h"

#include <algorithm>
#include <set>

#include "common/assessment/fields.h"
#include "common/audit/rule_kinds.h"
#include "common/base/limits.h"
#include "common/config/fields.h"
#include "common/domain/code_set.h"
#include "common/domain/record_kind.h"

namespace jieban {
namespace {

constexpr uint64_t kCountMax = 1000;
constexpr uint64_t kMinutesMax = 60 * 24 * 366;

bool has_word(std::string_view words, std::string_view word) {
  while (!words.empty()) {
    const size_t end = std::min(words.find(' '), words.size());
    if (words.substr(0, end) == word) return true;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return false;
}

Result<void> read_texts(const Node& map, std::string_view key, std::vector<std::string>& out) {
  auto texts = text_list(map, key);
  if (!texts.ok()) return texts.error();
  out = std::move(*texts);
  return {};
}

Result<void> check_class(const Node& node, const std::string& name) {
  if (has_code(CodeSet::order_class, name)) return {};
  return node.error("no such class: " + name);
}

Result<void> read_scope(const Node& map, AuditScope& scope) {
  const auto node = map.optional("scope");
  if (!node) return {};
  RETURN_IF_ERROR(node->only_keys({"order_types", "classes", "categories"}));
  RETURN_IF_ERROR(read_texts(*node, "order_types", scope.order_types));
  RETURN_IF_ERROR(read_texts(*node, "classes", scope.classes));
  for (const std::string& name : scope.classes) RETURN_IF_ERROR(check_class(*node, name));
  return read_texts(*node, "categories", scope.categories);
}

Result<void> read_having(const Node& map, ItemRule& rule) {
  const auto node = map.optional("having");
  if (!node) return {};
  auto names = node->keys();
  if (!names.ok()) return names.error();
  for (const std::string& name : *names) {
    RETURN_IF_ERROR(read_text(*node, name, rule.having[name]));
  }
  return {};
}

Result<void> read_minutes(const Node& map, ItemRule& rule) {
  const auto node = map.optional("minutes");
  if (!node) return {};
  auto names = node->keys();
  if (!names.ok()) return names.error();
  for (const std::string& name : *names) {
    RETURN_IF_ERROR(check_class(*node, name));
    RETURN_IF_ERROR(read_count(*node, name, {0, kMinutesMax}, rule.minutes[name]));
  }
  return {};
}

Result<void> read_condition(const Node& map, ItemRule& rule) {
  RETURN_IF_ERROR(read_optional_text(map, "when", rule.when));
  RETURN_IF_ERROR(read_texts(map, "is", rule.is));
  if (rule.when.empty() != rule.is.empty()) return map.error("when and is belong together");
  return read_optional_text(map, "unless", rule.unless);
}

// The keys of a rule are those that its kind reads, and no others.
Result<const RuleKind*> read_kind(const Node& map, ItemRule& rule) {
  RETURN_IF_ERROR(read_text(map, "kind", rule.kind));
  const RuleKind* kind = find_rule_kind(rule.kind);
  if (kind == nullptr) {
    std::string known;
    for (const RuleKind& row : rule_kinds()) {
      known += (known.empty() ? "" : ", ") + std::string(row.name);
    }
    return map.error("no such kind of rule: " + rule.kind + "; known are " + known);
  }
  auto keys = map.keys();
  if (!keys.ok()) return keys.error();
  for (const std::string& key : *keys) {
    if (key == "kind" || has_word("when is unless", key) || has_word(kind->keys, key)) continue;
    return map.error("a rule of kind " + rule.kind + " has no key " + key);
  }
  std::string_view needed = kind->needed;
  while (!needed.empty()) {
    const size_t end = std::min(needed.find(' '), needed.size());
    if (auto there = map.required(needed.substr(0, end)); !there.ok()) return there.error();
    needed.remove_prefix(std::min(end + 1, needed.size()));
  }
  return kind;
}

Result<void> check_record(const Node& map, const std::string& kind) {
  if (kind.empty() || kind == kHandInRecord || is_record_kind(kind)) return {};
  return map.error("no such record: " + kind + "; known are hand_in, " + record_kind_names());
}

Result<void> check_marks(const Node& map, const ItemRule& rule, const TextRules& texts) {
  for (const std::string& mark : rule.marks) {
    if (!texts.marks.contains(mark)) return map.error("no word list for the mark " + mark);
  }
  return {};
}

Result<ItemRule> read_rule(const Node& map, const TextRules& texts) {
  ItemRule rule;
  auto kind = read_kind(map, rule);
  if (!kind.ok()) return kind.error();
  RETURN_IF_ERROR(read_optional_text(map, "record", rule.record));
  RETURN_IF_ERROR(check_record(map, rule.record));
  RETURN_IF_ERROR(read_texts(map, "filled", rule.filled));
  RETURN_IF_ERROR(read_having(map, rule));
  RETURN_IF_ERROR(read_optional_text(map, "text", rule.text));
  RETURN_IF_ERROR(read_count(map, "count", {1, kCountMax}, rule.count));
  RETURN_IF_ERROR(read_count(map, "times", {1, kCountMax}, rule.times));
  RETURN_IF_ERROR(read_count(map, "apart", {0, kMinutesMax}, rule.apart));
  RETURN_IF_ERROR(read_count(map, "characters", {1, 8000}, rule.characters));
  RETURN_IF_ERROR(read_texts(map, "marks", rule.marks));
  RETURN_IF_ERROR(check_marks(map, rule, texts));
  RETURN_IF_ERROR(read_texts(map, "attachments", rule.attachments));
  for (const std::string& name : rule.attachments) {
    if (has_code(CodeSet::attachment_kind, name)) continue;
    return map.error("no such kind of attachment: " + name);
  }
  RETURN_IF_ERROR(read_minutes(map, rule));
  RETURN_IF_ERROR(read_condition(map, rule));
  return rule;
}

Result<ChecklistItem> read_item(const Node& map, const TextRules& texts) {
  RETURN_IF_ERROR(map.only_keys(
      {"code", "title", "kind", "axis", "required", "weight", "source", "rules", "scope"}));
  ChecklistItem item;
  RETURN_IF_ERROR(read_text(map, "code", item.code));
  RETURN_IF_ERROR(read_text(map, "title", item.title));
  RETURN_IF_ERROR(read_choice(map, "kind", {"manual", "automatic"}, item.automatic));
  RETURN_IF_ERROR(read_choice(map, "axis", {"completeness", "timeliness"}, item.timely));
  RETURN_IF_ERROR(read_flag(map, "required", item.required));
  RETURN_IF_ERROR(read_count(map, "weight", {1, kCountMax}, item.weight));
  RETURN_IF_ERROR(read_text(map, "source", item.source));
  RETURN_IF_ERROR(read_scope(map, item.scope));
  if (auto rules = map.optional("rules")) {
    auto nodes = rules->items();
    if (!nodes.ok()) return nodes.error();
    for (const Node& node : *nodes) {
      auto rule = read_rule(node, texts);
      if (!rule.ok()) return rule.error();
      item.rules.push_back(std::move(*rule));
    }
  }
  if (item.automatic == item.rules.empty()) {
    return map.error(item.automatic ? "an automatic item needs rules"
                                    : "a manual item has no rules: a person answers it");
  }
  return item;
}

Result<void> read_day(const Node& map, std::string_view key, std::optional<Timestamp>& out) {
  auto day = optional_date(map, key);
  if (!day.ok()) return day.error();
  if (*day) out = parse_local(to_text(**day) + " 00:00:00");
  return {};
}

Result<void> read_validity(const Node& map, Checklist& list) {
  std::optional<Timestamp> from;
  RETURN_IF_ERROR(read_day(map, "valid_from", from));
  if (!from) return map.error("valid_from is missing");
  list.valid_from = *from;
  RETURN_IF_ERROR(read_day(map, "valid_to", list.valid_to));
  if (list.valid_to && *list.valid_to <= list.valid_from) {
    return map.error("valid_to is the first day on which it counts no more: later than valid_from");
  }
  return {};
}

Result<Checklist> read_list(const Node& map, const TextRules& texts) {
  RETURN_IF_ERROR(map.only_keys(
      {"id", "title", "version", "official", "valid_from", "valid_to", "scope", "items"}));
  Checklist list;
  RETURN_IF_ERROR(read_text(map, "id", list.id));
  RETURN_IF_ERROR(read_text(map, "title", list.title));
  RETURN_IF_ERROR(read_text(map, "version", list.version));
  RETURN_IF_ERROR(read_flag(map, "official", list.official));
  RETURN_IF_ERROR(read_validity(map, list));
  RETURN_IF_ERROR(read_scope(map, list.scope));
  auto items = required_items(map, "items");
  if (!items.ok()) return items.error();
  for (const Node& node : *items) {
    auto item = read_item(node, texts);
    if (!item.ok()) return item.error();
    if (find_item(list, item->code) != nullptr)
      return node.error(item->code + " stands here twice");
    list.items.push_back(std::move(*item));
  }
  if (list.items.empty()) return map.error("a checklist without items");
  return list;
}

Result<void> read_policy(const Node& root, AuditPolicy& policy) {
  const auto map = root.optional("policy");
  if (!map) return {};
  RETURN_IF_ERROR(map->only_keys({"hand_in", "audit_pass", "second_person", "reuse"}));
  RETURN_IF_ERROR(read_choice(*map, "hand_in", {"flag", "refuse"}, policy.refuse_hand_in));
  RETURN_IF_ERROR(read_choice(*map, "audit_pass", {"flag", "refuse"}, policy.refuse_pass));
  RETURN_IF_ERROR(read_flag(*map, "second_person", policy.second_person));
  const auto reuse = map->optional("reuse");
  if (!reuse) return {};
  RETURN_IF_ERROR(reuse->only_keys({"permille", "days", "characters_min", "texts_per_unit"}));
  RETURN_IF_ERROR(read_count(*reuse, "permille", {1, 1000}, policy.reuse.permille));
  RETURN_IF_ERROR(read_count(*reuse, "days", {0, 3660}, policy.reuse.days));
  RETURN_IF_ERROR(read_count(*reuse, "characters_min", {3, 8000}, policy.reuse.characters_min));
  return read_count(*reuse, "texts_per_unit", {1, 10000}, policy.reuse.texts_per_unit);
}

Result<void> read_text_rules(const Node& root, TextRules& texts) {
  const auto map = root.optional("texts");
  if (!map) return {};
  RETURN_IF_ERROR(map->only_keys({"marks", "places"}));
  RETURN_IF_ERROR(read_texts(*map, "places", texts.places));
  const auto marks = map->optional("marks");
  if (!marks) return {};
  auto names = marks->keys();
  if (!names.ok()) return names.error();
  for (const std::string& name : *names) {
    RETURN_IF_ERROR(read_texts(*marks, name, texts.marks[name]));
    for (const std::string& word : texts.marks[name]) {
      if (word.empty() || word == "#") return marks->error("a word of " + name + " is empty");
    }
  }
  return {};
}

}  // namespace

Result<ChecklistFile> read_checklists(const Document& document) {
  const Node root = document.root();
  RETURN_IF_ERROR(root.only_keys({"version", "official", "policy", "texts", "checklists"}));
  ChecklistFile file;
  RETURN_IF_ERROR(read_text(root, "version", file.checklists.version));
  bool official = false;
  RETURN_IF_ERROR(read_flag(root, "official", official));
  RETURN_IF_ERROR(read_policy(root, file.checklists.policy));
  RETURN_IF_ERROR(read_text_rules(root, file.texts));
  auto lists = required_items(root, "checklists");
  if (!lists.ok()) return lists.error();
  std::set<std::string> ids;
  for (const Node& node : *lists) {
    auto list = read_list(node, file.texts);
    if (!list.ok()) return list.error();
    if (!ids.insert(list->id + " " + list->version).second) {
      return node.error(list->id + " " + list->version + " stands here twice");
    }
    file.checklists.lists.push_back(std::move(*list));
  }
  return file;
}

Result<ChecklistFile> load_checklists(const std::string& path) {
  auto document = Document::load(path, limits::kRulesBytesMax);
  if (!document.ok()) return document.error();
  return read_checklists(*document);
}

}  // namespace jieban
