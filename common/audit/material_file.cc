#include "common/audit/material_file.h"

#include <algorithm>

#include "common/assessment/fields.h"
#include "common/audit/reuse.h"
#include "common/config/fields.h"
#include "common/domain/command_argument.h"

namespace jieban {
namespace {

struct Door {
  const TextRules& texts;
  const GramHash& hash;
};

Result<void> read_time(const Node& map, std::string_view key, std::optional<Timestamp>& out) {
  const auto node = map.optional(key);
  if (!node) return {};
  auto text = node->text();
  if (!text.ok()) return text.error();
  out = parse_command_time(*text);
  if (!out) return node->error("\"" + *text + "\" is no time such as 2026-07-20 09:00:00");
  return {};
}

Result<void> required_time(const Node& map, std::string_view key, Timestamp& out) {
  std::optional<Timestamp> time;
  RETURN_IF_ERROR(read_time(map, key, time));
  if (!time) return map.error(std::string(key) + " is missing");
  out = *time;
  return {};
}

Result<void> read_named(const Node& map, std::string_view key,
                        std::map<std::string, std::string>& out) {
  const auto node = map.optional(key);
  if (!node) return {};
  auto names = node->keys();
  if (!names.ok()) return names.error();
  for (const std::string& name : *names) RETURN_IF_ERROR(read_text(*node, name, out[name]));
  return {};
}

Result<MaterialRecord> read_record(const Node& map, const Door& door) {
  RETURN_IF_ERROR(map.only_keys({"kind", "at", "values", "texts"}));
  MaterialRecord record;
  RETURN_IF_ERROR(read_text(map, "kind", record.kind));
  RETURN_IF_ERROR(required_time(map, "at", record.at));
  RETURN_IF_ERROR(read_named(map, "values", record.values));
  std::map<std::string, std::string> texts;
  RETURN_IF_ERROR(read_named(map, "texts", texts));
  for (const auto& [name, text] : texts) {
    record.texts[name] = text_facts(door.texts, text, door.hash);
  }
  return record;
}

Result<Attachment> read_attachment(const Node& map) {
  RETURN_IF_ERROR(map.only_keys({"kind", "hash", "media_type", "bytes", "added_at", "taken_at"}));
  Attachment attachment;
  RETURN_IF_ERROR(read_text(map, "kind", attachment.kind));
  RETURN_IF_ERROR(read_optional_text(map, "hash", attachment.hash));
  RETURN_IF_ERROR(read_optional_text(map, "media_type", attachment.media_type));
  RETURN_IF_ERROR(read_time(map, "taken_at", attachment.taken_at));
  return attachment;
}

Result<void> read_answers(const Node& map, AuditAnswers& answers) {
  const auto node = map.optional("answers");
  if (!node) return {};
  auto codes = node->keys();
  if (!codes.ok()) return codes.error();
  for (const std::string& code : *codes) {
    std::string word;
    RETURN_IF_ERROR(read_text(*node, code, word));
    bool known = false;
    for (ItemVerdict verdict :
         {ItemVerdict::pass, ItemVerdict::fail, ItemVerdict::not_applicable}) {
      if (word != to_string(verdict)) continue;
      answers[code] = verdict;
      known = true;
    }
    if (!known) return node->error("an answer is pass, fail or not_applicable, not " + word);
  }
  return {};
}

Result<void> read_lists(const Node& map, const Door& door, Material& material) {
  if (auto records = map.optional("records")) {
    auto nodes = records->items();
    if (!nodes.ok()) return nodes.error();
    for (const Node& node : *nodes) {
      auto record = read_record(node, door);
      if (!record.ok()) return record.error();
      material.records.push_back(std::move(*record));
    }
  }
  auto attachments = map.optional("attachments");
  if (!attachments) return {};
  auto nodes = attachments->items();
  if (!nodes.ok()) return nodes.error();
  for (const Node& node : *nodes) {
    auto attachment = read_attachment(node);
    if (!attachment.ok()) return attachment.error();
    material.attachments.push_back(std::move(*attachment));
  }
  return {};
}

Result<FiledMaterial> read_material(const Node& map, const Door& door) {
  RETURN_IF_ERROR(map.only_keys({"order_no", "unit", "order_type", "order_class", "category",
                                 "signed_at", "due_at", "handed_in_at", "assistance_open",
                                 "records", "attachments", "answers"}));
  FiledMaterial filed;
  Material& material = filed.material;
  RETURN_IF_ERROR(read_text(map, "order_no", filed.order_no));
  RETURN_IF_ERROR(read_optional_text(map, "unit", filed.unit));
  RETURN_IF_ERROR(read_optional_text(map, "order_type", material.subject.order_type));
  RETURN_IF_ERROR(read_text(map, "order_class", material.subject.order_class));
  RETURN_IF_ERROR(read_optional_text(map, "category", material.subject.category));
  RETURN_IF_ERROR(read_time(map, "signed_at", material.signed_at));
  RETURN_IF_ERROR(read_time(map, "due_at", material.due_at));
  RETURN_IF_ERROR(required_time(map, "handed_in_at", material.handed_in_at));
  RETURN_IF_ERROR(read_flag(map, "assistance_open", material.assistance_open));
  RETURN_IF_ERROR(read_lists(map, door, material));
  RETURN_IF_ERROR(read_answers(map, filed.answers));
  return filed;
}

// The text that was handed in with the order, if it can be compared.
const TextFacts* reply_of(const ReusePolicy& policy, const Material& material) {
  const MaterialRecord* handed_in = latest_hand_in(material);
  if (handed_in == nullptr) return nullptr;
  auto found = handed_in->texts.find(std::string(kCommandText));
  if (found == handed_in->texts.end()) return nullptr;
  return is_comparable(policy, found->second) ? &found->second : nullptr;
}

std::optional<ReuseNote> find_reuse(const ReusePolicy& policy, const FiledMaterial& filed,
                                    const std::vector<FiledMaterial>& all) {
  const TextFacts* reply = reply_of(policy, filed.material);
  std::optional<ReuseNote> closest;
  if (reply == nullptr) return closest;
  const Timestamp at = filed.material.handed_in_at;
  for (const FiledMaterial& other : all) {
    const Timestamp then = other.material.handed_in_at;
    if (other.unit != filed.unit || then >= at || is_too_old(policy, then, at)) continue;
    const TextFacts* earlier = reply_of(policy, other.material);
    if (earlier == nullptr) continue;
    compare(policy, {other.order_no, then, earlier->signature->data}, filed.order_no,
            reply->signature->data, closest);
  }
  return closest;
}

}  // namespace

Result<std::vector<FiledMaterial>> read_materials(const Document& document, const TextRules& texts,
                                                  const GramHash& hash) {
  const Node root = document.root();
  RETURN_IF_ERROR(root.only_keys({"version", "materials"}));
  auto nodes = required_items(root, "materials");
  if (!nodes.ok()) return nodes.error();
  std::vector<FiledMaterial> materials;
  for (const Node& node : *nodes) {
    auto filed = read_material(node, {texts, hash});
    if (!filed.ok()) return filed.error();
    materials.push_back(std::move(*filed));
  }
  return materials;
}

Result<std::vector<FiledAudit>> audit_materials(const Checklists& lists,
                                                const std::vector<FiledMaterial>& materials) {
  std::vector<FiledAudit> audits;
  for (const FiledMaterial& filed : materials) {
    FiledAudit& audit = audits.emplace_back();
    audit.order_no = filed.order_no;
    audit.unit = filed.unit;
    const Material& material = filed.material;
    audit.list = checklist_for(lists, material.subject, material.handed_in_at);
    if (audit.list == nullptr) continue;
    if (auto unknown = unknown_codes(*audit.list, filed.answers)) {
      return invalid(filed.order_no + ": " + *unknown);
    }
    audit.note = evaluate(*audit.list, material, filed.answers);
    audit.reuse = find_reuse(lists.policy.reuse, filed, materials);
  }
  return audits;
}

}  // namespace jieban
