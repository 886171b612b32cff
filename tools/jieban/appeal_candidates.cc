#include "tools/jieban/appeal_candidates.h"

#include <array>
#include <set>

#include "tools/jieban/assess.h"
#include "tools/site/text_table.h"

namespace jieban {
namespace {

struct LossName {
  std::string_view code;
  std::string_view chinese;
};
constexpr std::array<LossName, 4> kLosses = {
    {{"response", "未联系"}, {"solved", "未解决"}, {"satisfied", "不满意"}, {"overdue", "超时"}}};

std::string loss_chinese(const std::string& code) {
  for (const LossName& row : kLosses) {
    if (row.code == code) return std::string(row.chinese);
  }
  return code;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : "、") + part;
  return text;
}

Rate chance_of(const std::vector<AppealGround>& grounds,
               const std::map<std::string, PassHistory>& history) {
  for (const AppealGround& ground : grounds) {
    if (ground.point.empty()) continue;
    const auto found = history.find(ground.point);
    const PassHistory past = found == history.end() ? PassHistory{} : found->second;
    return {past.passed + 1, past.decided + 2};
  }
  return {1, 2};
}

std::set<std::string> order_numbers(const std::vector<Appeal>& appeals, bool passed_only) {
  std::set<std::string> numbers;
  for (const Appeal& appeal : appeals) {
    const bool given_up =
        appeal.state == AppealState::withdrawn || appeal.state == AppealState::candidate;
    if (passed_only ? appeal.excludes() : !given_up) numbers.insert(appeal.order_no);
  }
  return numbers;
}

struct Pool {
  std::vector<const ExportOrder*> orders;
  VisitCounts counts;
};

Pool net_pool(const ExportOrders& orders, const CandidateQuestion& question,
              std::vector<RowFault>& faults) {
  const auto passed = order_numbers(question.appeals, true);
  Pool pool;
  for (const ExportOrder& order : orders.orders) {
    if (!order.created_at) {
      faults.push_back({order.line, "没有创建时间，不能归入考核周期"});
      continue;
    }
    if (!question.span.contains(*order.created_at) || is_excluded(order, passed)) continue;
    pool.orders.push_back(&order);
    pool.counts.add(order.visit, false);
  }
  return pool;
}

Value ground_value(const AppealGround& ground) {
  Value value;
  value.set("code", ground.code).set("label", ground.chinese).set("point", ground.point);
  return value;
}

Value candidate_value(const AppealCandidate& candidate) {
  Value::Array lost(candidate.lost.begin(), candidate.lost.end());
  Value::Array grounds;
  for (const AppealGround& ground : candidate.grounds) grounds.push_back(ground_value(ground));
  Value value;
  value.set("order_no", candidate.order_no);
  value.set("lost", Value(std::move(lost)));
  value.set("gain", format_gain(candidate.gain));
  value.set("chance", format_rate(candidate.chance));
  value.set("held", candidate.held);
  value.set("grounds", Value(std::move(grounds)));
  return value;
}

Value ratio_value(const Rate& rate) {
  Value value;
  value.set("met", rate.met).set("of", rate.of).set("rate", format_rate(rate));
  return value;
}

}  // namespace

AppealFacts appeal_facts(const ExportOrder& order) {
  AppealFacts facts;
  facts.category = order.category;
  facts.text = order.title + "\n" + order.content;
  facts.special_case = order.special_case;
  facts.repeat_without_new_facts = order.repeat_without_new_facts.value_or(false);
  facts.unreachable_proved = order.unreachable_proved.value_or(false);
  facts.evidence_at = order.evidence_at;
  facts.visit_at = order.visit_at;
  facts.objective_basis = order.objective_basis;
  const auto due = order.extended_due_at ? order.extended_due_at : order.due_at;
  const auto done = order.submitted_at ? order.submitted_at : order.completed_at;
  facts.overdue = due && done && *done > *due;
  facts.visit = order.visit;
  return facts;
}

