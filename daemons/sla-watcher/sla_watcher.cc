#include "daemons/sla-watcher/sla_watcher.h"

#include "common/base/limits.h"
#include "common/domain/topics.h"
#include "daemons/sla-watcher/order_moves.h"

namespace jieban {
namespace {

// The part of order.opened that clocks and alerts need.
struct OpeningPart {
  std::string order_no;
  std::string order_class;
  std::string category;
  std::string community;
  Timestamp clock_start;
  std::optional<Timestamp> due_at;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("order_no", &OpeningPart::order_no);
    visit("order_class", &OpeningPart::order_class);
    visit("category", &OpeningPart::category);
    visit("community", &OpeningPart::community);
    visit("clock_start", &OpeningPart::clock_start);
    visit("due_at", &OpeningPart::due_at);
  }
};

Result<void> check_class(const ClockRules& rules, const std::string& order_class) {
  if (rules.classes.contains(order_class)) return {};
  return invalid("no time limits for class " + order_class + " in rules " + rules.version);
}

}  // namespace

Result<void> SlaWatcher::open(TableOpener& tables) {
  RETURN_IF_ERROR(book_.open(tables, "clocks"));
  RETURN_IF_ERROR(tables_.orders.open(tables, "orders"));
  RETURN_IF_ERROR(tables_.totals.open(tables, "totals"));
  RETURN_IF_ERROR(tables_.timers.open(tables));
  return {};
}

Result<void> SlaWatcher::apply(const Event& event, Step& step) {
  if (event.stream == step.stream()) {
    if (event.topic == topics::kRulesLoaded) return load(event, step);
    if (event.topic == kReanchorTopic) return reanchor_all(event, step);
    return {};
  }
  const bool opens = event.topic == topics::kOrderOpened;
  if (!opens && !moves_clocks(event.topic)) return {};
  auto by = terms(step);
  if (!by.ok()) return by.error();
  return opens ? open_order(event, *by, step) : follow_order(event, *by, step);
}

// Rules whose calendar cannot be read would refuse every order to come.
Result<void> SlaWatcher::load(const Event& event, Step& step) {
  auto loaded = decode_payload<RulesLoaded>(event.payload);
  if (!loaded.ok()) return loaded.error();
  auto rules = decode_payload<ClockRules>(loaded->content.data);
  if (!rules.ok()) return rules.error();
  if (rules->calendar) {
    auto calendar = parse_calendar(*rules->calendar);
    if (!calendar.ok()) return calendar.error();
  }
  return book_.load(event, step);
}

Result<SlaWatcher::Terms> SlaWatcher::terms(Step& step) const {
  auto current = book_.current(step.store());
  if (!current.ok()) return current.error();
  if (*current == nullptr) return Error{ErrorCode::unavailable, "no clock rules were loaded"};
  Terms found{**current, nullptr};
  if (!(*current)->calendar) return found;
  auto calendar = calendars_.calendar(*(*current)->calendar, book_.parses());
  if (!calendar.ok()) return calendar.error();
  found.calendar = *calendar;
  return found;
}

Result<void> SlaWatcher::open_order(const Event& event, const Terms& terms, Step& step) {
  auto opening = decode_payload<OpeningPart>(event.payload);
  if (!opening.ok()) return opening.error();
  RETURN_IF_ERROR(check_class(terms.rules, opening->order_class));
  const std::string key = make_key(event.order_id);
  auto known = tables_.orders.edit(step.store(), key);
  if (!known.ok()) return known.error();
  // Its clocks would be forgotten, and their timers left behind.
  if (*known != nullptr) return Error{ErrorCode::conflict, "the order is watched already"};
  WatchedOrder row;
  row.order_no = std::move(opening->order_no);
  row.order_class = std::move(opening->order_class);
  row.category = std::move(opening->category);
  row.community = std::move(opening->community);
  row.rules_version = terms.rules.version;
  WatchedOrder& order = tables_.orders.add(step.store(), key, std::move(row));
  OrderClocks clocks(tables_, terms, event.order_id, order, step);
  Anchor anchor{.clock = ClockKind::sign,
                .at = opening->clock_start,
                .now = event.occurred_at,
                .cause_sequence = event.sequence};
  RETURN_IF_ERROR(clocks.start(anchor));
  // The time on the order is authoritative (Art. 13); ours is the fallback.
  anchor.clock = ClockKind::due;
  anchor.deadline = opening->due_at;
  anchor.source = ClockSource::order;
  RETURN_IF_ERROR(clocks.start(anchor));
  return clocks.finish();
}

