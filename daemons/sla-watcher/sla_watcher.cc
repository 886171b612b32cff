#include "daemons/sla-watcher/sla_watcher.h"

#include <algorithm>
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

std::string timer_key(const RunningClock& clock, uint64_t order_id) {
  return make_key(clock.fires_at, order_id, std::string_view(clock.name));
}

std::string totals_key() { return make_key(uint64_t{0}); }

RunningClock* find_clock(WatchedOrder& order, std::string_view name) {
  auto found = std::ranges::find(order.clocks, name, &RunningClock::name);
  return found == order.clocks.end() ? nullptr : &*found;
}

// On time is at the deadline or before it (DOMAIN §19, 8): it is missed when it has passed.
void arm_rung(RunningClock& clock, uint64_t percent) {
  clock.next_percent = percent;
  if (percent == 0) return;
  clock.fires_at = rung_time(clock.started_at, clock.deadline, percent);
  if (percent >= kBreachPercent) clock.fires_at += Duration(1);
}

Result<const ClassLimits*> limits_of(const ClockRules& rules, const std::string& order_class) {
  auto found = rules.classes.find(order_class);
  if (found == rules.classes.end()) {
    return invalid("no time limits for class " + order_class + " in rules " + rules.version);
  }
  return &found->second;
}

}  // namespace

Result<void> SlaWatcher::open(TableOpener& tables) {
  RETURN_IF_ERROR(book_.open(tables, "clocks"));
  RETURN_IF_ERROR(orders_.open(tables, "orders"));
  RETURN_IF_ERROR(totals_.open(tables, "totals"));
  auto timers = tables.open("timers");
  if (!timers.ok()) return timers.error();
  timers_ = *timers;
  return {};
}

Result<void> SlaWatcher::apply(const Event& event, Step& step) {
  if (event.topic == topics::kRulesLoaded) {
    return event.stream == step.stream() ? book_.load(event, step) : Result<void>();
  }
  bool moves = event.topic.starts_with("order.") && event.topic != topics::kOrderUnrouted;
  if (!moves) return {};
  auto current = rules(step);
  if (!current.ok()) return current.error();
  if (event.topic == topics::kOrderOpened) return open_order(event, **current, step);
  return follow_order(event, **current, step);
}

Result<const ClockRules*> SlaWatcher::rules(Step& step) const {
  auto current = book_.current(step.store());
  if (!current.ok()) return current.error();
  if (*current == nullptr) return Error{ErrorCode::unavailable, "no clock rules were loaded"};
  return *current;
}

Result<void> SlaWatcher::open_order(const Event& event, const ClockRules& rules, Step& step) {
  auto opening = decode_payload<OrderOpening>(event.payload);
  if (!opening.ok()) return opening.error();
  auto limits = limits_of(rules, opening->order_class);
  if (!limits.ok()) return limits.error();
  const Timestamp begin = opening->clock_start;
  // The time on the order is authoritative (Art. 13); ours is the fallback.
  const Timestamp due_at = opening->due_at.value_or(begin + Duration((*limits)->due));
  const char* source = opening->due_at ? "order" : "rule";
  WatchedOrder& order = orders_.add(step.store(), make_key(event.order_id),
                                    {std::move(opening->order_no),
                                     std::move(opening->order_class),
                                     std::move(opening->category),
                                     std::move(opening->community),
                                     {},
                                     {}});
  Watch watch{event.order_id, order, rules, step};
  Changes changes;
  RETURN_IF_ERROR(
      start(event, {kSign, begin, begin + Duration((*limits)->sign), "rule"}, watch, changes));
  RETURN_IF_ERROR(start(event, {kDue, begin, due_at, source}, watch, changes));
  tell(event, watch, std::move(changes));
  return {};
}

