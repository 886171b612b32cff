#include "tools/jieban/rota_eval.h"

#include "common/calendar/instant_text.h"
#include "common/json/json.h"
#include "tools/jieban/rota_row_shifts.h"

namespace jieban {
namespace {

// A value of a table has four bytes at least, a name of one letter with its comma.
constexpr JsonLimits kTableLimits{.nodes_max = limits::kRequestBytesMax / 4};

std::string name_of(const Value& row) {
  const Value* name = row.find("name");
  return name == nullptr || name->string() == nullptr ? "" : *name->string();
}

Value shift_values(const std::vector<Shift>& shifts) {
  Value list = Value::Array{};
  for (const Shift& shift : shifts) {
    Value each;
    each.set("user", shift.person)
        .set("start", to_rfc3339(shift.start))
        .set("end", to_rfc3339(shift.end))
        .set("truncated", shift.truncated);
    list.push(std::move(each));
  }
  return list;
}

Value answer_row(const Value& row) {
  const auto read = read_rota_row(row);
  Value answer;
  answer.set("name", name_of(row));
  answer.set("shifts", read.ok() ? shift_values(shifts_of(*read)) : Value(Value::Array{}));
  if (!read.ok()) answer.set("error", read.error().message);
  return answer;
}

std::vector<std::string> refusals_of(const Value::Array& rows) {
  std::vector<std::string> refusals;
  for (size_t i = 0; i < rows.size(); ++i) {
    const Value* error = rows[i].find("error");
    if (error == nullptr) continue;
    const std::string name = name_of(rows[i]);
    refusals.push_back("row " + std::to_string(i + 1) + (name.empty() ? "" : " (" + name + ")") +
                       ": " + *error->string());
  }
  return refusals;
}

}  // namespace

Result<Value> evaluate_rota_rows(const Value& document) {
  const Value* rows = document.find("rows");
  if (rows == nullptr || rows->array() == nullptr) {
    return invalid("there is no list \"rows\" in the document");
  }
  Value list = Value::Array{};
  for (const Value& row : *rows->array()) list.push(answer_row(row));
  Value whole;
  whole.set("rows", std::move(list));
  return whole;
}

Result<RotaTableAnswer> evaluate_rota_table(std::string_view json) {
  auto document = parse_json(json, kTableLimits);
  if (!document.ok()) return document.error().context("standard input is no such JSON");
  auto answer = evaluate_rota_rows(*document);
  if (!answer.ok()) return answer.error();
  return RotaTableAnswer{to_json(*answer) + "\n", refusals_of(*answer->find("rows")->array())};
}

}  // namespace jieban
