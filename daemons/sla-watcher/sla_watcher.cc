#include "daemons/sla-watcher/sla_watcher.h"

#include <array>

#include "common/base/limits.h"
#include "common/domain/topics.h"

namespace jieban {
namespace {

constexpr char kSign[] = "sign";
constexpr char kForward[] = "forward";
constexpr char kDue[] = "due";

// What a move of the life cycle does to the clocks (DOMAIN §4.3). The sign and due clocks start
// when the order is opened.
struct ClockRow {
  std::string_view topic;
  std::string_view stops;
  std::string_view starts;
};
constexpr std::array<ClockRow, 3> kClockRows = {{
    {"order.signed", kSign, kForward},
    {"order.dispatched", kForward, ""},
    {"order.submitted", kDue, ""},
}};

constexpr std::string_view kLastTopic = "order.completed";

std::string timer_key(const RunningClock& row, uint64_t order_id, const std::string& clock) {
  return make_key(row.fires_at, order_id, std::string_view(clock));
}

std::string clock_key(uint64_t order_id, const std::string& clock) {
  return make_key(order_id, std::string_view(clock));
}

}  // namespace

Result<void> SlaWatcher::open(TableOpener& tables) {
  RETURN_IF_ERROR(book_.open(tables, "clocks"));
  RETURN_IF_ERROR(orders_.open(tables, "orders"));
  RETURN_IF_ERROR(clocks_.open(tables, "clocks"));
  auto timers = tables.open("timers");
  if (!timers.ok()) return timers.error();
  timers_ = *timers;
  return {};
}

Result<void> SlaWatcher::apply(const Event& event, Step& step) {
  if (event.topic == topics::kRulesLoaded) {
    return event.stream == step.stream() ? book_.load(event, step) : Result<void>();
  }
  if (event.topic == topics::kOrderOpened) return open_order(event, step);
  if (event.topic == topics::kOrderAmended) return amend_order(event, step);
  if (event.topic.starts_with("order.") && event.topic != topics::kOrderUnrouted) {
    return move_order(event, step);
  }
  return {};
}

Result<const ClockRules*> SlaWatcher::rules(Step& step) const {
  auto current = book_.current(step.store());
  if (!current.ok()) return current.error();
  if (*current == nullptr) return Error{ErrorCode::unavailable, "no clock rules were loaded"};
  return *current;
}

Result<const ClassLimits*> SlaWatcher::limits_of(const ClockRules& rules,
                                                 const std::string& order_class) const {
  auto found = rules.classes.find(order_class);
  if (found == rules.classes.end()) {
    return invalid("no time limits for class " + order_class + " in rules " + rules.version);
  }
  return &found->second;
}

Result<void> SlaWatcher::open_order(const Event& event, Step& step) {
  auto current = rules(step);
  if (!current.ok()) return current.error();
  const ClockRules& rules = **current;
  auto opening = decode_payload<OrderOpening>(event.payload);
  if (!opening.ok()) return opening.error();
  auto limits = limits_of(rules, opening->order_class);
  if (!limits.ok()) return limits.error();

  WatchedOrder order{opening->order_no, opening->order_class, opening->category, opening->community,
                     ""};
  RETURN_IF_ERROR(orders_.put(step.store(), make_key(event.order_id), order));
  Timestamp begin = opening->clock_start;
  auto sign = start(event, kSign, begin, begin + Duration((*limits)->sign), "rule", rules, step);
  if (!sign.ok()) return sign.error();
  // The time on the order is authoritative (Art. 13); ours is the fallback.
  Timestamp due_at = opening->due_at.value_or(begin + Duration((*limits)->due));
  auto due = start(event, kDue, begin, due_at, opening->due_at ? "order" : "rule", rules, step);
  if (!due.ok()) return due.error();
  tell(event, order.order_no, rules, {*sign, *due}, step);
  return {};
}

// A due time that was printed or corrected later moves the due clock; the others stay.
Result<void> SlaWatcher::amend_order(const Event& event, Step& step) {
  auto current = rules(step);
  if (!current.ok()) return current.error();
  auto amended = decode_payload<OrderOpening>(event.payload);
  if (!amended.ok()) return amended.error();
  auto order = orders_.get(step.store(), make_key(event.order_id));
  if (!order.ok()) return order.error();
  if (!*order) return {};  // completed, or never opened: no clock runs
  (*order)->category = amended->category;
  (*order)->community = amended->community;
  RETURN_IF_ERROR(orders_.put(step.store(), make_key(event.order_id), **order));
  auto due = clocks_.get(step.store(), clock_key(event.order_id, kDue));
  if (!due.ok()) return due.error();
  if (!*due || !amended->due_at || *amended->due_at == (*due)->deadline) return {};
  RETURN_IF_ERROR(disarm(event.order_id, kDue, **due, step));
  auto moved = start(event, kDue, (*due)->started_at, *amended->due_at, "order", **current, step);
  if (!moved.ok()) return moved.error();
  moved->change = "moved";
  tell(event, amended->order_no, **current, {*moved}, step);
  return {};
}

Result<void> SlaWatcher::move_order(const Event& event, Step& step) {
  auto told = decode_payload<OrderMove>(event.payload);
  if (!told.ok()) return told.error();
  auto stored = orders_.get(step.store(), make_key(event.order_id));
  if (!stored.ok()) return stored.error();
  if (!*stored) return Error{ErrorCode::not_found, "a move of an order that is not watched"};
  WatchedOrder& order = **stored;
  if (told->lead_unit && *told->lead_unit != order.lead_unit) {
    order.lead_unit = *told->lead_unit;
    RETURN_IF_ERROR(orders_.put(step.store(), make_key(event.order_id), order));
  }
  if (event.topic == kLastTopic) return finish_order(event, order, step);
  auto current = rules(step);
  if (!current.ok()) return current.error();
  std::vector<ClockChange> changes;
  for (const ClockRow& row : kClockRows) {
    if (row.topic != event.topic) continue;
    auto stopped = stop(event.order_id, std::string(row.stops), event.occurred_at, step);
    if (!stopped.ok()) return stopped.error();
    if (*stopped) changes.push_back(**stopped);
    if (row.starts.empty()) continue;
    auto limits = limits_of(**current, order.order_class);
    if (!limits.ok()) return limits.error();
    auto started = start(event, std::string(row.starts), event.occurred_at,
                         event.occurred_at + Duration((*limits)->forward), "rule", **current, step);
    if (!started.ok()) return started.error();
    changes.push_back(*started);
  }
  if (!changes.empty()) tell(event, order.order_no, **current, std::move(changes), step);
  return {};
}

// By the life cycle no clock runs any more; one would if an event in between was set aside, and a
// timer without its order must not be left behind.
Result<void> SlaWatcher::finish_order(const Event& event, const WatchedOrder& order, Step& step) {
  std::vector<ClockChange> changes;
  for (const char* clock : {kSign, kForward, kDue}) {
    auto stopped = stop(event.order_id, clock, event.occurred_at, step);
    if (!stopped.ok()) return stopped.error();
    if (*stopped) changes.push_back(**stopped);
  }
  if (!changes.empty()) {
    auto current = rules(step);
    if (!current.ok()) return current.error();
    tell(event, order.order_no, **current, std::move(changes), step);
  }
  auto erased = orders_.erase(step.store(), make_key(event.order_id));
  if (!erased.ok()) return erased.error();
  return {};
}

void SlaWatcher::tell(const Event& event, const std::string& order_no, const ClockRules& rules,
                      std::vector<ClockChange> changes, Step& step) {
  step.emit({.topic = topics::kClockChanged,
             .order_id = event.order_id,
             .payload = encode_payload(ClockChanges{order_no, rules.version, std::move(changes)})});
}

Result<ClockChange> SlaWatcher::start(const Event& event, const std::string& clock,
                                      Timestamp started_at, Timestamp deadline, std::string source,
                                      const ClockRules& rules, Step& step) {
  RunningClock row;
  row.started_at = started_at;
  row.deadline = deadline;
  row.source = source;
  row.cause_sequence = event.sequence;
  row.next_percent = first_rung(rules, started_at, deadline, step.now());
  row.fires_at = rung_time(started_at, deadline, row.next_percent);
  RETURN_IF_ERROR(arm(event.order_id, clock, row, step));
  return ClockChange{clock, "started", started_at, deadline, std::move(source), {}};
}

// Empty when the clock does not run. On time is at the deadline or before it (DOMAIN §19, 8).
Result<std::optional<ClockChange>> SlaWatcher::stop(uint64_t order_id, const std::string& clock,
                                                    Timestamp at, Step& step) {
  auto stored = clocks_.get(step.store(), clock_key(order_id, clock));
  if (!stored.ok()) return stored.error();
  if (!*stored) return std::optional<ClockChange>();
  const RunningClock& row = **stored;
  RETURN_IF_ERROR(disarm(order_id, clock, row, step));
  auto erased = clocks_.erase(step.store(), clock_key(order_id, clock));
  if (!erased.ok()) return erased.error();
  std::string change = at <= row.deadline ? "met" : "stopped_late";
  return std::optional(ClockChange{clock, change, row.started_at, row.deadline, row.source, at});
}

Result<void> SlaWatcher::arm(uint64_t order_id, const std::string& clock, RunningClock& row,
                             Step& step) {
  RETURN_IF_ERROR(clocks_.put(step.store(), clock_key(order_id, clock), row));
  if (row.next_percent == 0) return {};
  return step.store().put(timers_, timer_key(row, order_id, clock), {});
}

Result<void> SlaWatcher::disarm(uint64_t order_id, const std::string& clock,
                                const RunningClock& row, Step& step) {
  if (row.next_percent == 0) return {};
  auto erased = step.store().erase(timers_, timer_key(row, order_id, clock));
  if (!erased.ok()) return erased.error();
  CHECK(*erased);  // a running clock has exactly one pending timer
  return {};
}

Result<void> SlaWatcher::tick(Step& step) {
  struct Due {
    uint64_t order_id;
    std::string clock;
  };
  std::vector<Due> due;
  {
    Range range(step.store(), timers_);
    auto found = range.seek({});
    while (found.ok() && *found && due.size() < limits::kTimersPerTickMax) {
      KeyReader key(range.key());
      if (key.time() > step.now()) break;
      uint64_t order_id = key.number();
      due.push_back({order_id, std::string(key.text())});
      found = range.next();
    }
    if (!found.ok()) return found.error();
  }
  if (due.empty()) return {};
  auto current = rules(step);
  if (!current.ok()) return current.error();
  for (const Due& timer : due) {
    RETURN_IF_ERROR(fire(timer.order_id, timer.clock, **current, step));
  }
  return {};
}

// Tells the rung that is due and arms the next one; a clock that slept over several rungs tells
// them in order, one a tick.
Result<void> SlaWatcher::fire(uint64_t order_id, const std::string& clock, const ClockRules& rules,
                              Step& step) {
  auto stored = clocks_.get(step.store(), clock_key(order_id, clock));
  if (!stored.ok()) return stored.error();
  CHECK(stored->has_value());
  RunningClock row = **stored;
  auto order = orders_.get(step.store(), make_key(order_id));
  if (!order.ok()) return order.error();
  if (!*order) return Error{ErrorCode::corrupt, "a clock runs on an order that is not watched"};
  RETURN_IF_ERROR(disarm(order_id, clock, row, step));

  const WatchedOrder& about = **order;
  DeadlineAlert alert{about.order_no,    clock,          row.next_percent, row.deadline,
                      about.order_class, about.category, about.community,  about.lead_unit};
  bool breach = row.next_percent >= kBreachPercent;
  std::string router = step.stream().substr(0, step.stream().find('.')) + ".router";
  step.emit({.topic = breach ? topics::kDeadlineBreached : topics::kDeadlineWarned,
             .order_id = order_id,
             .payload = encode_payload(alert),
             .cause = Cause{router, row.cause_sequence}});

  step.signal(
      {std::string(breach ? topics::kDeadlineBreached : topics::kDeadlineWarned), order_id, clock});
  row.breached = breach;
  row.next_percent = next_rung(rules, row.next_percent).value_or(0);
  if (row.next_percent != 0) {
    row.fires_at = rung_time(row.started_at, row.deadline, row.next_percent);
  }
  return arm(order_id, clock, row, step);
}

Result<Timestamp> SlaWatcher::next_due(const Transaction& store) const {
  Range range(store, timers_);
  auto found = range.seek({});
  if (!found.ok()) return found.error();
  return *found ? KeyReader(range.key()).time() : kTimestampMax;
}

}  // namespace jieban
