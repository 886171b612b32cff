#include <array>

#include "common/base/clock.h"
#include "tools/jieban/assess.h"
#include "tools/site/text_table.h"

namespace jieban {
namespace {

struct CountColumn {
  std::string_view name;
  std::string_view chinese;
  uint64_t VisitCounts::*member;
};

constexpr std::array<CountColumn, 7> kCounts = {{
    {"received", "受理量", &VisitCounts::received},
    {"completed", "办结量", &VisitCounts::completed},
    {"valid", "有效回访", &VisitCounts::valid},
    {"contacted", "联系数", &VisitCounts::contacted},
    {"solved", "解决数", &VisitCounts::solved},
    {"satisfied", "满意数", &VisitCounts::satisfied},
    {"basic", "基本满意", &VisitCounts::basic},
}};

std::vector<std::string> headings(const GroupBy& by) {
  std::vector<std::string> names = {">名次", std::string(by.chinese)};
  for (const CountColumn& column : kCounts) names.push_back(">" + std::string(column.chinese));
  for (const char* rate : {"响应率", "解决率", "满意率", "综合成绩"}) {
    names.push_back(">" + std::string(rate));
  }
  return names;
}

template <class Rates>
void append_rates(const Rates& rates, const AssessParams& params, std::vector<std::string>& cells) {
  const RateStyle style = params.rate_style();
  cells.push_back(format_rate(rates.response, style));
  cells.push_back(format_rate(rates.solved, style));
  cells.push_back(format_rate(rates.satisfied, style));
  cells.push_back(format_points(rates.score, params.score_style()));
}

std::vector<std::string> cells_of(std::string rank, const std::string& name,
                                  const VisitCounts& counts) {
  std::vector<std::string> cells = {std::move(rank), name};
  for (const CountColumn& column : kCounts) {
    cells.push_back(std::to_string(counts.*column.member));
  }
  return cells;
}

std::string table_text(const Assessment& all, const ScoreTable& table) {
  TextTable text(headings(*all.by));
  for (const ScoreLine& line : table.lines) {
    auto cells = cells_of(line.rank ? std::to_string(*line.rank) : std::string(kNoRate), line.name,
                          line.counts);
    append_rates(line.rates, all.params, cells);
    text.add(std::move(cells));
  }
  auto pooled = cells_of("", "汇总（合计口径）", table.total);
  append_rates(table.pooled, all.params, pooled);
  text.add(std::move(pooled));
  std::vector<std::string> mean = {"", "汇总（平均口径）"};
  mean.resize(2 + kCounts.size());
  append_rates(table.mean, all.params, mean);
  text.add(std::move(mean));
  return text.print();
}

// "6.19-7.4", as the district writes it.
std::string short_dates(const Span& span) {
  const CivilTime from = to_civil(span.from);
  const CivilTime to = to_civil(span.to - Duration(1));
  return std::to_string(from.month) + "." + std::to_string(from.day) + "-" +
         std::to_string(to.month) + "." + std::to_string(to.day);
}

std::string title(const Assessment& all, std::string_view basis) {
  const AssessPeriod& period = all.period;
  const std::string dates = period.created ? short_dates(*period.created) : std::string();
  const std::string cycle = period.label.empty() ? std::string() : "  考核周期 " + period.label;
  return "“三率”统计表" + dates + "（" + std::string(basis) + "）" + cycle + "\n";
}

// The same rate before and after, each with what it is of: nothing is rounded between them.
std::string change(std::string_view name, uint64_t met_before, const Rate& before,
                   uint64_t of_before, uint64_t met_after, const Rate& after, uint64_t of_after,
                   const RateStyle& style) {
  const auto one = [&](uint64_t met, uint64_t of, const Rate& rate) {
    return format_rate(rate, style) + "（" + std::to_string(met) + "/" + std::to_string(of) + "）";
  };
  return std::string(name) + " " + one(met_before, of_before, before) + " → " +
         one(met_after, of_after, after) + "\n";
}

std::string appeals_text(const Assessment& all) {
  if (!all.appeals) return "";
  const AppealEffect& effect = *all.appeals;
  std::string text = "考核申诉：已上报 " + std::to_string(effect.submitted) + " 件，市通过 " +
                     std::to_string(effect.passed) + " 件，查否 " + std::to_string(effect.denied) +
                     " 件，撤回 " + std::to_string(effect.withdrawn) + " 件，未决 " +
                     std::to_string(effect.pending) + " 件；统计范围以外 " +
                     std::to_string(effect.elsewhere) + " 件\n因申诉剔除 " +
                     std::to_string(effect.excluded.size()) + " 件";
  for (const std::string& order_no : effect.excluded) text += " " + order_no;
  text += "\n申诉前 → 申诉后（不含剔除诉求，合计口径）\n";
  const VisitCounts& from = effect.before;
  const VisitCounts& to = all.net.total;
  const RateStyle style = all.params.rate_style();
  const ThreeRates& before = effect.rates_before;
  const ThreeRates& after = all.net.pooled;
  text += change("响应率", from.contacted, before.response, from.valid, to.contacted,
                 after.response, to.valid, style);
  text += change("解决率", from.solved, before.solved, from.valid, to.solved, after.solved,
                 to.valid, style);
  text += "满意率 " + format_rate(before.satisfied, style) + " → " +
          format_rate(after.satisfied, style) + "\n综合成绩 " +
          format_points(before.score, all.params.score_style()) + " → " +
          format_points(after.score, all.params.score_style()) + "\n";
  return text;
}

std::string params_line(const Assessment& all) {
  const AssessParams& params = all.params;
  return "参数版本 " + all.rules.version + (all.rules.official ? "" : "（非官方）") + "：响应 " +
         std::to_string(params.response_weight) + "、解决 " + std::to_string(params.solved_weight) +
         "、满意 " + std::to_string(params.satisfied_weight) + "（‰），基本满意折算 " +
         std::to_string(params.basic_weight) + "‰，自 " + to_text(params.valid_from) + " 起\n";
}

template <class Rates>
Value rates_value(const Rates& rates, const AssessParams& params) {
  const RateStyle style = params.rate_style();
  Value value;
  value.set("response_rate", format_rate(rates.response, style));
  value.set("solved_rate", format_rate(rates.solved, style));
  value.set("satisfied_rate", format_rate(rates.satisfied, style));
  value.set("score", format_points(rates.score, params.score_style()));
  return value;
}

Value line_value(const VisitCounts& counts, const ThreeRates& rates, const AssessParams& params) {
  Value value;
  for (const CountColumn& column : kCounts) {
    value.set(std::string(column.name), counts.*column.member);
  }
  const Value shown = rates_value(rates, params);
  for (const auto& [name, rate] : *shown.object()) value.set(name, rate);
  return value;
}

Value table_value(const Assessment& all, const ScoreTable& table) {
  Value::Array lines;
  for (const ScoreLine& line : table.lines) {
    Value item;
    item.set("name", line.name);
    item.set("rank", line.rank ? Value(uint64_t(*line.rank)) : Value());
    const Value figures = line_value(line.counts, line.rates, all.params);
    for (const auto& [name, figure] : *figures.object()) item.set(name, figure);
    lines.push_back(std::move(item));
  }
  Value value;
  value.set("lines", Value(std::move(lines)));
  value.set("pooled", line_value(table.total, table.pooled, all.params));
  value.set("mean", rates_value(table.mean, all.params));
  return value;
}

Value appeals_value(const Assessment& all) {
  if (!all.appeals) return {};
  const AppealEffect& effect = *all.appeals;
  Value value;
  value.set("submitted", effect.submitted).set("passed", effect.passed);
  value.set("denied", effect.denied).set("withdrawn", effect.withdrawn);
  value.set("pending", effect.pending).set("elsewhere", effect.elsewhere);
  Value::Array excluded(effect.excluded.begin(), effect.excluded.end());
  value.set("excluded", Value(std::move(excluded)));
  value.set("before", line_value(effect.before, effect.rates_before, all.params));
  value.set("after", line_value(all.net.total, all.net.pooled, all.params));
  return value;
}

Value period_value(const AssessPeriod& period) {
  if (!period.created) return {};
  Value value;
  value.set("label", period.label);
  value.set("from", format_local(period.created->from));
  value.set("to", format_local(period.created->to));
  return value;
}

}  // namespace

std::string assess_text(const Assessment& all) {
  std::string text = title(all, "全口径含剔除诉求") + table_text(all, all.full) + "\n" +
                     title(all, "不含剔除诉求") + table_text(all, all.net) + "\n" +
                     appeals_text(all) + params_line(all);
  if (!all.exclusion_known) text += "表中没有“是否纳入考核”列，也没有申诉结果：两种口径相同\n";
  text += "计入 " + std::to_string(all.counted) + " 件";
  if (!all.faults.empty()) text += "；有 " + std::to_string(all.faults.size()) + " 行不能计入";
  return text + "\n";
}

Value assess_value(const Assessment& all) {
  Value value;
  value.set("rules_version", all.rules.version);
  value.set("official", all.rules.official);
  value.set("by", all.by->name);
  value.set("period", period_value(all.period));
  value.set("orders", all.counted);
  value.set("exclusion_known", all.exclusion_known);
  value.set("full", table_value(all, all.full));
  value.set("net", table_value(all, all.net));
  value.set("appeals", appeals_value(all));
  return value;
}

}  // namespace jieban
