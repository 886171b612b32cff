#include "common/assessment/appeal.h"

#include <algorithm>
#include <array>

namespace jieban {
namespace {

struct StateName {
  AppealState state;
  std::string_view name;
  std::string_view chinese;
};

constexpr std::array<StateName, 12> kNames = {{
    {AppealState::candidate, "CANDIDATE", "候选"},
    {AppealState::draft, "DRAFT", "起草"},
    {AppealState::internal_review, "INTERNAL_REVIEW", "内审"},
    {AppealState::submitted, "SUBMITTED", "已上报"},
    {AppealState::district_pass, "DISTRICT_PASS", "区通过"},
    {AppealState::district_back, "DISTRICT_BACK", "区退回补正"},
    {AppealState::district_deny, "DISTRICT_DENY", "区否"},
    {AppealState::city_pass, "CITY_PASS", "市通过（剔除）"},
    {AppealState::city_deny, "CITY_DENY", "市查否"},
    {AppealState::closed, "CLOSED", "已结束"},
    {AppealState::expired, "EXPIRED", "逾期"},
    {AppealState::withdrawn, "WITHDRAWN", "撤回"},
}};

constexpr std::array<AppealState, kNames.size()> kStates = [] {
  std::array<AppealState, kNames.size()> states{};
  for (size_t i = 0; i < states.size(); ++i) states[i] = kNames[i].state;
  return states;
}();

const StateName& row_of(AppealState state) { return kNames[size_t(state)]; }

constexpr std::array kMoves = std::to_array<AppealMove>({
    {AppealState::candidate, "draft", AppealState::draft, "起草"},
    {AppealState::candidate, "expire", AppealState::expired, "逾期"},
    {AppealState::candidate, "withdraw", AppealState::withdrawn, "撤回"},
    {AppealState::draft, "review", AppealState::internal_review, "送内审"},
    {AppealState::draft, "expire", AppealState::expired, "逾期"},
    {AppealState::draft, "withdraw", AppealState::withdrawn, "撤回"},
    {AppealState::internal_review, "rework", AppealState::draft, "内审退回"},
    {AppealState::internal_review, "submit", AppealState::submitted, "上报"},
    {AppealState::internal_review, "expire", AppealState::expired, "逾期"},
    {AppealState::internal_review, "withdraw", AppealState::withdrawn, "撤回"},
    {AppealState::submitted, "district_pass", AppealState::district_pass, "区通过"},
    {AppealState::submitted, "district_back", AppealState::district_back, "区退回补正"},
    {AppealState::submitted, "district_deny", AppealState::district_deny, "区否"},
    {AppealState::submitted, "withdraw", AppealState::withdrawn, "撤回"},
    {AppealState::district_back, "resubmit", AppealState::submitted, "补正后上报"},
    {AppealState::district_back, "expire", AppealState::expired, "逾期"},
    {AppealState::district_back, "withdraw", AppealState::withdrawn, "撤回"},
    {AppealState::district_pass, "city_pass", AppealState::city_pass, "市通过"},
    {AppealState::district_pass, "city_deny", AppealState::city_deny, "市查否"},
    {AppealState::district_deny, "close", AppealState::closed, "结束"},
    {AppealState::city_pass, "close", AppealState::closed, "结束"},
    {AppealState::city_deny, "close", AppealState::closed, "结束"},
});

// "城市管理" is a prefix of "城市管理>违法建设", and not of "城市管理委".
bool is_category_prefix(std::string_view prefix, std::string_view category) {
  return category.starts_with(prefix) &&
         (category.size() == prefix.size() || category[prefix.size()] == '>');
}

constexpr std::array<std::string_view, 5> kSpecialCases = {"SC2", "SC3", "SC4", "SC5", "SC6"};

struct GroundRule {
  std::string_view code;
  std::string_view chinese;
  bool (*holds)(const AppealFacts& facts);
};

bool solved_before_visit(const AppealFacts& facts) {
  return facts.evidence_at && facts.visit_at && *facts.evidence_at < *facts.visit_at;
}

constexpr std::array<GroundRule, 4> kGroundRules = {{
    {"repeat", "重复反映且无新事实、新理由",
     [](const AppealFacts& facts) { return facts.repeat_without_new_facts; }},
    {"unreachable", "多次联系不上诉求人并有佐证",
     [](const AppealFacts& facts) { return facts.unreachable_proved; }},
    {"solved_before_visit", "办结佐证早于回访时间", solved_before_visit},
    {"objective", "客观条件限制，有法规政策依据",
     [](const AppealFacts& facts) { return !facts.objective_basis.empty(); }},
}};

}  // namespace

std::string_view to_string(AppealState state) { return row_of(state).name; }
std::string_view to_chinese(AppealState state) { return row_of(state).chinese; }
std::span<const AppealState> all_appeal_states() { return kStates; }
std::span<const AppealMove> appeal_moves() { return kMoves; }

std::optional<AppealState> parse_appeal_state(std::string_view text) {
  for (const StateName& row : kNames) {
    if (row.name == text) return row.state;
  }
  return std::nullopt;
}

Result<AppealState> move_appeal(AppealState from, std::string_view action) {
  std::string possible;
  for (const AppealMove& move : kMoves) {
    if (move.from != from) continue;
    if (move.action == action) return move.to;
    possible += (possible.empty() ? "" : "、") + std::string(move.chinese);
  }
  return Error{ErrorCode::refused,
               "申诉处于“" + std::string(to_chinese(from)) + "”，不能执行 " + std::string(action) +
                   (possible.empty() ? "；该状态已是终点" : "；可以：" + possible)};
}

bool AppealPoint::matches(std::string_view category, std::string_view text) const {
  return std::any_of(categories.begin(), categories.end(),
                     [&](const auto& prefix) { return is_category_prefix(prefix, category); }) ||
         std::any_of(keywords.begin(), keywords.end(), [&](const std::string& word) {
           return text.find(word) != std::string_view::npos;
         });
}

const AppealPoint* AppealPoints::find(std::string_view code) const {
  const auto found = std::find_if(points.begin(), points.end(),
                                  [&](const AppealPoint& point) { return point.code == code; });
  return found == points.end() ? nullptr : &*found;
}

std::vector<std::string> losses(const AppealFacts& facts) {
  std::vector<std::string> lost;
  const Visit& visit = facts.visit;
  if (visit.valid && !visit.contacted) lost.emplace_back("response");
  const bool unsolved = visit.solved == Solved::unsolved || visit.solved == Solved::partial;
  if (visit.valid && unsolved) lost.emplace_back("solved");
  if (visit.valid && visit.satisfied == Satisfied::unsatisfied) lost.emplace_back("satisfied");
  if (facts.overdue) lost.emplace_back("overdue");
  return lost;
}

std::vector<AppealGround> grounds(const AppealFacts& facts, const AppealPoints& points, Date day) {
  std::vector<AppealGround> found;
  if (losses(facts).empty()) return found;
  for (const AppealPoint& point : points.points) {
    if (!point.in_force(day) || !point.matches(facts.category, facts.text)) continue;
    found.push_back({"point", "符合申诉要点“" + point.title + "”", point.code});
  }
  if (std::find(kSpecialCases.begin(), kSpecialCases.end(), facts.special_case) !=
      kSpecialCases.end()) {
    const AppealPoint* point = points.find(facts.special_case);
    const std::string title = point == nullptr ? facts.special_case : point->title;
    found.push_back({"special_case", "《条例》第十一条情形：" + title, facts.special_case});
  }
  for (const GroundRule& rule : kGroundRules) {
    if (rule.holds(facts)) found.push_back({std::string(rule.code), std::string(rule.chinese), {}});
  }
  return found;
}

}  // namespace jieban
