// The three rates of an export: which orders count, by what they are grouped, and the answer for
// people and for programs.
//
// An order is out of the net basis when the export says that it is not assessed (是否纳入考核), or
// when the city has passed an appeal for it.
// What fails and how: `invalid` for a period that makes no sense; an order without the time that
// the period goes by becomes a fault. Thread rule: pure functions and plain values.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "common/assessment/appeal.h"
#include "common/assessment/score_table.h"
#include "common/base/value.h"
#include "tools/jieban/export_order.h"

namespace jieban {

struct GroupBy {
  std::string_view name;   // "unit"
  std::string_view field;  // "lead_unit"; empty: none is needed
  std::string_view chinese;
  std::string (*of)(const ExportOrder& order);
};
// unit, community, street, category, type, all.
const std::vector<GroupBy>& group_choices();
const GroupBy* find_group(std::string_view name);

// Empty members: all orders of the export.
struct AssessPeriod {
  std::optional<Span> created;    // 创建时间
  std::optional<Span> completed;  // 办结时间, where it has a window of its own
  std::string label;              // "2026年7月"
  std::optional<Date> day;        // whose parameters are in force; none: the newest
};
// `cycle` "2026-07", or the report of `day` "2026-07-18"; at most one of them.
Result<AssessPeriod> assess_period(const std::string& cycle, const std::string& day,
                                   const CycleRules& rules);

// What became of the appeals for the orders that are counted (DOMAIN §10): an order that the city
// passed leaves the net basis, as numerator and as denominator, and stays in the full one.
struct AppealEffect {
  uint64_t submitted = 0;
  uint64_t passed = 0;
  uint64_t denied = 0;
  uint64_t withdrawn = 0;
  uint64_t pending = 0;
  uint64_t elsewhere = 0;             // for orders that are not counted here
  std::vector<std::string> excluded;  // order numbers that they alone took out
  // The net basis without the appeals, beside which Assessment::net stands.
  VisitCounts before;
  ThreeRates rates_before;
};

struct Assessment {
  AssessPeriod period;
  AssessRules rules;
  AssessParams params;
  const GroupBy* by = nullptr;
  bool exclusion_known = false;  // the export or the appeals can tell the bases apart
  uint64_t counted = 0;
  ScoreTable full;
  ScoreTable net;
  std::optional<AppealEffect> appeals;  // of a question that brings them
  std::vector<RowFault> faults;
};

struct AssessQuestion {
  AssessRules rules;
  AssessPeriod period;
  const GroupBy* by = nullptr;
  std::set<std::string> excluded;              // order numbers, by appeals
  std::optional<std::vector<Appeal>> appeals;  // to tell what they did
};

Result<Assessment> assess(const ExportOrders& orders, const AssessQuestion& question);
bool is_excluded(const ExportOrder& order, const std::set<std::string>& by_appeal);

std::string assess_text(const Assessment& all);
Value assess_value(const Assessment& all);

}  // namespace jieban
