#include "daemons/router/router.h"

#include <array>

#include "common/domain/topics.h"

namespace jieban {
namespace {

// Splits "甲,乙" as operators write lists in a command.
std::vector<std::string> split_list(const std::string& text) {
  std::vector<std::string> parts;
  size_t begin = 0;
  while (begin <= text.size()) {
    size_t end = std::min(text.find(',', begin), text.size());
    if (end > begin) parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

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

// The unit that a dispatch names, else the one that the rules find.
bool choose_unit(const RouterOrder& order, const CommandRequest* request, const RouterRules& rules,
                 OrderMove& told) {
  if (request != nullptr) {
    auto named = request->arguments.find("lead_unit");
    if (named != request->arguments.end() && !named->second.empty()) {
      told.lead_unit = named->second;
      auto assist = request->arguments.find("assist_units");
      if (assist != request->arguments.end()) told.assist_units = split_list(assist->second);
      return true;
    }
  }
  const RoutingRule* rule = route(rules, order.category, order.community, order.keywords);
  if (rule == nullptr) return false;
  told.lead_unit = rule->lead_unit;
  if (!rule->assist_units.empty()) told.assist_units = rule->assist_units;
  told.rule = rule->id;
  told.rules_version = rules.version;
  return true;
}

OrderOpening opening_of(const RouterOrder& order, const RoutedFacts& facts, Timestamp arrived_at) {
  OrderOpening opening;
  opening.order_no = order.order_no;
  opening.order_class = order.order_class;
  opening.category = order.category;
  opening.community = order.community;
  opening.clock_start = facts.dispatched_at.value_or(arrived_at);
  opening.due_at = facts.due_at;
  return opening;
}

}  // namespace

Result<void> Router::open(TableOpener& tables) {
  RETURN_IF_ERROR(book_.open(tables, "router"));
  RETURN_IF_ERROR(counts_.open(tables, "state_counts"));
  RETURN_IF_ERROR(unsigned_.open(tables, "unsigned_orders"));
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
  static constexpr std::array<Row, 2> kRows = {{
      {topics::kOrderReceived, &Router::open_order},
      {topics::kOrderUpdated, &Router::amend_order},
  }};
  if (event.topic == topics::kRulesLoaded) {
    // The receiver's own rules are no business of the router.
    return event.stream == step.stream() ? book_.load(event, step) : Result<void>();
  }
  for (const Row& row : kRows) {
    if (row.topic == event.topic) return (this->*row.apply)(event, step);
  }
  return event.topic.starts_with(topics::kCommandPrefix) ? carry_out(event, step) : Result<void>();
}

Result<const RouterRules*> Router::rules(Step& step) const {
  auto current = book_.current(step.store());
  if (!current.ok()) return current.error();
  if (*current == nullptr) return Error{ErrorCode::unavailable, "no routing rules were loaded"};
  return *current;
}

Result<void> Router::open_order(const Event& event, Step& step) {
  auto current = rules(step);
  if (!current.ok()) return current.error();
  const RouterRules& rules = **current;
  auto intake = decode_payload<RoutedIntake>(event.payload);
  if (!intake.ok()) return intake.error();
  const RoutedFacts& facts = intake->facts;
  ClassDecision decision = classify(rules, facts);

  RouterOrder order;
  order.order_no = facts.order_no;
  order.order_class = decision.order_class;
  order.category = facts.category;
  order.community = facts.community;
  order.keywords = facts.keywords;
  order.due_at = facts.due_at;
  OrderOpening opening = opening_of(order, facts, event.occurred_at);
  opening.class_rule = decision.rule;
  opening.rules_version = rules.version;
  step.emit({.topic = topics::kOrderOpened,
             .order_id = event.order_id,
             .payload = encode_payload(opening)});
  if (rules.sign_automatically) {
    RETURN_IF_ERROR(advance(event.order_id, order, {"system", nullptr}, rules, step));
  }
  const OrderState after = order.state;
  orders_.add(step.store(), make_key(event.order_id), std::move(order));
  return recount(event.order_id, std::nullopt, after, step);
}

// New facts change what later decisions see, and the clocks; not the state, nor a dispatch that
// was made already.
Result<void> Router::amend_order(const Event& event, Step& step) {
  auto current = rules(step);
  if (!current.ok()) return current.error();
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
  order.due_at = facts.due_at;
  OrderOpening amended = opening_of(order, facts, event.occurred_at);
  amended.class_rule = "kept";
  amended.rules_version = (*current)->version;
  amended.state = to_string(order.state);
  step.emit({.topic = topics::kOrderAmended,
             .order_id = event.order_id,
             .payload = encode_payload(amended)});
  return {};
}

Result<void> Router::carry_out(const Event& event, Step& step) {
  auto request = decode_payload<CommandRequest>(event.payload);
  if (!request.ok()) return request.error();
  auto current = rules(step);
  if (!current.ok()) return current.error();
  auto stored = orders_.edit(step.store(), make_key(event.order_id));
  if (!stored.ok()) return stored.error();
  if (*stored == nullptr) {
    refuse(*request, event.order_id, "order_unknown", "没有这个工单", "", step);
    return {};
  }
  RouterOrder& order = **stored;
  OrderState before = order.state;
  const Transition* row = find_transition(order.state, request->command);
  if (row == nullptr) {
    refuse(*request, event.order_id, "state", wrong_state_reason(order, request->command),
           std::string(to_string(order.state)), step);
    return {};
  }
  OrderMove told;
  if (row->guard == Guard::needs_unit && !choose_unit(order, &*request, **current, told)) {
    refuse(*request, event.order_id, "unit_missing",
           "派单规则没有匹配到承办单位；请在命令中用 lead_unit 指定主办单位",
           std::string(to_string(order.state)), step);
    return {};
  }
  Asker asker{event.actor, &*request};
  RETURN_IF_ERROR(move(event.order_id, order, *row, std::move(told), asker, step));
  if (order.state == OrderState::signed_in) {
    RETURN_IF_ERROR(advance(event.order_id, order, {"system", nullptr}, **current, step));
  }
  return recount(event.order_id, before, order.state, step);
}

// Takes the rows that need nobody: signing where that is automatic, then dispatch by the rules.
Result<void> Router::advance(uint64_t order_id, RouterOrder& order, const Asker& asker,
                             const RouterRules& rules, Step& step) {
  if (order.state == OrderState::new_order && rules.sign_automatically) {
    const Transition* row = find_transition(order.state, "sign");
    CHECK(row != nullptr);
    RETURN_IF_ERROR(move(order_id, order, *row, {}, asker, step));
  }
  if (order.state != OrderState::signed_in || !rules.dispatch_automatically) return {};
  OrderMove told;
  if (!choose_unit(order, nullptr, rules, told)) {
    tell_unrouted(order_id, order, rules, step);
    return {};
  }
  const Transition* row = find_transition(order.state, "dispatch");
  CHECK(row != nullptr);
  return move(order_id, order, *row, std::move(told), asker, step);
}

void Router::tell_unrouted(uint64_t order_id, const RouterOrder& order, const RouterRules& rules,
                           Step& step) {
  OrderMove told;
  told.order_no = order.order_no;
  told.from = order.state;
  told.to = order.state;
  told.command = "dispatch";
  told.queue = rules.default_queue;
  told.rules_version = rules.version;
  step.emit(
      {.topic = topics::kOrderUnrouted, .order_id = order_id, .payload = encode_payload(told)});
}

Result<void> Router::move(uint64_t order_id, RouterOrder& order, const Transition& row,
                          OrderMove told, const Asker& asker, Step& step) {
  CHECK(row.from == order.state);
  told.order_no = order.order_no;
  told.from = row.from;
  told.to = row.to;
  told.command = row.command;
  if (told.lead_unit) order.lead_unit = told.lead_unit;
  if (asker.request != nullptr) {
    told.role = asker.request->role;
    if (!asker.request->arguments.empty()) told.arguments = asker.request->arguments;
    told.sealed = asker.request->sealed;
  }
  order.state = row.to;
  step.emit({.topic = row.topic,
             .order_id = order_id,
             .payload = encode_payload(told),
             .actor = asker.actor});
  return {};
}

}  // namespace jieban
