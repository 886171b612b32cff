#include "common/assessment/rules.h"

#include <algorithm>

#include "common/assessment/fields.h"
#include "common/base/limits.h"
#include "common/config/fields.h"

namespace jieban {
namespace {

Result<void> read_cycle(const Node& root, CycleRules& cycle) {
  const auto node = root.optional("cycle");
  if (!node) return {};
  RETURN_IF_ERROR(node->only_keys({"day", "rollover", "closed_window_start_day"}));
  uint64_t day = cycle.cycle_day;
  uint64_t closed = cycle.closed_window_start_day;
  RETURN_IF_ERROR(read_count(*node, "day", {1, 28}, day));
  RETURN_IF_ERROR(read_count(*node, "closed_window_start_day", {1, 28}, closed));
  RETURN_IF_ERROR(read_flag(*node, "rollover", cycle.rollover));
  cycle.cycle_day = static_cast<unsigned>(day);
  cycle.closed_window_start_day = static_cast<unsigned>(closed);
  return {};
}

Result<void> read_weights(const Node& map, AssessParams& params) {
  auto node = map.required("weights");
  if (!node.ok()) return node.error();
  RETURN_IF_ERROR(node->only_keys({"response", "solved", "satisfied"}));
  RETURN_IF_ERROR(read_count(*node, "response", {0, kPermille}, params.response_weight));
  RETURN_IF_ERROR(read_count(*node, "solved", {0, kPermille}, params.solved_weight));
  RETURN_IF_ERROR(read_count(*node, "satisfied", {0, kPermille}, params.satisfied_weight));
  const uint64_t sum = params.response_weight + params.solved_weight + params.satisfied_weight;
  if (sum != kPermille) {
    return node->error("the weights add up to " + std::to_string(sum) + ", not 1000");
  }
  return {};
}

Result<void> read_validity(const Node& map, AssessParams& params) {
  auto from = required_date(map, "valid_from");
  if (!from.ok()) return from.error();
  params.valid_from = *from;
  auto to = optional_date(map, "valid_to");
  if (!to.ok()) return to.error();
  params.valid_to = *to;
  if (params.valid_to && *params.valid_to < params.valid_from) {
    return map.error("valid_to lies before valid_from");
  }
  return {};
}

Result<AssessParams> read_params(const Node& map) {
  RETURN_IF_ERROR(map.only_keys({"valid_from", "valid_to", "weights", "basic_weight",
                                 "partial_solved_counts", "denominator", "zero_as_zero", "rounding",
                                 "rate_decimals", "score_decimals"}));
  AssessParams params;
  RETURN_IF_ERROR(read_validity(map, params));
  RETURN_IF_ERROR(read_weights(map, params));
  RETURN_IF_ERROR(read_count(map, "basic_weight", {0, kPermille}, params.basic_weight));
  RETURN_IF_ERROR(read_flag(map, "partial_solved_counts", params.partial_solved_counts));
  RETURN_IF_ERROR(read_flag(map, "zero_as_zero", params.zero_as_zero));
  uint64_t rate_decimals = params.rate_decimals;
  uint64_t score_decimals = params.score_decimals;
  RETURN_IF_ERROR(read_count(map, "rate_decimals", {0, 4}, rate_decimals));
  RETURN_IF_ERROR(read_count(map, "score_decimals", {0, 4}, score_decimals));
  params.rate_decimals = static_cast<unsigned>(rate_decimals);
  params.score_decimals = static_cast<unsigned>(score_decimals);
  bool cut = false;
  RETURN_IF_ERROR(read_choice(map, "rounding", {"half_up", "cut"}, cut));
  params.rounding = cut ? RateRounding::cut : RateRounding::half_up;
  RETURN_IF_ERROR(read_choice(map, "denominator", {"valid", "all"}, params.of_all));
  return params;
}

// Exactly one set is in force on any day of the whole.
Result<void> check_order(const Node& root, const std::vector<AssessParams>& params) {
  if (params.empty()) return root.error("params is empty: nothing would be in force");
  for (size_t i = 1; i < params.size(); ++i) {
    const bool apart = params[i - 1].valid_to && *params[i - 1].valid_to < params[i].valid_from;
    if (apart) continue;
    return root.error("the params from " + to_text(params[i].valid_from) +
                      " overlap those before them: end these by valid_to");
  }
  return {};
}

Result<void> read_appeal(const Node& root, AssessRules& rules) {
  const auto node = root.optional("appeal");
  if (!node) return {};
  RETURN_IF_ERROR(node->only_keys({"max_permille"}));
  if (!node->optional("max_permille")) return {};
  uint64_t ceiling = 0;
  RETURN_IF_ERROR(read_count(*node, "max_permille", {0, kPermille}, ceiling));
  rules.appeal_max_permille = ceiling;
  return {};
}

}  // namespace

Result<AssessParams> AssessRules::params_at(Date day) const {
  for (const AssessParams& each : params) {
    if (each.valid_from <= day && (!each.valid_to || day <= *each.valid_to)) return each;
  }
  return Error{ErrorCode::not_found,
               "no assessment parameters are in force on " + to_text(day) + " (" + version + ")"};
}

Result<AssessRules> read_assess_rules(const Document& document) {
  const Node root = document.root();
  RETURN_IF_ERROR(root.only_keys({"version", "official", "cycle", "ranking", "appeal", "params"}));
  AssessRules rules;
  auto version = required_text(root, "version");
  if (!version.ok()) return version.error();
  rules.version = *version;
  RETURN_IF_ERROR(read_flag(root, "official", rules.official));
  RETURN_IF_ERROR(read_cycle(root, rules.cycle));
  RETURN_IF_ERROR(read_appeal(root, rules));
  if (const auto ranking = root.optional("ranking")) {
    RETURN_IF_ERROR(ranking->only_keys({"valid_min"}));
    RETURN_IF_ERROR(read_count(*ranking, "valid_min", {0, 1'000'000}, rules.ranking_valid_min));
  }
  auto items = required_items(root, "params");
  if (!items.ok()) return items.error();
  for (const Node& item : *items) {
    auto params = read_params(item);
    if (!params.ok()) return params.error();
    rules.params.push_back(*params);
  }
  std::sort(rules.params.begin(), rules.params.end(),
            [](const auto& a, const auto& b) { return a.valid_from < b.valid_from; });
  RETURN_IF_ERROR(check_order(root, rules.params));
  return rules;
}

Result<AssessRules> load_assess_rules(const std::string& path) {
  auto document = Document::load(path, limits::kRulesBytesMax);
  if (!document.ok()) return document.error();
  return read_assess_rules(*document);
}

}  // namespace jieban
