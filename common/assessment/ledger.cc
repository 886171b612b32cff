#include "common/assessment/ledger.h"

#include <array>

namespace jieban {
namespace {

enum class Answer { outside, met, missed };

struct Question {
  const LedgerOrder& order;
  const LedgerScope& scope;

  bool happened(const std::optional<Timestamp>& at) const { return at && *at <= scope.as_of; }
  bool dispatched_in_period() const {
    return !order.cancelled && happened(order.dispatched_at) &&
           scope.period.contains(*order.dispatched_at);
  }
  bool is_signed() const { return dispatched_in_period() && happened(order.signed_at); }
  bool due_in_period() const {
    return !order.cancelled && !order.returned && happened(order.due_at) &&
           scope.period.contains(*order.due_at);
  }
  bool submitted_in_period() const {
    return !order.cancelled && happened(order.submitted_at) &&
           scope.period.contains(*order.submitted_at);
  }
};

Answer answer(bool counts, bool met) {
  if (!counts) return Answer::outside;
  return met ? Answer::met : Answer::missed;
}

struct FigureRule {
  std::string_view code;
  std::string_view chinese;
  std::string_view definition;
  std::string_view needs;  // fact of the source
  bool listed;             // its misses are told one by one
  Answer (*ask)(const Question& question);
  std::string_view reason;
};

constexpr std::array<FigureRule, 8> kRules = {{
    {"sign", "签收率", "已签收 / 派到本街道的工单（不含撤单）", "signed", true,
     [](const Question& q) { return answer(q.dispatched_in_period(), q.is_signed()); }, "未签收"},
    {"sign_in_time", "及时签收率", "限时内签收 / 派到本街道的工单（内部指标）", "signed", false,
     [](const Question& q) {
       const bool in_time = q.is_signed() && q.scope.sign_within &&
                            *q.order.signed_at <= *q.order.dispatched_at + *q.scope.sign_within;
       return answer(q.dispatched_in_period(), in_time);
     },
     ""},
    {"forward", "转办率", "已派单、已退单或直接答复 / 已签收", "forwarded", true,
     [](const Question& q) {
       const bool moved =
           q.happened(q.order.forwarded_at) || q.order.returned || q.order.self_answered;
       return answer(q.is_signed(), moved);
     },
     "签收后未转办"},
    {"forward_strict", "转办率（严格）", "已派单 / 已签收且需转办", "needs_forward", false,
     [](const Question& q) {
       return answer(q.is_signed() && q.order.needs_forward == true,
                     q.happened(q.order.forwarded_at));
     },
     ""},
    {"on_time", "按时办结率", "不晚于时限提交 / 时限在期内的工单（不含退单、撤单）", "submitted",
     true,
     [](const Question& q) {
       const bool in_time = q.happened(q.order.submitted_at) && q.order.due_at &&
                            *q.order.submitted_at <= *q.order.due_at;
       return answer(q.due_in_period(), in_time);
     },
     "超过时限"},
    {"feedback", "反馈率", "诉求人和热线都已反馈 / 时限在期内的工单（不含退单、撤单）", "told",
     true,
     [](const Question& q) {
       const bool both = q.happened(q.order.caller_told_at) && q.happened(q.order.hotline_told_at);
       return answer(q.due_in_period(), both);
     },
     "没有同时反馈诉求人和热线"},
    {"rejected", "驳回率", "至少被驳回一次 / 已提交（内部指标）", "rejected", false,
     [](const Question& q) { return answer(q.submitted_in_period(), q.order.rejected); }, ""},
    {"first_pass", "一次通过率", "从未被驳回 / 已提交（内部指标）", "rejected", false,
     [](const Question& q) { return answer(q.submitted_in_period(), !q.order.rejected); }, ""},
}};

}  // namespace

LedgerAnswer ledger_figures(const std::vector<LedgerOrder>& orders, const LedgerFacts& facts,
                            const LedgerScope& scope) {
  LedgerAnswer all;
  for (const FigureRule& rule : kRules) {
    const bool limited = rule.code != "sign_in_time" || scope.sign_within;
    LedgerFigure figure{
        rule.code, rule.chinese, rule.definition, facts.contains(rule.needs) && limited, {}};
    for (const LedgerOrder& order : orders) {
      if (!figure.known) break;
      const Answer given = rule.ask({order, scope});
      if (given == Answer::outside) continue;
      ++figure.rate.of;
      if (given == Answer::met) {
        ++figure.rate.met;
      } else if (rule.listed) {
        all.misses.push_back({order.order_no, rule.code, std::string(rule.reason)});
      }
    }
    all.figures.push_back(figure);
  }
  return all;
}

}  // namespace jieban
