#include "tools/jieban/archive_appeals.h"

#include <array>
#include <map>

#include "tools/jieban/archive_records.h"
#include "tools/site/client.h"

namespace jieban {
namespace {

struct Decision {
  std::string_view result;
  AppealState state;
  std::optional<Verdict> district;
  std::optional<Verdict> city;
};

const std::array<Decision, 4>& decisions() {
  static const std::array<Decision, 4> kDecisions = {{
      {"CITY_PASS", AppealState::city_pass, Verdict::pass, Verdict::pass},
      {"CITY_DENY", AppealState::city_deny, Verdict::pass, Verdict::deny},
      {"DISTRICT_DENY", AppealState::district_deny, Verdict::deny, std::nullopt},
      {"WITHDRAWN", AppealState::withdrawn, std::nullopt, std::nullopt},
  }};
  return kDecisions;
}

void decide(Appeal& appeal, const Value& record) {
  const std::string result = record_field(record, "result");
  const auto at = parse_local(text_at(record, "at"));
  for (const Decision& row : decisions()) {
    if (row.result != result) continue;
    appeal.state = row.state;
    appeal.district_result = row.district;
    appeal.city_result = row.city;
    if (row.district == Verdict::deny) appeal.district_at = at;
    if (row.city) appeal.city_at = at;
  }
}

}  // namespace

std::vector<Appeal> appeals_of_records(const Value::Array& records, const CycleRules& cycle) {
  std::vector<Appeal> appeals;
  std::map<std::string, size_t> latest;  // of each order
  std::map<std::string, size_t> count;
  for (const Value& record : records) {
    const std::string order_no = text_at(record, "order_no");
    if (text_at(record, "topic") == "order.appeal_decided") {
      const auto known = latest.find(order_no);
      if (known != latest.end()) decide(appeals[known->second], record);
      continue;
    }
    Appeal& made = appeals.emplace_back();
    made.appeal_id = order_no + "-" + std::to_string(++count[order_no]);
    made.order_no = order_no;
    made.route = record_field(record, "route");
    made.target = record_field(record, "target");
    made.point_code = record_field(record, "point_code");
    made.approved_by = text_at(record, "actor");
    made.submitted_at = parse_local(text_at(record, "at"));
    if (made.submitted_at) made.cycle = cycle_label(*made.submitted_at, cycle);
    made.state = AppealState::submitted;
    latest[order_no] = appeals.size() - 1;
  }
  return appeals;
}

Result<std::vector<Appeal>> archived_appeals(const Session& session, const CycleRules& cycle) {
  auto records = archived_records(session, "appeal");
  if (!records.ok()) return records.error();
  return appeals_of_records(*records, cycle);
}

}  // namespace jieban
