#include "tools/jieban/record_text.h"

#include "common/domain/command_argument.h"
#include "tools/site/client.h"
#include "tools/site/text_table.h"

namespace jieban {
namespace {

std::string fields_text(const Value& record) {
  std::string text;
  const Value* fields = record.find("fields");
  if (fields == nullptr || fields->object() == nullptr) return text;
  for (const auto& [name, value] : *fields->object()) {
    if (scalar_text(value).empty()) continue;
    const bool sealed = name == kSealedFields;
    if (!text.empty()) text += " ";
    text += (sealed ? std::string("密封") : name) + "=" + scalar_text(value);
  }
  return text;
}

}  // namespace

std::string record_list_text(const Value& page) {
  TextTable table({"at", "order", "what", "actor", "role", "fields"});
  for (const Value& record : array_at(page, "records")) {
    table.add({text_at(record, "at"), text_at(record, "order_no"), text_at(record, "label"),
               text_at(record, "actor"), text_at(record, "role"), fields_text(record)});
  }
  if (table.empty()) return "没有符合条件的记录。\n";
  const std::string next = text_at(page, "next");
  return table.print() + (next.empty() ? "" : "下一页：--cursor " + next + "\n");
}

}  // namespace jieban
