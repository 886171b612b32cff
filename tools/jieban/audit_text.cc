#include "tools/jieban/audit_text.h"

#include <algorithm>

#include "common/domain/code_set.h"
#include "tools/site/client.h"
#include "tools/site/text_table.h"

namespace jieban {
namespace {

std::string reuse_text(const ReuseNote& reuse) {
  return "与 " + reuse.order_no + " 相同 " + part_text(reuse.permille, 1000);
}

std::string missing_of(const FiledAudit& audit) {
  if (audit.list == nullptr) return "没有适用的清单";
  return missing_text(missing_items(audit.note, false));
}

Value item_value(const AuditItem& item) {
  Value value;
  value.set("code", item.code).set("verdict", item.verdict).set("by", item.by);
  value.set("required", item.required.value_or(false));
  if (item.reason) value.set("reason", *item.reason);
  if (item.text) value.set("text", *item.text);
  if (item.automatic) value.set("automatic", *item.automatic);
  return value;
}

Value part_value(uint64_t met, uint64_t of) {
  Value value;
  value.set("met", met).set("of", of).set("text", part_text(met, of));
  return value;
}

Value audit_value(const FiledAudit& audit) {
  Value value;
  value.set("order_no", audit.order_no).set("unit", audit.unit);
  if (audit.list == nullptr) return value;
  value.set("checklist", audit.note.checklist).set("version", audit.note.version);
  value.set("official", audit.note.official);
  value.set("completeness", part_value(audit.note.met, audit.note.of));
  value.set("timeliness", part_value(audit.note.timely_met, audit.note.timely_of));
  Value::Array items;
  for (const AuditItem& item : audit.note.items) items.push_back(item_value(item));
  value.set("items", std::move(items));
  if (!audit.reuse) return value;
  Value reuse;
  reuse.set("order_no", audit.reuse->order_no).set("permille", audit.reuse->permille);
  value.set("reuse", std::move(reuse));
  return value;
}

std::string parts_of(const Value& audit, const char* met, const char* of) {
  return part_text(uint64_t(integer_at(audit, met)), uint64_t(integer_at(audit, of)));
}

std::string verdict_chinese(const Value& item) {
  std::string word = text_at(item, "verdict");
  for (ItemVerdict verdict :
       {ItemVerdict::pass, ItemVerdict::fail, ItemVerdict::not_applicable, ItemVerdict::pending}) {
    if (word == to_string(verdict)) return std::string(to_chinese(verdict));
  }
  return word;
}

std::string open_items(const Value& audit) {
  std::string names;
  for (const Value& item : array_at(audit, "items")) {
    const std::string verdict = text_at(item, "verdict");
    if (verdict != to_string(ItemVerdict::fail) && verdict != to_string(ItemVerdict::pending))
      continue;
    names += (names.empty() ? "" : "、") + text_at(item, "title");
  }
  return names;
}

// The last event of the timeline that carries an audit, or null.
const Value* latest_audit(const Value& view) {
  const Value* latest = nullptr;
  for (const Value& event : array_at(view, "timeline")) {
    const Value* payload = event.find("payload");
    if (payload != nullptr && payload->find("audit") != nullptr) latest = &event;
  }
  return latest;
}

}  // namespace

std::string filed_audits_text(const std::vector<FiledAudit>& audits) {
  TextTable table({"工单", "单位", "清单", "完整性", "时效性", "套用模板"});
  std::string lacks;
  bool placeholder = false;
  for (const FiledAudit& audit : audits) {
    const bool listed = audit.list != nullptr;
    placeholder = placeholder || (listed && !audit.note.official);
    table.add({audit.order_no, audit.unit, listed ? audit.note.checklist : "",
               listed ? part_text(audit.note.met, audit.note.of) : "",
               listed ? part_text(audit.note.timely_met, audit.note.timely_of) : "",
               audit.reuse ? reuse_text(*audit.reuse) : ""});
    const std::string missing = missing_of(audit);
    if (!missing.empty()) lacks += printable(audit.order_no + " 缺：" + missing) + "\n";
  }
  std::string text = table.print();
  if (!lacks.empty()) text += "\n" + lacks;
  if (placeholder) text += "\n所用清单为非官方占位，不是市里的“六有”标准。\n";
  return text;
}

Value filed_audits_value(const std::vector<FiledAudit>& audits) {
  Value::Array all;
  for (const FiledAudit& audit : audits) all.push_back(audit_value(audit));
  Value value;
  value.set("audits", std::move(all));
  return value;
}

// No table: it would cut the hash, which is what people take from here.
std::string attachment_list_text(const Value& page) {
  std::string text;
  for (const Value& record : array_at(page, "records")) {
    const Value* fields = record.find("fields");
    if (fields == nullptr) continue;
    const std::string kind = text_at(*fields, "attachment_kind");
    const std::string line = text_at(*fields, "attachment") + "  " + text_at(record, "at") + "  " +
                             std::string(code_chinese(CodeSet::attachment_kind, kind)) + "  " +
                             text_at(*fields, "media_type") + "  " + text_at(*fields, "bytes") +
                             " 字节  " + text_at(record, "actor");
    text += printable(line) + "\n";
  }
  return text.empty() ? "没有附件。\n" : text;
}

std::string audit_list_text(const Value& page) {
  TextTable table(
      {"时间", "工单", "结果", "单位", ">次", "完整性", "时效性", "审核人", "未过项目"});
  for (const Value& record : array_at(page, "records")) {
    const Value* audit = record.find("audit");
    if (audit == nullptr) continue;
    table.add({text_at(record, "at"), text_at(record, "order_no"), text_at(record, "label"),
               text_at(*audit, "unit"), std::to_string(integer_at(*audit, "attempt")),
               parts_of(*audit, "met", "of"), parts_of(*audit, "timely_met", "timely_of"),
               text_at(record, "actor"), open_items(*audit)});
  }
  if (table.empty()) return "没有审核记录。\n";
  const std::string next = text_at(page, "next");
  return table.print() + (next.empty() ? "" : "下一页：--cursor " + next + "\n");
}

std::string audit_text(const Value& view) {
  const Value* event = latest_audit(view);
  if (event == nullptr) return "该工单没有提交材料，或提交时没有适用的清单。\n";
  const Value& payload = *event->find("payload");
  const Value& audit = *payload.find("audit");
  TextTable table({"项目", "结论", "认定", "说明"});
  for (const Value& item : array_at(audit, "items")) {
    const std::string title = text_at(item, "title");
    table.add({title.empty() ? text_at(item, "code") : title, verdict_chinese(item),
               text_at(item, "by") == "user" ? "人工" : "自动", text_at(item, "text")});
  }
  std::string text = text_at(*event, "at") + "  " + text_at(*event, "label") + "  " +
                     text_at(*event, "actor") + "\n清单 " + text_at(audit, "checklist") + " " +
                     text_at(audit, "version") +
                     (boolean_at(audit, "official") ? "" : "（非官方占位）") + "  完整性 " +
                     parts_of(audit, "met", "of") + "  时效性 " +
                     parts_of(audit, "timely_met", "timely_of") + "\n\n" + table.print();
  if (const Value* reuse = payload.find("reuse")) {
    text += "\n套用模板：与 " + text_at(*reuse, "order_no") + " 相同 " +
            std::to_string(integer_at(*reuse, "permille")) + "‰\n";
  }
  return text;
}

bool misses_something(const std::vector<FiledAudit>& audits) {
  return std::ranges::any_of(audits, [](const FiledAudit& audit) {
    return audit.list != nullptr && !missing_items(audit.note, false).empty();
  });
}

}  // namespace jieban
