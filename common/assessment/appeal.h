// Assessment appeals (考核申诉): their states, their points, who may be a candidate (DOMAIN §10.2
// to §10.4).
//
// The states are a table; there is no other place where a move is allowed. What the points are is
// data of the street: the official list is not public.
// Fails: move_appeal() with `refused`, in Chinese, when the table has no such row.
// Thread rule: plain values and pure functions.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/assessment/three_rates.h"
#include "common/base/clock.h"
#include "common/base/result.h"

namespace jieban {

enum class AppealState {
  candidate,        // 候选
  draft,            // 起草
  internal_review,  // 内审
  submitted,        // 已上报
  district_pass,    // 区通过
  district_back,    // 区退回补正
  district_deny,    // 区否
  city_pass,        // 市通过（剔除）
  city_deny,        // 市查否
  closed,           // 已结束
  expired,          // 逾期
  withdrawn,        // 撤回
};

std::string_view to_string(AppealState state);  // "DISTRICT_PASS"
std::string_view to_chinese(AppealState state);
std::optional<AppealState> parse_appeal_state(std::string_view text);
std::span<const AppealState> all_appeal_states();

struct AppealMove {
  AppealState from;
  std::string_view action;
  AppealState to;
  std::string_view chinese;
};
std::span<const AppealMove> appeal_moves();
Result<AppealState> move_appeal(AppealState from, std::string_view action);

enum class Verdict { pass, back, deny };

struct Appeal {
  std::string appeal_id;
  std::string order_no;
  std::string cycle;   // "2026-07"
  std::string route;   // unreasonable or assessment
  std::string target;  // response, solved, satisfied, all, overdue
  std::string point_code;
  std::string reason_text;
  std::vector<std::string> citations;
  std::vector<std::string> evidence;  // names of the files, in their order
  std::string drafted_by;
  std::string reviewed_by;
  std::string approved_by;
  std::optional<Timestamp> deadline;
  std::optional<Timestamp> submitted_at;
  std::optional<Verdict> district_result;
  std::optional<Timestamp> district_at;
  std::optional<Verdict> city_result;
  std::optional<Timestamp> city_at;
  std::string result_reason;
  uint64_t rework_count = 0;
  AppealState state = AppealState::candidate;

  // The order stays in the full basis and leaves the net one.
  bool excludes() const { return city_result == Verdict::pass; }
  bool decided() const { return city_result.has_value() || district_result == Verdict::deny; }
};

struct AppealPoint {
  std::string code;
  std::string title;
  std::string route;
  std::string law_basis;
  std::vector<std::string> required_evidence;
  std::vector<std::string> categories;  // prefixes, cut at ">" only
  std::vector<std::string> keywords;    // of title and content
  Date valid_from{};
  std::optional<Date> valid_to;
  std::string note;

  bool in_force(Date day) const { return valid_from <= day && (!valid_to || day <= *valid_to); }
  bool matches(std::string_view category, std::string_view text) const;
};

struct AppealPoints {
  std::string version;
  bool official = false;
  std::vector<AppealPoint> points;

  const AppealPoint* find(std::string_view code) const;
};

// What is known of an order that may be appealed against.
struct AppealFacts {
  std::string category;
  std::string text;
  std::string special_case;  // "SC2"
  bool repeat_without_new_facts = false;
  bool unreachable_proved = false;
  std::optional<Timestamp> evidence_at;  // of the solution
  std::optional<Timestamp> visit_at;
  std::string objective_basis;  // the law that names the limit
  bool overdue = false;
  Visit visit;
};

// What the order lost by: "response", "solved", "satisfied", "overdue".
std::vector<std::string> losses(const AppealFacts& facts);

struct AppealGround {
  std::string code;     // "point", "special_case", ...
  std::string chinese;  // for the officer
  std::string point;    // the point that stands behind it; may be empty
};
// Empty: no candidate (DOMAIN §10.3).
std::vector<AppealGround> grounds(const AppealFacts& facts, const AppealPoints& points, Date day);

}  // namespace jieban