Result<void> SlaWatcher::follow_order(const Event& event, const ClockRules& rules, Step& step) {
  auto order = orders_.edit(step.store(), make_key(event.order_id));
  if (!order.ok()) return order.error();
  const bool amends = event.topic == topics::kOrderAmended;
  if (*order == nullptr) {
    if (amends) return {};  // completed, or never opened: no clock runs
    return Error{ErrorCode::not_found, "a move of an order that is not watched"};
  }
  Watch watch{event.order_id, **order, rules, step};
  RETURN_IF_ERROR(settle(event.occurred_at, watch));
  return amends ? amend_order(event, watch) : move_order(event, watch);
}

// A due time that was printed or corrected later moves the due clock; the others stay.
Result<void> SlaWatcher::amend_order(const Event& event, Watch& watch) {
  auto amended = decode_payload<OrderOpening>(event.payload);
  if (!amended.ok()) return amended.error();
  watch.order.category = amended->category;
  watch.order.community = amended->community;
  const RunningClock* due = find_clock(watch.order, kDue);
  if (due == nullptr || !amended->due_at || *amended->due_at == due->deadline) return {};
  const Timestamp begin = due->started_at;
  Changes changes;
  RETURN_IF_ERROR(stop(kDue, event.occurred_at, watch, changes));
  changes.clear();
  RETURN_IF_ERROR(start(event, {kDue, begin, *amended->due_at, "order"}, watch, changes));
  changes.front().change = "moved";
  tell(event, watch, std::move(changes));
  return {};
}

Result<void> SlaWatcher::move_order(const Event& event, Watch& watch) {
  auto told = decode_payload<OrderMove>(event.payload);
  if (!told.ok()) return told.error();
  if (told->lead_unit) watch.order.lead_unit = std::move(*told->lead_unit);
  Changes changes;
  for (const ClockRow& row : kClockRows) {
    if (row.topic != event.topic) continue;
    RETURN_IF_ERROR(stop(row.stops, event.occurred_at, watch, changes));
    if (row.starts.empty()) continue;
    auto limits = limits_of(watch.rules, watch.order.order_class);
    if (!limits.ok()) return limits.error();
    const Timestamp at = event.occurred_at;
    RETURN_IF_ERROR(start(event,
                          {std::string(row.starts), at, at + Duration((*limits)->forward), "rule"},
                          watch, changes));
  }
  const bool last = event.topic == kLastTopic;
  // By the life cycle no clock runs at the end; one would if an event in between was set aside, and
  // a timer without its order must not be left behind.
  while (last && !watch.order.clocks.empty()) {
    RETURN_IF_ERROR(stop(watch.order.clocks.front().name, event.occurred_at, watch, changes));
  }
  if (!changes.empty()) tell(event, watch, std::move(changes));
  if (!last) return {};
  auto erased = orders_.erase(watch.step.store(), make_key(event.order_id));
  return erased.ok() ? Result<void>() : erased.error();
}

void SlaWatcher::tell(const Event& event, Watch& watch, Changes changes) {
  watch.step.emit({.topic = topics::kClockChanged,
                   .order_id = event.order_id,
                   .payload = encode_payload(ClockChanges{watch.order.order_no, watch.rules.version,
                                                          std::move(changes)})});
}

// Of a clock that is already old when the order comes in, warnings of the past are not told.
Result<void> SlaWatcher::start(const Event& event, Start told, Watch& watch, Changes& changes) {
  RunningClock clock;
  clock.name = std::move(told.clock);
  clock.started_at = told.at;
  clock.deadline = told.deadline;
  clock.source = std::move(told.source);
  clock.cause_sequence = event.sequence;
  arm_rung(clock, first_rung(watch.rules, clock.started_at, clock.deadline, event.occurred_at));
  RETURN_IF_ERROR(arm(clock, watch));
  RETURN_IF_ERROR(count(1, watch.step));
  changes.push_back({clock.name, "started", clock.started_at, clock.deadline, clock.source, {}});
  watch.order.clocks.push_back(std::move(clock));
  return {};
}

