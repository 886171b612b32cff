#include "tools/jieban/assess.h"

#include <algorithm>

namespace jieban {
namespace {

std::string or_unknown(const std::string& name) { return name.empty() ? "（未填）" : name; }

std::string first_level(const ExportOrder& order) {
  return or_unknown(order.category.substr(0, order.category.find('>')));
}

// The figures of one order within the period.
class Counter {
 public:
  Counter(const AssessQuestion& question, ScoreBook& book, Assessment& out)
      : question_(question), period_(question.period), book_(book), out_(out) {}

  void add(const ExportOrder& order) {
    if (period_.created && !order.created_at) {
      out_.faults.push_back({order.line, "没有创建时间，不能归入统计时段"});
      return;
    }
    const std::string unit = question_.by->of(order);
    const bool excluded = is_excluded(order, question_.excluded);
    const bool created = !period_.created || period_.created->contains(*order.created_at);
    if (created) count(order, unit, excluded);
    const bool completed =
        period_.completed && order.completed_at && period_.completed->contains(*order.completed_at);
    if (completed) book_.complete(unit, excluded);
  }

  const std::set<std::string>& counted() const { return counted_; }

 private:
  void count(const ExportOrder& order, const std::string& unit, bool excluded) {
    ++out_.counted;
    const bool completed = !period_.completed && order.completed_at;
    book_.add(unit, order.visit, completed, excluded);
    if (!out_.appeals) return;
    counted_.insert(order.order_no);
    if (order.in_assessment == false) return;
    out_.appeals->before.add(order.visit, completed);
    if (excluded) out_.appeals->excluded.push_back(order.order_no);
  }

  std::set<std::string> counted_;  // order numbers, where appeals are asked for
  const AssessQuestion& question_;
  const AssessPeriod& period_;
  ScoreBook& book_;
  Assessment& out_;
};

uint64_t AppealEffect::*place_of(const Appeal& appeal) {
  if (appeal.excludes()) return &AppealEffect::passed;
  if (appeal.state == AppealState::withdrawn) return &AppealEffect::withdrawn;
  return appeal.decided() ? &AppealEffect::denied : &AppealEffect::pending;
}

void count_appeals(const std::vector<Appeal>& appeals, const std::set<std::string>& counted,
                   AppealEffect& effect) {
  for (const Appeal& appeal : appeals) {
    // A candidate or a draft is no appeal yet.
    if (!appeal.submitted_at && !appeal.decided()) continue;
    if (!counted.contains(appeal.order_no)) {
      ++effect.elsewhere;
      continue;
    }
    ++effect.submitted;
    ++(effect.*place_of(appeal));
  }
}

}  // namespace

const std::vector<GroupBy>& group_choices() {
  static const std::vector<GroupBy> kChoices = {
      {"unit", "lead_unit", "承办单位",
       [](const ExportOrder& order) { return or_unknown(order.lead_unit); }},
      {"community", "community", "社区",
       [](const ExportOrder& order) { return or_unknown(order.community); }},
      {"street", "street", "街道",
       [](const ExportOrder& order) { return or_unknown(order.street); }},
      {"category", "cat_path", "一级分类", first_level},
      {"type", "order_type", "工单类型",
       [](const ExportOrder& order) { return or_unknown(order.order_type); }},
      {"all", "", "范围", [](const ExportOrder&) { return std::string("全部"); }},
  };
  return kChoices;
}

const GroupBy* find_group(std::string_view name) {
  const auto& choices = group_choices();
  const auto found = std::find_if(choices.begin(), choices.end(),
                                  [&](const GroupBy& choice) { return choice.name == name; });
  return found == choices.end() ? nullptr : &*found;
}

Result<AssessPeriod> assess_period(const std::string& cycle, const std::string& day,
                                   const CycleRules& rules) {
  AssessPeriod period;
  if (!cycle.empty() && !day.empty()) return invalid("--cycle and --day do not go together");
  if (!cycle.empty()) {
    const auto span = parse_cycle(cycle, rules);
    if (!span) return invalid("a cycle is written like 2026-07");
    period.created = span;
    period.day = local_day(span->to - Duration(1));
    period.label = cycle_spans(*period.day, rules).label;
  }
  if (!day.empty()) {
    const auto date = parse_date(day);
    if (!date) return invalid("a day is written like 2026-07-18");
    const CycleSpans spans = cycle_spans(*date, rules);
    period.created = spans.cumulative;
    period.completed = spans.closed;
    period.day = date;
    period.label = spans.label;
  }
  return period;
}

bool is_excluded(const ExportOrder& order, const std::set<std::string>& by_appeal) {
  return order.in_assessment == false || by_appeal.contains(order.order_no);
}

Result<Assessment> assess(const ExportOrders& orders, const AssessQuestion& question) {
  Assessment out;
  out.period = question.period;
  out.rules = question.rules;
  out.by = question.by;
  out.faults = orders.faults;
  out.exclusion_known =
      orders.has("in_assessment") || !question.excluded.empty() || question.appeals;
  if (out.period.day) {
    auto params = question.rules.params_at(*out.period.day);
    if (!params.ok()) return params.error();
    out.params = *params;
  } else {
    out.params = question.rules.params.back();
  }
  if (question.appeals) out.appeals.emplace();
  ScoreBook book;
  Counter counter(question, book, out);
  for (const ExportOrder& order : orders.orders) counter.add(order);
  out.full = book.table(Basis::full, out.params, out.rules.ranking_valid_min);
  out.net = book.table(Basis::net, out.params, out.rules.ranking_valid_min);
  if (out.appeals) {
    count_appeals(*question.appeals, counter.counted(), *out.appeals);
    out.appeals->rates_before = three_rates(out.appeals->before, out.params);
  }
  std::stable_sort(out.faults.begin(), out.faults.end(),
                   [](const RowFault& a, const RowFault& b) { return a.line < b.line; });
  return out;
}

}  // namespace jieban
