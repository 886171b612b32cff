#include "daemons/router/record_guards.h"

#include "daemons/router/argument_reader.h"
#include "daemons/router/unit_choice.h"

namespace jieban::guards {
namespace {

Unmet holds_if(bool good) { return good ? std::nullopt : Unmet(""); }

// A code that may be left out.
Fault allow_code(const CommandRequest& request, std::string_view name, CodeSet set) {
  return argument(request, name).empty() ? std::nullopt : require_code(request, name, set);
}

}  // namespace

Unmet reason_given(const GuardContext& context) {
  bool given = !argument(context.request, "reason_code").empty();
  return holds_if(given || has_text(context.request, "text"));
}

Unmet contact_fields(const GuardContext& context) {
  return first_of({require_code(context.request, "method", CodeSet::contact_method),
                   require_argument(context.request, "connected"),
                   allow_code(context.request, "caller_attitude", CodeSet::caller_attitude),
                   allow_past(context.request, "happened_at", context.now)});
}

Unmet stage_fields(const GuardContext& context) { return require_text(context.request, "text"); }

Unmet feedback_times(const GuardContext& context) {
  return first_of({require_past(context.request, "caller_told_at", context.now),
                   require_past(context.request, "hotline_told_at", context.now)});
}

Unmet failed_items(const GuardContext& context) {
  return require_argument(context.request, "failed_items");
}

Unmet audit_open(const GuardContext& context) { return holds_if(!context.course.audit_passed); }

Unmet reject_fields(const GuardContext& context) {
  return require_code(context.request, "reason_code", CodeSet::reject_reason);
}

Unmet cancel_fields(const GuardContext& context) {
  return require_code(context.request, "reason_code", CodeSet::cancel_reason);
}

// Who was not reached has not answered anything.
Unmet visit_fields(const GuardContext& context) {
  const CommandRequest& request = context.request;
  Unmet fault = first_of({require_code(request, "method", CodeSet::visit_method),
                          require_argument(request, "reached"),
                          allow_past(request, "happened_at", context.now)});
  if (fault || !says_yes(request, "reached")) return fault;
  return first_of({require_argument(request, "contacted"),
                   require_code(request, "solved", CodeSet::solved),
                   require_code(request, "satisfied", CodeSet::satisfied)});
}

Unmet review_fields(const GuardContext& context) {
  return first_of({require_code(context.request, "cause", CodeSet::review_cause),
                   require_text(context.request, "conclusion")});
}

Unmet hard_case_fields(const GuardContext& context) {
  const CommandRequest& request = context.request;
  return first_of({require_code(request, "reason_code", CodeSet::hard_case_reason),
                   require_argument(request, "case_leader"), require_text(request, "plan"),
                   require_code(request, "exit_condition", CodeSet::exit_condition),
                   require_future(request, "next_check_at", context.now)});
}

Unmet whistle_fields(const GuardContext& context) {
  Unmet fault = first_of({require_argument(context.request, "called_units"),
                          require_text(context.request, "matter"),
                          require_future(context.request, "respond_by", context.now)});
  if (fault) return fault;
  for (const std::string& unit : split_list(argument(context.request, "called_units"))) {
    bool has_it =
        unit == context.order.lead_unit || open_assignment(context.course, unit) != nullptr;
    if (has_it) return unit + " 已有未完成的任务";
  }
  return std::nullopt;
}

Unmet whistle_unit(const GuardContext& context) {
  const Assignment* called = open_assignment(context.course, argument(context.request, "unit"));
  bool waits = called != nullptr && called->role == AssignmentRole::whistle &&
               called->state == AssignmentState::pending;
  if (!waits) return "";
  return first_of({require_past(context.request, "arrived_at", context.now),
                   allow_code(context.request, "result", CodeSet::whistle_result)});
}

Unmet appeal_fields(const GuardContext& context) {
  Unmet fault = first_of({require_code(context.request, "route", CodeSet::appeal_route),
                          require_code(context.request, "target", CodeSet::appeal_target),
                          require_argument(context.request, "point_code")});
  return fault ? fault : holds_if(!context.course.appeal_pending);
}

Unmet appeal_pending(const GuardContext& context) {
  if (!context.course.appeal_pending) return "";
  return require_code(context.request, "result", CodeSet::appeal_result);
}

Unmet appeals_decided(const GuardContext& context) {
  return holds_if(!context.course.appeal_pending);
}

}  // namespace jieban::guards