Result<void> SlaWatcher::follow_order(const Event& event, const Terms& terms, Step& step) {
  const std::string key = make_key(event.order_id);
  auto order = tables_.orders.edit(step.store(), key);
  if (!order.ok()) return order.error();
  // It has left the street, or was never opened: no clock runs.
  const bool known = *order != nullptr;
  if (!known && moves_nothing_unwatched(event.topic)) return {};
  std::optional<WatchedOrder> fresh;
  if (!known) {
    auto again = watch_again(event);
    if (!again.ok()) return again.error();
    RETURN_IF_ERROR(check_class(terms.rules, again->order_class));
    again->rules_version = terms.rules.version;
    fresh = std::move(*again);
  }
  WatchedOrder& watched =
      known ? **order : tables_.orders.add(step.store(), key, std::move(*fresh));
  OrderClocks clocks(tables_, terms, event.order_id, watched, step);
  RETURN_IF_ERROR(clocks.settle(event.occurred_at));
  auto moved = apply_move(event, watched, clocks);
  if (!moved.ok()) return moved.error();
  RETURN_IF_ERROR(clocks.finish());
  if (*moved == AfterMove::watched) return {};
  auto erased = tables_.orders.erase(step.store(), key);
  return erased.ok() ? Result<void>() : erased.error();
}

Result<void> SlaWatcher::reanchor_all(const Event& event, Step& step) {
  auto request = decode_payload<ReanchorRequest>(event.payload);
  if (!request.ok()) return request.error();
  if (request->role != kTeamLeader) {
    return Error{ErrorCode::refused, "only a team leader re-anchors the clocks that run"};
  }
  if (request->reason.empty()) return invalid("name the reason for re-anchoring");
  ClockSet wanted = ClockSet::all();
  ClockKind one{};
  if (request->clock && !from_string(*request->clock, one)) {
    return invalid("no clock is called " + *request->clock);
  }
  if (request->clock) wanted = {one};
  auto by = terms(step);
  if (!by.ok()) return by.error();
  std::vector<std::string> keys;
  RETURN_IF_ERROR(
      tables_.orders.scan(step.store(), {}, [&](std::string_view key, const WatchedOrder&) {
        keys.emplace_back(key);
        return true;
      }));
  for (const std::string& key : keys) {
    auto order = tables_.orders.edit(step.store(), key);
    if (!order.ok()) return order.error();
    OrderClocks clocks(tables_, *by, KeyReader(key).number(), **order, step);
    RETURN_IF_ERROR(clocks.settle(step.now()));
    RETURN_IF_ERROR(clocks.reanchor(wanted, step.now(), "re_anchor: " + request->reason));
    RETURN_IF_ERROR(clocks.finish(event.actor));
  }
  step.answer("looked at " + std::to_string(keys.size()) + " orders");
  return {};
}

Result<ClockTotals> SlaWatcher::totals(const Transaction& store) const {
  auto totals = tables_.totals.get(store, make_key(uint64_t{0}));
  if (!totals.ok()) return totals.error();
  return totals->value_or(ClockTotals());
}

Result<uint64_t> SlaWatcher::running(const Transaction& store) const {
  auto found = totals(store);
  if (!found.ok()) return found.error();
  return found->running;
}

Result<void> SlaWatcher::tick(Step& step) {
  auto found = tables_.timers.due(step.store(), step.now(), limits::kTimersPerTickMax);
  if (!found.ok()) return found.error();
  if (found->empty()) return {};
  auto by = terms(step);
  if (!by.ok()) return by.error();
  for (const std::string& key : *found) {
    KeyReader reader(key);
    const Timestamp at = reader.time();
    const uint64_t order_id = reader.number();
    ClockKind clock{};
    const bool known = from_string(reader.text(), clock);
    auto fired = known ? fire(order_id, clock, at, *by, step) : Result<bool>(false);
    if (!fired.ok()) return fired.error();
    if (*fired) continue;
    // A timer that belongs to no clock must not hold up those that do.
    auto erased = tables_.timers.erase(step.store(), key);
    if (!erased.ok()) return erased.error();
    if (*erased) step.signal({std::string(watcher_topics::kOrphan), order_id, {}});
  }
  return {};
}

Result<bool> SlaWatcher::fire(uint64_t order_id, ClockKind clock, Timestamp at, const Terms& terms,
                              Step& step) {
  auto order = tables_.orders.edit(step.store(), make_key(order_id));
  if (!order.ok()) return order.error();
  if (*order == nullptr) return false;
  OrderClocks clocks(tables_, terms, order_id, **order, step);
  RunningClock* running = clocks.find(clock);
  if (running == nullptr || !running->armed() || running->fires_at != at) return false;
  RETURN_IF_ERROR(clocks.fire(*running));
  RETURN_IF_ERROR(clocks.finish());
  return true;
}

Result<Timestamp> SlaWatcher::next_due(const Transaction& store) const {
  return tables_.timers.next(store);
}

}  // namespace jieban
