#include "common/assessment/appeal_file.h"

#include <algorithm>
#include <array>
#include <set>

#include "common/assessment/fields.h"
#include "common/base/limits.h"
#include "common/config/fields.h"

namespace jieban {
namespace {

constexpr std::array<std::string_view, 2> kRoutes = {"assessment", "unreasonable"};
constexpr std::array<std::string_view, 5> kTargets = {"response", "solved", "satisfied", "all",
                                                      "overdue"};

template <class Words>
Result<void> check_word(const Node& map, std::string_view key, const std::string& word,
                        const Words& words) {
  if (std::find(words.begin(), words.end(), word) != words.end()) return {};
  std::string choices;
  for (std::string_view each : words) choices += (choices.empty() ? "" : ", ") + std::string(each);
  return map.error(std::string(key) + " is one of " + choices);
}

Result<void> read_texts(const Node& map, std::string_view key, std::vector<std::string>& out) {
  auto texts = text_list(map, key);
  if (!texts.ok()) return texts.error();
  out = std::move(*texts);
  return {};
}

Result<AppealPoint> read_point(const Node& map) {
  RETURN_IF_ERROR(map.only_keys({"code", "title", "route", "law_basis", "required_evidence",
                                 "categories", "keywords", "valid_from", "valid_to", "note"}));
  AppealPoint point;
  RETURN_IF_ERROR(read_text(map, "code", point.code));
  RETURN_IF_ERROR(read_text(map, "title", point.title));
  RETURN_IF_ERROR(read_text(map, "route", point.route));
  RETURN_IF_ERROR(check_word(map, "route", point.route, kRoutes));
  RETURN_IF_ERROR(read_text(map, "law_basis", point.law_basis));
  RETURN_IF_ERROR(read_texts(map, "required_evidence", point.required_evidence));
  RETURN_IF_ERROR(read_texts(map, "categories", point.categories));
  RETURN_IF_ERROR(read_texts(map, "keywords", point.keywords));
  RETURN_IF_ERROR(read_optional_text(map, "note", point.note));
  auto from = required_date(map, "valid_from");
  if (!from.ok()) return from.error();
  point.valid_from = *from;
  auto to = optional_date(map, "valid_to");
  if (!to.ok()) return to.error();
  point.valid_to = *to;
  return point;
}

Result<void> read_time(const Node& map, std::string_view key, std::optional<Timestamp>& out) {
  const auto node = map.optional(key);
  if (!node) return {};
  auto text = node->text();
  if (!text.ok()) return text.error();
  out = parse_local(*text);
  if (!out) return node->error("\"" + *text + "\" is no time such as 2026-07-20 09:00:00");
  return {};
}

struct VerdictWord {
  std::string_view word;
  Verdict verdict;
};
constexpr std::array<VerdictWord, 3> kVerdicts = {
    {{"pass", Verdict::pass}, {"back", Verdict::back}, {"deny", Verdict::deny}}};

Result<void> read_verdict(const Node& map, std::string_view key, std::optional<Verdict>& out) {
  const auto node = map.optional(key);
  if (!node) return {};
  auto text = node->text();
  if (!text.ok()) return text.error();
  for (const VerdictWord& each : kVerdicts) {
    if (each.word == *text) out = each.verdict;
  }
  if (!out) return node->error(std::string(key) + " is pass, back or deny");
  return {};
}

// What a state says of the verdicts; a verdict that is left out is the one the state implies.
struct Implied {
  AppealState state{};
  std::optional<Verdict> district;
  std::optional<Verdict> city;
};
constexpr std::array<Implied, 5> kImplied = {{
    {AppealState::district_pass, Verdict::pass, {}},
    {AppealState::district_back, Verdict::back, {}},
    {AppealState::district_deny, Verdict::deny, {}},
    {AppealState::city_pass, Verdict::pass, Verdict::pass},
    {AppealState::city_deny, Verdict::pass, Verdict::deny},
}};

Result<void> settle_verdicts(const Node& map, Appeal& appeal) {
  for (const Implied& row : kImplied) {
    if (row.state != appeal.state) continue;
    const bool other_district = appeal.district_result && appeal.district_result != row.district;
    const bool other_city = appeal.city_result && appeal.city_result != row.city;
    if (other_district || other_city) return map.error("the state and the results contradict");
    appeal.district_result = row.district;
    appeal.city_result = row.city;
    return {};
  }
  if (appeal.city_result && appeal.state != AppealState::closed) {
    return map.error("a city_result needs the state CITY_PASS, CITY_DENY or CLOSED");
  }
  if (appeal.city_result == Verdict::back) return map.error("city_result is pass or deny");
  if (appeal.city_result && appeal.district_result.value_or(Verdict::pass) != Verdict::pass) {
    return map.error("the city decides only what the district passed");
  }
  return {};
}

Result<void> read_what(const Node& map, Appeal& appeal) {
  RETURN_IF_ERROR(read_text(map, "appeal_id", appeal.appeal_id));
  RETURN_IF_ERROR(read_text(map, "order_no", appeal.order_no));
  RETURN_IF_ERROR(read_text(map, "cycle", appeal.cycle));
  if (!parse_cycle(appeal.cycle, CycleRules())) return map.error("cycle is written like 2026-07");
  RETURN_IF_ERROR(read_text(map, "route", appeal.route));
  RETURN_IF_ERROR(check_word(map, "route", appeal.route, kRoutes));
  RETURN_IF_ERROR(read_text(map, "target", appeal.target));
  RETURN_IF_ERROR(check_word(map, "target", appeal.target, kTargets));
  RETURN_IF_ERROR(read_optional_text(map, "point_code", appeal.point_code));
  RETURN_IF_ERROR(read_optional_text(map, "reason_text", appeal.reason_text));
  RETURN_IF_ERROR(read_texts(map, "citations", appeal.citations));
  return read_texts(map, "evidence", appeal.evidence);
}

Result<void> read_course(const Node& map, Appeal& appeal) {
  RETURN_IF_ERROR(read_optional_text(map, "drafted_by", appeal.drafted_by));
  RETURN_IF_ERROR(read_optional_text(map, "reviewed_by", appeal.reviewed_by));
  RETURN_IF_ERROR(read_optional_text(map, "approved_by", appeal.approved_by));
  RETURN_IF_ERROR(read_optional_text(map, "result_reason", appeal.result_reason));
  RETURN_IF_ERROR(read_time(map, "deadline", appeal.deadline));
  RETURN_IF_ERROR(read_time(map, "submitted_at", appeal.submitted_at));
  RETURN_IF_ERROR(read_time(map, "district_at", appeal.district_at));
  RETURN_IF_ERROR(read_time(map, "city_at", appeal.city_at));
  RETURN_IF_ERROR(read_count(map, "rework_count", {0, 1000}, appeal.rework_count));
  RETURN_IF_ERROR(read_verdict(map, "district_result", appeal.district_result));
  RETURN_IF_ERROR(read_verdict(map, "city_result", appeal.city_result));
  std::string state;
  RETURN_IF_ERROR(read_text(map, "state", state));
  const auto known = parse_appeal_state(state);
  if (!known) return map.error("there is no state " + state);
  appeal.state = *known;
  return settle_verdicts(map, appeal);
}

Result<Appeal> read_appeal(const Node& map) {
  RETURN_IF_ERROR(map.only_keys({"appeal_id",   "order_no",     "cycle",         "route",
                                 "target",      "point_code",   "reason_text",   "citations",
                                 "evidence",    "drafted_by",   "reviewed_by",   "approved_by",
                                 "deadline",    "submitted_at", "district_at",   "district_result",
                                 "city_result", "city_at",      "result_reason", "rework_count",
                                 "state"}));
  Appeal appeal;
  RETURN_IF_ERROR(read_what(map, appeal));
  RETURN_IF_ERROR(read_course(map, appeal));
  return appeal;
}

}  // namespace

Result<AppealPoints> read_appeal_points(const Document& document) {
  const Node root = document.root();
  RETURN_IF_ERROR(root.only_keys({"version", "official", "points"}));
  AppealPoints all;
  RETURN_IF_ERROR(read_text(root, "version", all.version));
  RETURN_IF_ERROR(read_flag(root, "official", all.official));
  auto items = required_items(root, "points");
  if (!items.ok()) return items.error();
  for (const Node& item : *items) {
    auto point = read_point(item);
    if (!point.ok()) return point.error();
    if (all.find(point->code) != nullptr) return item.error(point->code + " stands here twice");
    all.points.push_back(std::move(*point));
  }
  return all;
}

Result<std::vector<Appeal>> read_appeals(const Document& document) {
  const Node root = document.root();
  RETURN_IF_ERROR(root.only_keys({"version", "appeals"}));
  auto items = required_items(root, "appeals");
  if (!items.ok()) return items.error();
  std::vector<Appeal> appeals;
  std::set<std::string> ids;
  for (const Node& item : *items) {
    auto appeal = read_appeal(item);
    if (!appeal.ok()) return appeal.error();
    if (!ids.insert(appeal->appeal_id).second) {
      return item.error(appeal->appeal_id + " stands here twice");
    }
    appeals.push_back(std::move(*appeal));
  }
  return appeals;
}

Result<AppealPoints> load_appeal_points(const std::string& path) {
  auto document = Document::load(path, limits::kRulesBytesMax);
  if (!document.ok()) return document.error();
  return read_appeal_points(*document);
}

Result<std::vector<Appeal>> load_appeals(const std::string& path) {
  auto document = Document::load(path, limits::kRulesBytesMax);
  if (!document.ok()) return document.error();
  return read_appeals(*document);
}

}  // namespace jieban
