#include "daemons/archiver/report_text.h"

#include "daemons/archiver/labels.h"

namespace jieban {
namespace {

std::string number(uint64_t count) { return std::to_string(count); }

std::string state_label(const std::string& code) {
  OrderState state{};
  return from_string(code, state) ? std::string(to_chinese(state)) : code;
}

std::string table(const std::string& heading, const std::vector<NamedCount>& rows, uint64_t total,
                  std::string (*label)(const std::string&)) {
  std::string text = "| " + heading + " | 件数 | 占比 |\n|---|---:|---:|\n";
  for (const NamedCount& row : rows) {
    text += "| " + plain_text(label(row.name)) + " | " + number(row.count) + " | " +
            format_share(row.count, total) + " |\n";
  }
  return text;
}

std::string rate_line(const std::string& name, Rate rate) {
  return "- " + name + "：" + format_rate(rate) + "（" + number(rate.met) + "/" + number(rate.of) +
         "）\n";
}

std::string section_line(const std::string& name, const Section& section) {
  std::string text = "- " + name + "：" + number(section.count) + " 件";
  for (size_t i = 0; i < section.order_numbers.size(); ++i) {
    text += (i == 0 ? "：" : "、") + plain_text(section.order_numbers[i]);
  }
  if (section.count > section.order_numbers.size() && !section.order_numbers.empty()) text += " 等";
  return text + "\n";
}

std::string steps_line(const Report& report) {
  std::string text = "- 本时段";
  for (size_t i = 0; i < report.steps.size(); ++i) {
    text += (i == 0 ? "" : "，") + topic_label(report.steps[i].name) + " " +
            number(report.steps[i].count) + " 件";
  }
  return text + "；越窗退单 " + number(report.late_returns) + " 件\n";
}

std::string heading(const Report& report, const std::string& street) {
  const ReportPeriod& period = report.period;
  std::string kind = period.day ? "市民热线日报（" + *period.day + "）" : "市民热线统计报告";
  return "# " + plain_text(street) + kind + "\n\n统计时段：" + format_local(period.from) + " 至 " +
         format_local(period.to) + "（不含）；情况截至 " + format_local(period.as_of) + "\n\n";
}

Value counts_value(const std::vector<NamedCount>& rows, uint64_t total,
                   std::string (*label)(const std::string&)) {
  Value::Array items;
  for (const NamedCount& row : rows) {
    Value item;
    item.set("name", row.name);
    item.set("label", label(row.name));
    item.set("count", row.count);
    item.set("share", format_share(row.count, total));
    items.push_back(std::move(item));
  }
  return Value(std::move(items));
}

Value rate_value(Rate rate) {
  Value value;
  value.set("met", rate.met);
  value.set("of", rate.of);
  value.set("rate", format_rate(rate));
  return value;
}

Value section_value(const Section& section) {
  Value::Array names(section.order_numbers.begin(), section.order_numbers.end());
  Value value;
  value.set("count", section.count);
  value.set("order_numbers", std::move(names));
  return value;
}

std::string as_is(const std::string& name) { return name; }
std::string class_of(const std::string& code) { return class_label(code); }

}  // namespace

std::string report_markdown(const Report& report, const std::string& street) {
  std::string text = heading(report, street);
  text += "## 一、总体情况\n\n- 受理：" + number(report.received) + " 件\n";
  text += rate_line("签收率", report.signed_rate);
  text += rate_line("转办率", report.forwarded_rate);
  text += rate_line("按时办结率", report.on_time_rate);
  text += "\n" + table("类别", report.by_class, report.received, class_of);
  text += "\n" + table("状态", report.by_state, report.received, state_label);
  text += "\n## 二、诉求热点 Top" + number(kHotCategories) + "\n\n";
  text += table("一级分类", report.hot, report.received, as_is);
  text += "\n## 三、时限情况\n\n";
  text += section_line("待签收", report.waiting);
  text += section_line("今日到期", report.due_today);
  text += section_line("明日到期", report.due_tomorrow);
  text += section_line("超时", report.overdue);
  text +=
      "- 本时段预警 " + number(report.warnings) + " 次，超时 " + number(report.breaches) + " 次\n";
  text += steps_line(report);
  text += "\n## 四、更新与重复\n\n- 信息变更 " + number(report.updates) + " 次\n- 重复来件 " +
          number(report.repeats) + " 件\n";
  text += "\n---\n\n数据版本：档案第 " + number(report.chain_count) + " 条，链值 " +
          to_hex(report.chain_hash) + "\n";
  return text;
}

Value report_value(const Report& report) {
  Value period;
  if (report.period.day) period.set("day", *report.period.day);
  period.set("from", format_local(report.period.from));
  period.set("to", format_local(report.period.to));
  period.set("as_of", format_local(report.period.as_of));
  Value value;
  value.set("period", std::move(period));
  value.set("received", report.received);
  value.set("by_class", counts_value(report.by_class, report.received, class_of));
  value.set("by_state", counts_value(report.by_state, report.received, state_label));
  value.set("hot", counts_value(report.hot, report.received, as_is));
  value.set("sign_rate", rate_value(report.signed_rate));
  value.set("forward_rate", rate_value(report.forwarded_rate));
  value.set("on_time_rate", rate_value(report.on_time_rate));
  value.set("warnings", report.warnings);
  value.set("breaches", report.breaches);
  Value steps;
  for (const NamedCount& step : report.steps) steps.set(step.name, step.count);
  value.set("steps", std::move(steps));
  value.set("late_returns", report.late_returns);
  value.set("updates", report.updates);
  value.set("repeats", report.repeats);
  value.set("waiting", section_value(report.waiting));
  value.set("due_today", section_value(report.due_today));
  value.set("due_tomorrow", section_value(report.due_tomorrow));
  value.set("overdue", section_value(report.overdue));
  value.set("chain_count", report.chain_count);
  value.set("chain_hash", to_hex(report.chain_hash));
  return value;
}

}  // namespace jieban