CandidateList list_candidates(const ExportOrders& orders, const CandidateQuestion& question) {
  CandidateList list;
  list.cycle = question.cycle;
  list.points_version = question.points.version;
  list.official = question.points.official;
  list.params = question.params;
  list.faults = orders.faults;
  const Pool pool = net_pool(orders, question, list.faults);
  const auto history = pass_history(question.appeals);
  const auto known = order_numbers(question.appeals, false);
  list.score = three_rates(pool.counts, question.params).score;
  for (const ExportOrder* order : pool.orders) {
    if (known.contains(order->order_no)) continue;
    AppealCandidate candidate;
    const AppealFacts facts = appeal_facts(*order);
    candidate.grounds = grounds(facts, question.points, local_day(*order->created_at));
    if (candidate.grounds.empty()) continue;
    candidate.order_no = order->order_no;
    candidate.lost = losses(facts);
    candidate.gain = gain_without(pool.counts, order->visit, question.params);
    candidate.chance = chance_of(candidate.grounds, history);
    list.candidates.push_back(std::move(candidate));
  }
  list.ratio = appeal_ratio(question.appeals, question.cycle, pool.counts.valid,
                            question.rules.appeal_max_permille);
  govern(list.candidates, list.ratio);
  return list;
}

std::string candidates_text(const CandidateList& list) {
  TextTable table({">序号", "工单编号", "失分", ">Δ得分", ">通过率", "建议", "依据"});
  size_t number = 0;
  size_t held = 0;
  for (const AppealCandidate& candidate : list.candidates) {
    std::vector<std::string> lost;
    for (const std::string& code : candidate.lost) lost.push_back(loss_chinese(code));
    std::vector<std::string> reasons;
    for (const AppealGround& ground : candidate.grounds) reasons.push_back(ground.chinese);
    held += candidate.held ? 1 : 0;
    table.add({std::to_string(++number), candidate.order_no, joined(lost),
               format_gain(candidate.gain), format_rate(candidate.chance),
               candidate.held ? "暂缓" : "可报", joined(reasons)});
  }
  const AppealRatio& ratio = list.ratio;
  std::string text = "考核周期 " + list.cycle + " 申诉候选 " + std::to_string(number) +
                     " 件，现得分（不含剔除）" +
                     format_points(list.score, list.params.score_style()) + "\n" + table.print();
  text += "已上报 " + std::to_string(ratio.submitted_count) + " 件，占有效回访 " +
          format_rate(ratio.submitted) + "；已有结果的通过率 " + format_rate(ratio.passed) + "（" +
          std::to_string(ratio.passed.met) + "/" + std::to_string(ratio.passed.of) + "）\n";
  text += ratio.room ? "申诉比例上限内还可上报 " + std::to_string(*ratio.room) + " 件\n"
                     : "没有设置申诉比例上限，不作限制\n";
  if (held > 0) text += "请班组长注意：超出上限，暂缓 " + std::to_string(held) + " 件\n";
  if (!list.official) text += "申诉要点版本 " + list.points_version + "（占位，非官方）\n";
  return text + "本表只供参考，不会自动上报\n";
}

Value candidates_value(const CandidateList& list) {
  Value::Array items;
  for (const AppealCandidate& each : list.candidates) items.push_back(candidate_value(each));
  Value value;
  value.set("cycle", list.cycle);
  value.set("points_version", list.points_version);
  value.set("official", list.official);
  value.set("score", format_points(list.score, list.params.score_style()));
  value.set("submitted", list.ratio.submitted_count);
  value.set("submitted_ratio", ratio_value(list.ratio.submitted));
  value.set("pass_ratio", ratio_value(list.ratio.passed));
  value.set("room", list.ratio.room ? Value(*list.ratio.room) : Value());
  value.set("candidates", Value(std::move(items)));
  return value;
}

}  // namespace jieban
