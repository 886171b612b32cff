#include "daemons/router/router.h"

#include <algorithm>
#include <array>

#include "common/domain/topics.h"
#include "daemons/router/argument_reader.h"
#include "daemons/router/audit_rules.h"
#include "daemons/router/effects.h"
#include "daemons/router/unit_choice.h"

namespace jieban {
namespace {

// What an update changed of the facts, by name.
struct ChangesPart {
  struct Name {
    std::string name;
    template <class Visit>
    static void fields(Visit& visit) {
      visit("name", &Name::name);
    }
  };
  std::vector<Name> changes;

  bool has(std::string_view name) const {
    return std::ranges::find(changes, name, &Name::name) != changes.end();
  }
  template <class Visit>
  static void fields(Visit& visit) {
    visit("changes", &ChangesPart::changes);
  }
};

OrderOpening opening_of(const RouterOrder& order, const RoutedFacts& facts, Timestamp arrived_at) {
  OrderOpening opening;
  opening.order_no = order.order_no;
  opening.order_class = order.order_class;
  opening.category = order.category;
  opening.community = order.community;
  opening.clock_start = facts.dispatched_at.value_or(arrived_at);
  opening.due_at = order.due_at;
  return opening;
}

// What screening said of the order, for the dispatch that comes later.
void keep(RouterOrder& order, const RouteDecision& decision) {
  order.suggestion.reset();
  order.suggested_by.reset();
  if (!decision.suggestion) return;
  order.suggestion = decision.suggestion->reason;
  order.suggested_by = decision.suggestion->rule;
}

}  // namespace

Result<void> Router::open(TableOpener& tables) {
  RETURN_IF_ERROR(book_.open(tables, "router"));
  RETURN_IF_ERROR(checklists_.open(tables, std::string(kAuditRules)));
  RETURN_IF_ERROR(materials_.open(tables, "materials"));
  RETURN_IF_ERROR(reuse_.open(tables));
  RETURN_IF_ERROR(counts_.open(tables, "state_counts"));
  RETURN_IF_ERROR(unsigned_.open(tables, "unsigned_orders"));
  RETURN_IF_ERROR(courses_.open(tables, "courses"));
  RETURN_IF_ERROR(links_.open(tables));
  RETURN_IF_ERROR(open_.open(tables));
  RETURN_IF_ERROR(watch_.open(tables, "watch"));
  RETURN_IF_ERROR(board_.open(tables, "alarm_board"));
  RETURN_IF_ERROR(beyond_.open(tables, "alarms_beyond"));
  return orders_.open(tables, "orders");
}

Result<void> Router::count(OrderState state, int64_t by, Step& step) {
  std::string key = make_key(to_string(state));
  auto stored = counts_.edit(step.store(), key);
  if (!stored.ok()) return stored.error();
  StateCount& row = *stored != nullptr ? **stored : counts_.add(step.store(), key, StateCount());
  row.orders = uint64_t(int64_t(row.orders) + by);
  return {};
}

// Notes what is counted over all orders; `before` is empty for a new one.
Result<void> Router::recount(uint64_t order_id, std::optional<OrderState> before, OrderState after,
                             Step& step) {
  if (before == after) return {};
  if (before) RETURN_IF_ERROR(count(*before, -1, step));
  RETURN_IF_ERROR(count(after, 1, step));
  RETURN_IF_ERROR(open_.follow(order_id, before, after, step.store(), step.now()));
  if (after == OrderState::new_order) {
    unsigned_.add(step.store(), make_key(order_id), {step.now()});
  } else if (before == OrderState::new_order) {
    auto erased = unsigned_.erase(step.store(), make_key(order_id));
    if (!erased.ok()) return erased.error();
  }
  return {};
}

Result<void> Router::apply(const Event& event, Step& step) {
  using Apply = Result<void> (Router::*)(const Event&, Step&);
  struct Row {
    std::string_view topic;
    Apply apply;
  };
  static constexpr std::array<Row, 8> kRows = {{
      {topics::kOrderReceived, &Router::open_order},
      {topics::kOrderUpdated, &Router::amend_order},
      {topics::kImportDone, &Router::note_import},
      {topics::kAlertOpened, &Router::note_alarm},
      {topics::kAlertAcknowledged, &Router::note_alarm},
      {topics::kAlertResolved, &Router::note_alarm},
      {topics::kChannelFailed, &Router::note_channel},
      {topics::kChannelRecovered, &Router::note_channel},
  }};
  if (event.topic == topics::kRulesLoaded) {
    // The rules of others are no business of the router.
    return event.stream == step.stream() ? load_rules(event, step) : Result<void>();
  }
  for (const Row& row : kRows) {
    if (row.topic == event.topic) return (this->*row.apply)(event, step);
  }
  return event.topic.starts_with(topics::kCommandPrefix) ? carry_out(event, step) : Result<void>();
}

Result<Router::InForce> Router::in_force(Step& step) const {
  auto current = book_.current(step.store());
  if (!current.ok()) return current.error();
  if (*current == nullptr) return Error{ErrorCode::unavailable, "no routing rules were loaded"};
  InForce found{**current, nullptr};
  if (!found.rules.calendar) return found;
  auto calendar = calendars_.calendar(*found.rules.calendar, book_.parses());
  if (!calendar.ok()) return calendar.error();
  found.calendar = *calendar;
  return found;
}

Result<void> Router::open_order(const Event& event, Step& step) {
  auto current = in_force(step);
  if (!current.ok()) return current.error();
  const RouterRules& rules = current->rules;
  RETURN_IF_ERROR(note_intake(step));
  auto intake = decode_payload<RoutedIntake>(event.payload);
  if (!intake.ok()) return intake.error();
  const RoutedFacts& facts = intake->facts;
  const RouteFacts routed = facts_of(facts, event.occurred_at);
  auto links = links_.link(event.order_id, *intake, routed.at, repeat_policy_of(rules), orders_,
                           step.store());
  if (!links.ok()) return links.error();
  NoTrace nobody;
  const RouteDecision decision = screen(rules, routed, *links, nobody);

  RouterOrder order;
  order.order_no = facts.order_no;
  order.order_class = decision.order_class.order_class;
  order.category = facts.category;
  order.community = facts.community;
  order.keywords = facts.keywords;
  order.due_at = facts.due_at;
  if (facts.round > 1) order.round = facts.round;
  if (!facts.order_type.empty()) order.order_type = facts.order_type;
  order.judged_at = facts.dispatched_at;
  keep(order, decision);
  OrderOpening opening = opening_of(order, facts, event.occurred_at);
  opening.class_rule = decision.order_class.rule;
  opening.route = note_of(decision, *links, tags_of(rules, routed));
  opening.rules_version = rules.version;
  step.emit({.topic = topics::kOrderOpened,
             .order_id = event.order_id,
             .payload = encode_payload(opening)});
  const Case at{event.order_id, order, nullptr, rules, current->calendar, step};
  at.times().open(opening.clock_start);
  if (rules.sign_automatically) advance(at);
  const OrderState after = order.state;
  orders_.add(step.store(), make_key(event.order_id), std::move(order));
  return recount(event.order_id, std::nullopt, after, step);
}

// New facts change what later decisions see, and the clocks; not the state, nor a dispatch that
// was made already.
Result<void> Router::amend_order(const Event& event, Step& step) {
  auto current = in_force(step);
  if (!current.ok()) return current.error();
  const RouterRules& rules = current->rules;
  RETURN_IF_ERROR(note_intake(step));
  auto intake = decode_payload<RoutedIntake>(event.payload);
  if (!intake.ok()) return intake.error();
  auto stored = orders_.edit(step.store(), make_key(event.order_id));
  if (!stored.ok()) return stored.error();
  if (*stored == nullptr)
    return Error{ErrorCode::not_found, "order.updated for an order never opened"};
  RouterOrder& order = **stored;
  const RoutedFacts& facts = intake->facts;
  order.category = facts.category;
  order.community = facts.community;
  order.keywords = facts.keywords;
  RETURN_IF_ERROR(correct_due(event, *intake, order, *current, step));
  order.judged_at = facts.dispatched_at;
  const RouteFacts routed = facts_of(facts, event.occurred_at);
  NoTrace nobody;
  const RouteDecision decision = screen(rules, routed, {}, nobody);
  keep(order, decision);
  OrderOpening amended = opening_of(order, facts, event.occurred_at);
  amended.class_rule = "kept";
  amended.rules_version = rules.version;
  amended.state = to_string(order.state);
  amended.route = note_of(decision, {}, tags_of(rules, routed));
  step.emit({.topic = topics::kOrderAmended,
             .order_id = event.order_id,
             .payload = encode_payload(amended)});
  return {};
}

// An approved extension, or the due time of another round, stands until the city prints another.
Result<void> Router::correct_due(const Event& event, const RoutedIntake& intake, RouterOrder& order,
                                 const InForce& current, Step& step) {
  auto told = decode_payload<ChangesPart>(event.payload);
  if (!told.ok()) return told.error();
  if (!told->has("due_at") || !intake.facts.due_at) return {};
  const std::string key = make_key(event.order_id);
  auto known = courses_.get(step.store(), key);
  if (!known.ok()) return known.error();
  OrderCourse course = known->value_or(OrderCourse());
  const Case at{event.order_id, order, &course, current.rules, current.calendar, step};
  at.times().settle();
  at.times().correct_due(*intake.facts.due_at);
  if (!*known || course == **known) return {};
  return courses_.put(step.store(), key, course);
}

// Takes the rows that need nobody: signing where that is automatic, then dispatch by the rules.
void Router::advance(const Case& at) {
  static const Asker kSystem{"system", nullptr};
  if (at.order.state == OrderState::new_order && at.rules.sign_automatically) {
    const Transition* row = find_transition(at.order.state, "sign");
    CHECK(row != nullptr);
    OrderMove told;
    move(at, *row, OrderState::signed_in, told, kSystem);
  }
  if (at.order.state != OrderState::signed_in || !at.rules.dispatch_automatically) return;
  OrderMove told;
  if (!choose_unit(at.order, nullptr, at.rules, at.step.now(), told)) {
    return tell_unrouted(at, std::move(told));
  }
  const Transition* row = find_transition(at.order.state, "dispatch");
  CHECK(row != nullptr);
  dispatch(at, *row, std::move(told), kSystem);
}

void Router::dispatch(const Case& at, const Transition& row, OrderMove told, const Asker& asker) {
  move(at, row, OrderState::dispatched, told, asker);
  place_units(at.order, at.course, std::move(told));
}

void Router::tell_unrouted(const Case& at, OrderMove told) {
  told.order_no = at.order.order_no;
  told.from = at.order.state;
  told.to = at.order.state;
  told.command = "dispatch";
  told.queue = at.rules.default_queue;
  told.rules_version = at.rules.version;
  at.step.emit(
      {.topic = topics::kOrderUnrouted, .order_id = at.order_id, .payload = encode_payload(told)});
}

void Router::move(const Case& at, const Transition& row, OrderState to, OrderMove& told,
                  const Asker& asker) {
  RouterOrder& order = at.order;
  CHECK(row.from == order.state);
  told.order_no = order.order_no;
  told.from = row.from;
  told.to = to;
  told.command = row.command;
  if (told.lead_unit) order.lead_unit = told.lead_unit;
  if (to == OrderState::signed_in && !order.signed_at) order.signed_at = at.step.now();
  if (asker.request != nullptr) {
    told.role = asker.request->role;
    told.sealed = asker.request->sealed;
  }
  order.state = to;
  at.times().follow(row.topic,
                    asker.request == nullptr ? NamedClock() : argument(*asker.request, "clock"));
  at.step.emit({.topic = row.topic,
                .order_id = at.order_id,
                .payload = encode_payload(told),
                .actor = asker.actor});
}

}  // namespace jieban
