#include "daemons/router/duty_guards.h"

#include <algorithm>
#include <array>

#include "common/clocks/extension.h"
#include "daemons/router/argument_reader.h"
#include "daemons/router/unit_choice.h"

namespace jieban::guards {
namespace {

Unmet holds_if(bool good) { return good ? std::nullopt : Unmet(""); }

// Reasons that say that another unit should have it (DOMAIN §5.3).
constexpr std::array<std::string_view, 4> kNeedsSuggestion = {"TERRITORY", "DUTY", "OWNERSHIP",
                                                              "OVERLAP"};

bool bounced_too_often(const GuardContext& context) {
  return context.course.bounce_count >= policy_of(context.rules).bounce_cap;
}

std::string until(Timestamp at) { return "最迟到 " + format_local(at); }

// Why the due time is not put off to there: as the watcher would say (common/clocks/extension.h).
Unmet extension_fault(const GuardContext& context, Timestamp wanted) {
  const OrderTimes& times = *context.times;
  const ClassRules rules = clock_rules_of(context.rules, context.order.order_class);
  if (!times.may_run(ClockKind::due)) return "办理时限已停止计时";
  const Duration length = extension_length(rules);
  // A due time by rule is not known of an order from before the class table.
  const auto due = times.due();
  if (!due) {
    const Timestamp latest = context.now + length + length;
    return wanted <= latest ? std::nullopt : Unmet(until(latest));
  }
  switch (judge_extension(rules, {.due = *due,
                                  .paused_since = times.paused_since(ClockKind::due),
                                  .wanted = wanted,
                                  .approved = context.course.extensions_approved,
                                  .now = times.now()})) {
    case ExtensionFault::none:
      return std::nullopt;
    case ExtensionFault::expired:
      return "办理时限 " + format_local(*due) + " 已过";
    case ExtensionFault::earlier:
      return "现办理时限为 " + format_local(*due);
    case ExtensionFault::count:
      return "上限 " + std::to_string(rules.extension.count) + " 次";
    case ExtensionFault::length:
      return until(*due + length);
  }
  return std::nullopt;
}

// "court 司法程序、..."; empty when no clock of the class may stand still.
std::string pauses_of(const ClassRules& rules) {
  std::string reasons;
  for (PauseReason reason : rules.pauses) {
    const std::string_view word = to_string(reason);
    if (!reasons.empty()) reasons += "、";
    reasons += std::string(word) + " " + std::string(code_chinese(CodeSet::pause_reason, word));
  }
  return reasons;
}

// The clock would go on, and nobody would see it.
Unmet pause_is_off(const GuardContext& context) {
  const std::string& order_class = context.order.order_class;
  const ClassRules rules = clock_rules_of(context.rules, order_class);
  PauseReason reason{};
  const bool known = from_string(argument(context.request, "reason"), reason);
  if (known && rules.may_pause(reason)) return std::nullopt;
  const std::string allowed = pauses_of(rules);
  return "“" + std::string(code_chinese(CodeSet::order_class, order_class)) + "”类工单的时限" +
         (allowed.empty() ? std::string("不得因任何原因暂停") : "只能因 " + allowed + " 暂停") +
         "，依据 config/clocks.yaml 中 classes." + order_class + ".pauses";
}

// The watcher could not count the clocks of another.
Unmet class_has_limits(const GuardContext& context) {
  const std::string& wanted = argument(context.request, "order_class");
  const bool known = !context.rules.classes || context.rules.classes->contains(wanted);
  return known ? std::nullopt : Unmet("config/clocks.yaml 的 classes 没有 " + wanted);
}

struct Need {
  std::string_view name;
  bool (*met)(const GuardContext& context);
  std::string_view chinese;
};

bool no_open_assistance(const GuardContext& context) {
  return std::ranges::none_of(context.course.assignments, [](const Assignment& row) {
    return row.role == AssignmentRole::assist && row.is_open();
  });
}

constexpr std::array<Need, 4> kNeeds = {{
    {"contact", [](const GuardContext& c) { return c.course.contacted; }, "联系诉求人的记录"},
    {"feedback", [](const GuardContext& c) { return c.course.fed_back; }, "反馈记录"},
    {"text", [](const GuardContext& c) { return has_text(c.request, "text"); }, "办理结果 text"},
    {"assignments", no_open_assistance, "协办单位的反馈"},
}};
static_assert(std::ranges::equal(kNeeds, kHandInNeeds, {}, &Need::name));

}  // namespace

Unmet needs_unit(const GuardContext& context) {
  OrderMove told;
  return holds_if(choose_unit(context.order, &context.request, context.rules, context.now, told));
}

Unmet bounce_cap(const GuardContext& context) {
  if (context.role == Role::team_leader || !bounced_too_often(context)) return std::nullopt;
  return "已退回 " + std::to_string(context.course.bounce_count) + " 次";
}

Unmet may_bounce(const GuardContext& context) { return holds_if(!context.course.designated); }

Unmet bounce_fields(const GuardContext& context) {
  return require_code(context.request, "reason_code", CodeSet::return_reason);
}

Unmet self_answer(const GuardContext& context) {
  if (context.order.order_class == "consult") return std::nullopt;
  const auto& listed = policy_of(context.rules).seat_answers;
  return holds_if(std::ranges::any_of(listed, [&](const std::string& category) {
    return is_category_prefix(category, context.order.category);
  }));
}

// Art. 17; what the rules choose was looked at by them.
Unmet community_lead(const GuardContext& context) {
  const std::string& unit = argument(context.request, "lead_unit");
  if (unit.empty()) return std::nullopt;
  const RouterOrder& order = context.order;
  const RouteVerdict verdict = may_lead(context.rules, unit, order.category, order.community,
                                        order.judged_at.value_or(context.now));
  if (verdict == RouteVerdict::matched || verdict == RouteVerdict::on_duty_list)
    return std::nullopt;
  if (verdict == RouteVerdict::community_unknown) return std::string(to_chinese(verdict));
  return order.category.empty() ? "工单没有问题分类" : "问题分类：" + order.category;
}

Unmet unit_named(const GuardContext& context) {
  const std::string& unit = argument(context.request, "lead_unit");
  return holds_if(!unit.empty() && unit != context.order.lead_unit);
}

Unmet assignment_fields(const GuardContext& context) {
  const std::string& unit = argument(context.request, "unit");
  Unmet fault =
      first_of({require_argument(context.request, "unit"),
                require_code(context.request, "assignment_role", CodeSet::assignment_role)});
  if (fault) return fault;
  bool leads = unit == context.order.lead_unit;
  return holds_if(!leads && open_assignment(context.course, unit) == nullptr);
}

Unmet assignment_open(const GuardContext& context) {
  return holds_if(open_assignment(context.course, argument(context.request, "unit")) != nullptr);
}

Unmet return_fields(const GuardContext& context) {
  const std::string& reason = argument(context.request, "reason_code");
  bool suggests = std::ranges::find(kNeedsSuggestion, reason) != kNeedsSuggestion.end();
  return first_of({require_code(context.request, "reason_code", CodeSet::return_reason),
                   require_text(context.request, "basis"),
                   require_argument(context.request, "evidence"),
                   suggests ? require_argument(context.request, "suggested_unit") : Fault()});
}

Unmet return_second_person(const GuardContext& context) {
  if (!context.course.draft) return "还没有拟退单";
  if (context.course.draft->drafted_by == context.actor) return "审核人不能是拟退单的人";
  return std::nullopt;
}

// By the clock of the watcher: from the signature, and a pause is no time.
Unmet return_window(const GuardContext& context) {
  if (says_yes(context.request, "override")) return std::nullopt;
  const auto end = context.times->return_end();
  if (!end) return std::nullopt;
  const auto paused = context.times->paused_since(ClockKind::return_window);
  if (std::min(context.now, paused.value_or(context.now)) <= *end) return std::nullopt;
  return "窗口止于 " + format_local(*end);
}

Unmet extension_fields(const GuardContext& context) {
  Unmet fault = first_of({require_code(context.request, "reason_code", CodeSet::extension_reason),
                          require_future(context.request, "due_at", context.now),
                          allow_past(context.request, "caller_told_at", context.now),
                          allow_past(context.request, "hotline_told_at", context.now)});
  return fault ? fault : extension_fault(context, *time_argument(context.request, "due_at"));
}

Unmet extension_single(const GuardContext& context) {
  return holds_if(pending_extension(context.course) == nullptr);
}

Unmet extension_count(const GuardContext& context) {
  const uint64_t most = clock_rules_of(context.rules, context.order.order_class).extension.count;
  if (context.course.extensions_approved < most) return std::nullopt;
  return "上限 " + std::to_string(most) + " 次";
}

Unmet extension_pending(const GuardContext& context) {
  return holds_if(pending_extension(context.course) != nullptr);
}

Unmet extension_second_person(const GuardContext& context) {
  return holds_if(pending_extension(context.course)->requested_by != context.actor);
}

// Art. 15: without both the approval is refused; each may have come with the request already.
Unmet extension_proofs(const GuardContext& context) {
  const Extension& asked = *pending_extension(context.course);
  // Since it was asked the due time, or the class, may have changed.
  if (Unmet fault = extension_fault(context, asked.new_due)) return fault;
  for (const char* name : {"caller_told_at", "hotline_told_at"}) {
    if (asked.arguments.contains(name)) continue;
    Unmet fault = require_past(context.request, name, context.now);
    if (fault) return fault;
  }
  return std::nullopt;
}

Unmet hand_in_policy(const GuardContext& context) {
  for (const std::string& wanted : policy_of(context.rules).hand_in_needs) {
    for (const Need& need : kNeeds) {
      if (need.name == wanted && !need.met(context)) return "缺少" + std::string(need.chinese);
    }
  }
  return std::nullopt;
}

Unmet submit_policy(const GuardContext& context) {
  return holds_if(!policy_of(context.rules).submit_needs_audit || context.course.audit_passed);
}

Unmet class_raised(const GuardContext& context) {
  const std::string& wanted = argument(context.request, "order_class");
  Unmet fault = require_code(context.request, "order_class", CodeSet::order_class);
  if (fault) return fault;
  if (class_rank(wanted) > class_rank(context.order.order_class)) {
    return class_has_limits(context);
  }
  return "";
}

Unmet class_lowered(const GuardContext& context) {
  const std::string& wanted = argument(context.request, "order_class");
  Unmet fault = require_code(context.request, "order_class", CodeSet::order_class);
  if (fault) return fault;
  if (class_rank(wanted) < class_rank(context.order.order_class)) {
    return class_has_limits(context);
  }
  return "";
}

Unmet flag_to_set(const GuardContext& context) {
  const std::string& flag = argument(context.request, "flag");
  const std::string& original = argument(context.request, "duplicate_of");
  Unmet fault = require_code(context.request, "flag", CodeSet::order_flag);
  if (!fault && flag == "duplicate") {
    fault = require_argument(context.request, "duplicate_of");
    if (!fault && original == context.order.order_no) fault = "不能重复于自己";
  }
  return fault ? fault : holds_if(!has_flag(context.course, flag));
}

Unmet flag_to_clear(const GuardContext& context) {
  return holds_if(has_flag(context.course, argument(context.request, "flag")));
}

Unmet clock_to_pause(const GuardContext& context) {
  const std::string& clock = argument(context.request, "clock");
  Unmet fault = first_of({require_code(context.request, "clock", CodeSet::clock),
                          require_code(context.request, "reason", CodeSet::pause_reason),
                          require_argument(context.request, "evidence")});
  if (!fault) fault = pause_is_off(context);
  if (fault) return fault;
  ClockKind kind{};
  const bool runs = from_string(clock, kind) && context.times->may_run(kind);
  if (!runs) return "“" + std::string(code_chinese(CodeSet::clock, clock)) + "”时限没有在计时";
  const auto& paused = context.course.paused_clocks;
  return holds_if(std::ranges::find(paused, clock) == paused.end());
}

Unmet clock_to_resume(const GuardContext& context) {
  const auto& paused = context.course.paused_clocks;
  const std::string& clock = argument(context.request, "clock");
  return holds_if(std::ranges::find(paused, clock) != paused.end());
}

Unmet clock_to_reanchor(const GuardContext& context) {
  if (argument(context.request, "clock").empty()) return std::nullopt;
  return require_code(context.request, "clock", CodeSet::clock);
}

Unmet parent_fields(const GuardContext& context) {
  const std::string& parent = argument(context.request, "parent_order_no");
  return holds_if(!parent.empty() && parent != context.order.order_no);
}

Unmet round_next(const GuardContext& context) {
  const std::string& round = argument(context.request, "round");
  const uint64_t next = context.order.round.value_or(1) + 1;
  if (!argument(context.request, "due_at").empty()) {
    Unmet fault = require_future(context.request, "due_at", context.now);
    if (fault) return fault;
  }
  if (round.empty() || round == std::to_string(next)) return std::nullopt;
  return "下一轮次为 " + std::to_string(next);
}

}  // namespace jieban::guards
