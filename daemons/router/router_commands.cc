#include "common/domain/command_argument.h"
#include "common/domain/topics.h"
#include "daemons/router/effects.h"
#include "daemons/router/router.h"
#include "daemons/router/unit_choice.h"

namespace jieban {
namespace {

void refuse(const CommandRequest& request, uint64_t order_id, std::string code, std::string reason,
            std::string state, Step& step) {
  CommandRefusal refusal{request.order_no, request.command, std::move(code), std::move(reason),
                         std::move(state)};
  step.emit(
      {.topic = topics::kCommandRefused, .order_id = order_id, .payload = encode_payload(refusal)});
}

std::string wrong_state_reason(const RouterOrder& order, const std::string& command) {
  return "工单当前为“" + std::string(to_chinese(order.state)) + "”，不能" +
         std::string(command_chinese(command)) + "；须处于：" + states_allowing(command);
}

std::string wrong_role_reason(const CommandRequest& request, const CommandRule& rule) {
  Role role{};
  const bool known = from_string(request.role, role);
  std::string who(known ? to_chinese(role) : std::string_view(request.role));
  return (known ? "“" : "没有这个岗位：“") + who + "”" + (known ? "不能" : "；") +
         std::string(rule.chinese) + (known ? "；可由：" : "可由：") + to_chinese(rule.roles);
}

}  // namespace

Result<void> Router::carry_out(const Event& event, Step& step) {
  auto request = decode_payload<CommandRequest>(event.payload);
  if (!request.ok()) return request.error();
  return event.order_id == 0 ? carry_out_for_street(event, *request, step)
                             : carry_out_for_order(event, *request, step);
}

Result<void> Router::carry_out_for_order(const Event& event, const CommandRequest& request,
                                         Step& step) {
  auto current = in_force(step);
  if (!current.ok()) return current.error();
  auto stored = orders_.edit(step.store(), make_key(event.order_id));
  if (!stored.ok()) return stored.error();
  if (*stored == nullptr) {
    refuse(request, event.order_id, "order_unknown", "没有这个工单", "", step);
    return {};
  }
  RouterOrder& order = **stored;
  auto known = courses_.get(step.store(), make_key(event.order_id));
  if (!known.ok()) return known.error();
  OrderCourse course = known->value_or(OrderCourse());
  const OrderState before = order.state;
  RETURN_IF_ERROR(decide(
      event, request, {event.order_id, order, &course, current->rules, current->calendar, step}));
  if (course != known->value_or(OrderCourse())) {
    RETURN_IF_ERROR(courses_.put(step.store(), make_key(event.order_id), course));
  }
  return recount(event.order_id, before, order.state, step);
}

// State, role, guards, in this order: each refusal names the first thing in the way.
Result<void> Router::decide(const Event& event, const CommandRequest& request, const Case& at) {
  const std::string state(to_string(at.order.state));
  auto chosen = request.arguments.find("to");
  const Transition* row =
      find_transition(at.order.state, request.command,
                      chosen == request.arguments.end() ? std::string_view() : chosen->second);
  if (row == nullptr) {
    refuse(request, at.order_id, "state", wrong_state_reason(at.order, request.command), state,
           at.step);
    return {};
  }
  Role role{};
  if (!from_string(request.role, role) || !row->rule->roles.has(role)) {
    refuse(request, at.order_id, "role", wrong_role_reason(request, *row->rule), state, at.step);
    return {};
  }
  auto audit = open_audit(event, request, at);
  if (!audit.ok()) return audit.error();
  OrderTimes times = at.times();
  times.settle();
  auto unmet = first_unmet(*row->rule, {at.order, *at.course, request, at.rules, event.actor, role,
                                        event.occurred_at, *audit ? &**audit : nullptr, &times});
  if (unmet) {
    refuse(request, at.order_id, unmet->code,
           "不能" + std::string(row->chinese) + "：" + unmet->reason, state, at.step);
    return {};
  }
  return take(event, request, at, *row, role, *audit);
}

Result<void> Router::take(const Event& event, const CommandRequest& request, const Case& at,
                          const Transition& row, Role role, const std::optional<AuditCase>& audit) {
  const Asker asker{event.actor, &request};
  const OrderState to = target_of(row, *at.course);
  OrderMove told;
  if (!request.arguments.empty()) told.arguments = request.arguments;
  take_effect(row, to,
              {at.order, *at.course, request, at.rules, event.actor, role, event.occurred_at},
              told);
  if (row.command == "dispatch") {
    CHECK(choose_unit(at.order, &request, at.rules, event.occurred_at, told));
    dispatch(at, row, std::move(told), asker);
    return {};
  }
  if (audit) RETURN_IF_ERROR(keep_material(*audit, request, at, told));
  move(at, row, to, told, asker);
  // Where a unit did not want it, a person decides: the rules would only say the same again.
  if (row.command == "unit_bounce") {
    OrderMove unrouted;
    unrouted.route = note_of(RouteStage::fallback, RouteVerdict::bounced);
    tell_unrouted(at, std::move(unrouted));
  }
  if (row.command == "sign" || row.command == "again") advance(at);
  if (row.command != "again") return {};
  auto erased = materials_.erase(at.step.store(), make_key(at.order_id));
  return erased.ok() ? Result<void>() : erased.error();
}

}  // namespace jieban