// Nothing happens when the clock does not run.
Result<void> SlaWatcher::stop(std::string_view name, Timestamp at, Watch& watch, Changes& changes) {
  RunningClock* running = find_clock(watch.order, name);
  if (running == nullptr) return {};
  const RunningClock clock = std::move(*running);
  watch.order.clocks.erase(watch.order.clocks.begin() + (running - watch.order.clocks.data()));
  RETURN_IF_ERROR(disarm(clock, watch));
  const char* change = at <= clock.deadline ? "met" : "stopped_late";
  changes.push_back({clock.name, change, clock.started_at, clock.deadline, clock.source, at});
  return count(-1, watch.step);
}

Result<void> SlaWatcher::arm(const RunningClock& clock, Watch& watch) {
  if (clock.next_percent == 0) return {};
  return watch.step.store().put(timers_, timer_key(clock, watch.order_id), {});
}

Result<void> SlaWatcher::disarm(const RunningClock& clock, Watch& watch) {
  if (clock.next_percent == 0) return {};
  auto erased = watch.step.store().erase(timers_, timer_key(clock, watch.order_id));
  if (!erased.ok()) return erased.error();
  CHECK(*erased);  // a running clock has exactly one pending timer
  return {};
}

Result<void> SlaWatcher::count(int64_t clocks, Step& step) {
  auto totals = totals_.edit(step.store(), totals_key());
  if (!totals.ok()) return totals.error();
  ClockTotals& row =
      *totals != nullptr ? **totals : totals_.add(step.store(), totals_key(), ClockTotals());
  row.running += uint64_t(clocks);
  return {};
}

Result<uint64_t> SlaWatcher::running(const Transaction& store) const {
  auto totals = totals_.get(store, totals_key());
  if (!totals.ok()) return totals.error();
  return *totals ? (*totals)->running : 0;
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
    auto order = orders_.edit(step.store(), make_key(timer.order_id));
    if (!order.ok()) return order.error();
    RunningClock* clock = *order == nullptr ? nullptr : find_clock(**order, timer.clock);
    if (clock == nullptr) return Error{ErrorCode::corrupt, "a timer of a clock that does not run"};
    Watch watch{timer.order_id, **order, **current, step};
    RETURN_IF_ERROR(fire(*clock, watch));
  }
  return {};
}

// Tells every rung of the order that lies before `until`.
Result<void> SlaWatcher::settle(Timestamp until, Watch& watch) {
  while (true) {
    RunningClock* next = nullptr;
    for (RunningClock& clock : watch.order.clocks) {
      bool due = clock.next_percent != 0 && clock.fires_at <= until;
      if (due && (next == nullptr || clock.fires_at < next->fires_at)) next = &clock;
    }
    if (next == nullptr) return {};
    RETURN_IF_ERROR(fire(*next, watch));
  }
}

// Tells the rung that is due and arms the next one; a clock that slept over several rungs tells
// them in order, one a tick.
Result<void> SlaWatcher::fire(RunningClock& clock, Watch& watch) {
  RETURN_IF_ERROR(disarm(clock, watch));
  const WatchedOrder& about = watch.order;
  DeadlineAlert alert{about.order_no,    clock.name,     clock.next_percent, clock.deadline,
                      about.order_class, about.category, about.community,    about.lead_unit};
  const bool breach = clock.next_percent >= kBreachPercent;
  const std::string_view topic = breach ? topics::kDeadlineBreached : topics::kDeadlineWarned;
  Step& step = watch.step;
  std::string router = step.stream().substr(0, step.stream().find('.')) + ".router";
  step.emit({.topic = topic,
             .order_id = watch.order_id,
             .payload = encode_payload(alert),
             .cause = Cause{router, clock.cause_sequence}});
  step.signal({std::string(topic), watch.order_id, clock.name});
  arm_rung(clock, next_rung(watch.rules, clock.next_percent).value_or(0));
  return arm(clock, watch);
}

Result<Timestamp> SlaWatcher::next_due(const Transaction& store) const {
  Range range(store, timers_);
  auto found = range.seek({});
  if (!found.ok()) return found.error();
  return *found ? KeyReader(range.key()).time() : kTimestampMax;
}

}  // namespace jieban
