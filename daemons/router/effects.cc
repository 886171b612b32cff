#include "daemons/router/effects.h"

#include <algorithm>
#include <array>

#include "daemons/router/argument_reader.h"
#include "daemons/router/unit_choice.h"

namespace jieban {
namespace {

using Effect = void (*)(const EffectContext& context, OrderMove& told);

void add_arguments(const std::map<std::string, std::string>& more, OrderMove& told) {
  if (!told.arguments) told.arguments.emplace();
  for (const auto& [name, value] : more) {
    std::string& known = (*told.arguments)[name];
    if (known.empty()) known = value;
  }
}

// The sealed part of an earlier command stays with its own event.
std::map<std::string, std::string> open_arguments(const CommandRequest& request) {
  auto open = request.arguments;
  open.erase(std::string(kSealedFields));
  return open;
}

void dispatch(const EffectContext& context, OrderMove&) {
  const uint64_t cap = policy_of(context.rules).bounce_cap;
  context.course.designated = context.course.bounce_count >= cap;
}

void accept(const EffectContext& context, OrderMove&) {
  set_lead(context.course, AssignmentState::accepted);
}

void bounce(const EffectContext& context, OrderMove& told) {
  ++context.course.bounce_count;
  set_lead(context.course, AssignmentState::bounced);
  if (context.order.lead_unit) {
    told.arguments->insert_or_assign("bounced_unit", *context.order.lead_unit);
  }
  context.order.lead_unit.reset();
}

void reassign(const EffectContext& context, OrderMove& told) {
  replace_open(context.course, {AssignmentRole::lead});
  const std::string& unit = argument(context.request, "lead_unit");
  // Who assisted and now leads is not also an assistant.
  if (Assignment* row = open_assignment(context.course, unit)) {
    row->state = AssignmentState::replaced;
  }
  assign(context.course, unit, AssignmentRole::lead);
  told.lead_unit = unit;
  told.route = named_by_hand(context.rules, unit);
  for (std::string& assisting : split_list(argument(context.request, "assist_units"))) {
    if (assisting == unit || open_assignment(context.course, assisting) != nullptr) continue;
    assign(context.course, std::move(assisting), AssignmentRole::assist);
  }
  dispatch(context, told);
}

void add_assignment(const EffectContext& context, OrderMove&) {
  AssignmentRole role{};
  if (!from_string(argument(context.request, "assignment_role"), role)) return;
  assign(context.course, argument(context.request, "unit"), role);
}

void set_assignment(const EffectContext& context, AssignmentState state) {
  Assignment* row = open_assignment(context.course, argument(context.request, "unit"));
  if (row != nullptr) row->state = state;
}

void accept_assignment(const EffectContext& context, OrderMove&) {
  set_assignment(context, AssignmentState::accepted);
}

void finish_assignment(const EffectContext& context, OrderMove&) {
  set_assignment(context, AssignmentState::done);
}

void bounce_assignment(const EffectContext& context, OrderMove&) {
  set_assignment(context, AssignmentState::bounced);
}

void draft_return(const EffectContext& context, OrderMove&) {
  context.course.draft = {context.actor, context.now, open_arguments(context.request)};
}

void request_return(const EffectContext& context, OrderMove& told) {
  const ReturnDraft& draft = *context.course.draft;
  add_arguments(draft.arguments, told);
  told.arguments->insert_or_assign("drafted_by", draft.drafted_by);
  told.arguments->insert_or_assign("drafted_at", format_local(draft.drafted_at));
  context.course.previous = context.order.state;
  context.course.draft.reset();
}

void refuse_return(const EffectContext& context, OrderMove&) {
  ++context.course.return_refused_count;
  context.course.previous.reset();
}

void contact(const EffectContext& context, OrderMove& told) {
  context.course.contacted = true;
  if (context.order.state == OrderState::dispatched) accept(context, told);
}

void request_extension(const EffectContext& context, OrderMove& told) {
  auto& extensions = context.course.extensions;
  if (extensions.size() == kHistoryMax) extensions.erase(extensions.begin());
  Extension asked{context.actor,        context.now,
                  "requested",          open_arguments(context.request),
                  context.order.due_at, *time_argument(context.request, "due_at")};
  std::erase_if(asked.arguments, [](const auto& each) { return each.second.empty(); });
  if (asked.old_due) told.arguments->insert_or_assign("old_due", format_local(*asked.old_due));
  extensions.push_back(std::move(asked));
}

void approve_extension(const EffectContext& context, OrderMove& told) {
  Extension& asked = context.course.extensions.back();
  asked.status = "approved";
  add_arguments(asked.arguments, told);
  told.arguments->insert_or_assign("requested_by", asked.requested_by);
  told.arguments->insert_or_assign("requested_at", format_local(asked.requested_at));
  told.due_at = asked.new_due;
  context.order.due_at = asked.new_due;
  ++context.course.extensions_approved;
}

void refuse_extension(const EffectContext& context, OrderMove&) {
  context.course.extensions.back().status = "refused";
}

void hand_in(const EffectContext& context, OrderMove&) {
  set_lead(context.course, AssignmentState::done);
  context.course.audit_passed = false;
}

void fail_audit(const EffectContext& context, OrderMove&) {
  set_lead(context.course, AssignmentState::accepted);
  context.course.audit_passed = false;
}

void pass_audit(const EffectContext& context, OrderMove&) { context.course.audit_passed = true; }

void reject(const EffectContext& context, OrderMove&) {
  ++context.course.reject_count;
  context.course.audit_passed = false;
}

void redo(const EffectContext& context, OrderMove& told) {
  if (told.to == OrderState::handling) set_lead(context.course, AssignmentState::accepted);
}

void feed_back(const EffectContext& context, OrderMove&) { context.course.fed_back = true; }

// A new round begins as an order does; what is known of the order stays.
void begin_round(const EffectContext& context, OrderMove& told) {
  OrderCourse& course = context.course;
  context.order.round = context.order.round.value_or(1) + 1;
  told.round = context.order.round;
  context.order.due_at = time_argument(context.request, "due_at");
  told.due_at = context.order.due_at;
  told.order_class = context.order.order_class;
  told.category = context.order.category;
  told.community = context.order.community;
  context.order.lead_unit.reset();
  context.order.signed_at.reset();
  course.bounce_count = 0;
  course.extensions_approved = 0;
  course.designated = false;
  course.contacted = false;
  course.fed_back = false;
  course.audit_passed = false;
  course.draft.reset();
  course.previous.reset();
  course.paused_clocks.clear();
  if (pending_extension(course) != nullptr) course.extensions.back().status = "lapsed";
}

void register_hard_case(const EffectContext& context, OrderMove&) {
  set_flag(context.course, "hang_up");
}

void whistle(const EffectContext& context, OrderMove&) {
  set_flag(context.course, "whistled");
  for (std::string& unit : split_list(argument(context.request, "called_units"))) {
    if (open_assignment(context.course, unit) != nullptr) continue;
    assign(context.course, std::move(unit), AssignmentRole::whistle);
  }
}

void submit_appeal(const EffectContext& context, OrderMove&) {
  context.course.appeal_pending = true;
}

void decide_appeal(const EffectContext& context, OrderMove&) {
  context.course.appeal_pending = false;
}

void set_rectification(const EffectContext& context, const char* state) {
  if (!context.course.rectifications) context.course.rectifications.emplace();
  (*context.course.rectifications)[argument(context.request, "rectification")] = state;
}

void demand_rectification(const EffectContext& context, OrderMove&) {
  set_rectification(context, kRectificationDemanded);
}

void finish_rectification(const EffectContext& context, OrderMove&) {
  set_rectification(context, kRectificationDone);
}

void refuse_rectification(const EffectContext& context, OrderMove&) {
  set_rectification(context, kRectificationRefused);
}

void reclassify(const EffectContext& context, OrderMove& told) {
  context.order.order_class = argument(context.request, "order_class");
  told.order_class = context.order.order_class;
}

void raise_flag(const EffectContext& context, OrderMove&) {
  const std::string& flag = argument(context.request, "flag");
  set_flag(context.course, flag);
  if (flag == "duplicate") context.course.duplicate_of = argument(context.request, "duplicate_of");
}

void lower_flag(const EffectContext& context, OrderMove&) {
  const std::string& flag = argument(context.request, "flag");
  clear_flag(context.course, flag);
  if (flag == "duplicate") context.course.duplicate_of.reset();
}

void link_parent(const EffectContext& context, OrderMove&) {
  context.course.parent_order_no = argument(context.request, "parent_order_no");
}

void pause_clock(const EffectContext& context, OrderMove&) {
  context.course.paused_clocks.push_back(argument(context.request, "clock"));
}

void resume_clock(const EffectContext& context, OrderMove&) {
  std::erase(context.course.paused_clocks, argument(context.request, "clock"));
}

struct Row {
  std::string_view command;
  Effect effect;
};

// A command without a row changes the state only.
constexpr std::array<Row, 37> kEffects = {{
    {"dispatch", dispatch},
    {"accept", accept},
    {"unit_bounce", bounce},
    {"reassign", reassign},
    {"add_assignment", add_assignment},
    {"accept_assignment", accept_assignment},
    {"finish_assignment", finish_assignment},
    {"bounce_assignment", bounce_assignment},
    {"draft_return", draft_return},
    {"request_return", request_return},
    {"return_refused", refuse_return},
    {"contact", contact},
    {"extend_request", request_extension},
    {"extend_approved", approve_extension},
    {"extend_refused", refuse_extension},
    {"hand_in", hand_in},
    {"audit_fail", fail_audit},
    {"audit_pass", pass_audit},
    {"reject", reject},
    {"redo", redo},
    {"again", begin_round},
    {"feedback", feed_back},
    {"register_hard_case", register_hard_case},
    {"whistle", whistle},
    {"whistle_arrived", accept_assignment},
    {"appeal_submit", submit_appeal},
    {"appeal_decided", decide_appeal},
    {"demand_rectification", demand_rectification},
    {"finish_rectification", finish_rectification},
    {"refuse_rectification", refuse_rectification},
    {"raise_class", reclassify},
    {"lower_class", reclassify},
    {"set_flag", raise_flag},
    {"clear_flag", lower_flag},
    {"link_parent", link_parent},
    {"pause_clock", pause_clock},
    {"resume_clock", resume_clock},
}};

// In these nobody has work to do.
bool ends_work(OrderState to) { return is_terminal(to) || to == OrderState::new_order; }

}  // namespace

OrderState target_of(const Transition& row, const OrderCourse& course) {
  if (row.to) return *row.to;
  return course.previous.value_or(OrderState::signed_in);
}

void take_effect(const Transition& row, OrderState to, const EffectContext& context,
                 OrderMove& told) {
  spread_assignments(context.order, context.course);
  told.to = to;
  for (const Row& each : kEffects) {
    if (each.command == row.command) each.effect(context, told);
  }
  if (ends_work(to)) replace_all_open(context.course);
  if (is_terminal(to)) context.course.draft.reset();
}

void place_units(RouterOrder& order, OrderCourse* course, OrderMove told) {
  if (course == nullptr || course->assignments.empty()) {
    order.assist_units = std::move(told.assist_units);
    return;
  }
  // A whistle was blown for the order, whoever leads it.
  replace_open(*course, {AssignmentRole::lead, AssignmentRole::assist, AssignmentRole::cc});
  assign(*course, *told.lead_unit, AssignmentRole::lead);
  if (!told.assist_units) return;
  for (std::string& unit : *told.assist_units) {
    assign(*course, std::move(unit), AssignmentRole::assist);
  }
}

}  // namespace jieban
