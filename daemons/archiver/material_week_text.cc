#include "daemons/archiver/labels.h"
#include "daemons/archiver/material_week.h"

namespace jieban {
namespace {

std::string rate_cell(Rate rate) {
  if (rate.none()) return std::string(kNoRate);
  return format_rate(rate) + "（" + std::to_string(rate.met) + "/" + std::to_string(rate.of) + "）";
}

// Whole minutes, cut; of nothing there is no mean.
std::optional<uint64_t> mean_minutes(const UnitMaterial& unit) {
  if (unit.timed == 0) return std::nullopt;
  return unit.audit_seconds / unit.timed / 60;
}

std::string row_of(const std::string& name, const UnitMaterial& unit) {
  const auto minutes = mean_minutes(unit);
  return "| " + name + " | " + std::to_string(unit.handed_in) + " | " + std::to_string(unit.late) +
         " | " + std::to_string(unit.audited) + " | " + std::to_string(unit.failed) + " | " +
         rate_cell(unit.first_pass) + " | " + rate_cell(unit.completeness) + " | " +
         rate_cell(unit.timeliness) + " | " +
         (minutes ? std::to_string(*minutes) : std::string(kNoRate)) + " |\n";
}

std::string name_of(const UnitMaterial& unit) {
  return unit.unit.empty() ? "（无主办单位）" : plain_text(unit.unit);
}

Value rate_value(Rate rate) {
  Value value;
  value.set("met", rate.met).set("of", rate.of).set("rate", format_rate(rate));
  return value;
}

Value unit_value(const UnitMaterial& unit) {
  Value::Array items;
  for (const NamedCount& each : unit.failed_items) {
    Value item;
    item.set("item", each.name).set("count", each.count);
    items.push_back(std::move(item));
  }
  const auto minutes = mean_minutes(unit);
  Value value;
  value.set("unit", unit.unit).set("handed_in", unit.handed_in).set("late", unit.late);
  value.set("audited", unit.audited).set("failed", unit.failed);
  value.set("first_pass", rate_value(unit.first_pass));
  value.set("completeness", rate_value(unit.completeness));
  value.set("timeliness", rate_value(unit.timeliness));
  value.set("mean_audit_minutes", minutes ? Value(*minutes) : Value());
  value.set("failed_items", Value(std::move(items)));
  return value;
}

}  // namespace

std::string material_week_markdown(const MaterialWeek& all, const std::string& street) {
  std::string text = "# " + plain_text(street) + "工单材料周报（" + all.week.label + "）\n\n" +
                     format_local(all.week.from) + " 至 " + format_local(all.week.to) +
                     "\n\n| 单位 | 提交 | 逾期提交 | 审核 | 退回 | 一次通过率 | 完整性 | 时效性 | "
                     "平均审核（分钟） |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|\n";
  for (const UnitMaterial& unit : all.units) text += row_of(name_of(unit), unit);
  text += row_of("合计", all.total);
  text += "\n未通过最多的项目\n\n";
  for (const UnitMaterial& unit : all.units) {
    if (unit.failed_items.empty()) continue;
    text += "- " + name_of(unit) + "：";
    for (size_t i = 0; i < unit.failed_items.size(); ++i) {
      text += (i == 0 ? "" : "，") + plain_text(unit.failed_items[i].name) + " " +
              std::to_string(unit.failed_items[i].count) + " 次";
    }
    text += "\n";
  }
  return text + "\n完整性、时效性按审核结果的项目权重计" +
         (all.official ? "" : "；所用清单为占位，非官方") + "\n";
}

Value material_week_value(const MaterialWeek& all) {
  Value::Array units;
  for (const UnitMaterial& unit : all.units) units.push_back(unit_value(unit));
  Value value;
  value.set("week", all.week.label);
  value.set("from", format_local(all.week.from)).set("to", format_local(all.week.to));
  value.set("official", all.official);
  value.set("units", Value(std::move(units))).set("total", unit_value(all.total));
  return value;
}

}  // namespace jieban
