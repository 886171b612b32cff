#include "tools/jieban/audit_text.h"

#include <algorithm>

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

bool misses_something(const std::vector<FiledAudit>& audits) {
  return std::ranges::any_of(audits, [](const FiledAudit& audit) {
    return audit.list != nullptr && !missing_items(audit.note, false).empty();
  });
}

}  // namespace jieban
