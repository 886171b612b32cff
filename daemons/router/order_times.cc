#include "daemons/router/order_times.h"

#include <algorithm>
#include <array>

#include "common/clocks/clock_table.h"
#include "common/clocks/reckoning.h"

namespace jieban {
namespace {

using enum ClockKind;

constexpr std::string_view kReopened = "order.reopened";

ClockSet named(NamedClock clock) {
  ClockKind kind{};
  return from_string(clock, kind) ? ClockSet{kind} : ClockSet::all();
}

template <class Map>
void forget(std::optional<Map>& map, const std::string& name) {
  if (!map || map->erase(name) == 0) return;
  if (map->empty()) map.reset();
}

// Whether it counts back from the due time in any class: an order may come into that class.
bool counts_back(const RouterRules& rules, ClockKind clock) {
  return std::ranges::any_of(*rules.classes, [&](const auto& each) {
    const auto& limit = each.second.limit(clock);
    return limit && limit->before_due.value_or(false);
  });
}

int64_t idle_of(const OrderCourse* course, ClockKind clock) {
  if (course == nullptr || !course->idle) return 0;
  const auto found = course->idle->find(std::string(to_string(clock)));
  return found == course->idle->end() ? 0 : found->second;
}

}  // namespace

const ClassRules::Limit& OrderTimes::limit(ClockKind clock) const {
  static const ClassRules::Limit kNone;
  const ClassRules* rules = class_rules_of(terms_.rules, order_.order_class);
  return rules == nullptr ? kNone : rules->limit(clock);
}

void OrderTimes::open(Timestamp start) {
  order_.clocks.reset();
  order_.leads_from.reset();
  give_due();
  if (course_ != nullptr) {
    course_->paused_clocks.clear();
    course_->paused_at.reset();
    course_->idle.reset();
  }
  if (class_rules_of(terms_.rules, order_.order_class) == nullptr) return;
  order_.clocks = ClockSet{sign, ClockKind::due}.bits();
  if (order_.due_at) return;
  order_.due_from = start;
  order_.rule_due = by_rule(ClockKind::due, start);
}

bool OrderTimes::may_run(ClockKind clock) const { return !order_.clocks || running().has(clock); }

std::optional<Timestamp> OrderTimes::due() const {
  return order_.due_at ? order_.due_at : order_.rule_due;
}

std::optional<Timestamp> OrderTimes::paused_since(ClockKind clock) const {
  if (course_ == nullptr || !course_->paused_at) return std::nullopt;
  const auto found = course_->paused_at->find(std::string(to_string(clock)));
  return found == course_->paused_at->end() ? std::nullopt : std::optional(found->second);
}

bool OrderTimes::has_room(ClockKind clock, Timestamp from) const {
  const ClassRules::Limit& rule = limit(clock);
  if (!rule) return false;
  if (!rule->before_due.value_or(false)) return true;
  return running().has(ClockKind::due) && due() && *due() - Duration(rule->span) > from;
}

std::optional<Timestamp> OrderTimes::by_rule(ClockKind clock, Timestamp from) const {
  const ClassRules::Limit& rule = limit(clock);
  if (!rule) return std::nullopt;
  if (rule->before_due.value_or(false)) {
    return has_room(clock, from) ? std::optional(*due() - Duration(rule->span)) : std::nullopt;
  }
  const Timestamp end = reckon(*rule, start_of(*rule, from), terms_.calendar).at;
  return put_off(rule->kind(), end, idle_of(course_, clock), terms_.calendar).at;
}

std::optional<Timestamp> OrderTimes::return_end() const {
  if (!order_.signed_at) return std::nullopt;
  if (terms_.rules.classes) return by_rule(return_window, *order_.signed_at);
  const ClassRules rules = clock_rules_of(terms_.rules, order_.order_class);
  return *order_.signed_at + Duration(rules.return_window->span);
}

void OrderTimes::settle() {
  if (!order_.clocks || !running().has(return_window) || paused_since(return_window)) return;
  const auto ends = return_end();
  if (ends && *ends < terms_.now) end({return_window});
}

void OrderTimes::start(ClockKind clock) {
  if (!order_.clocks || !has_room(clock, terms_.now)) return;
  order_.clocks = (running() | ClockSet{clock}).bits();
  if (!counts_back(terms_.rules, clock)) return;
  if (!order_.leads_from) order_.leads_from.emplace();
  order_.leads_from->insert_or_assign(std::string(to_string(clock)), terms_.now);
}

void OrderTimes::end(ClockSet clocks) {
  if (order_.clocks) order_.clocks = running().without(clocks).bits();
  const bool kept = order_.leads_from || (course_ != nullptr && !course_->paused_clocks.empty()) ||
                    (course_ != nullptr && course_->idle);
  if (!kept) return;
  for (ClockKind clock : kClockKinds) {
    if (!clocks.has(clock)) continue;
    const std::string name(to_string(clock));
    forget(order_.leads_from, name);
    if (course_ == nullptr) continue;
    std::erase(course_->paused_clocks, name);
    forget(course_->paused_at, name);
    forget(course_->idle, name);
  }
}

void OrderTimes::pause(ClockKind clock) {
  if (!course_->paused_at) course_->paused_at.emplace();
  course_->paused_at->insert_or_assign(std::string(to_string(clock)), terms_.now);
}

// As in the watcher: a pause moves only a deadline that lay ahead of it.
void OrderTimes::resume(ClockKind clock) {
  const auto since = paused_since(clock);
  if (!since) return;
  const std::string name(to_string(clock));
  const auto deadline = clock == ClockKind::due ? due() : return_end();
  forget(course_->paused_at, name);
  const bool judged = clock == ClockKind::due || clock == return_window;
  if (!judged || !deadline || *since > *deadline) return;
  const ClassRules::Limit& rule = limit(clock);
  CalendarKind kind = rule ? rule->kind() : CalendarKind::natural;
  if (clock == ClockKind::due) kind = order_.due_calendar.value_or(CalendarKind::natural);
  const int64_t still = passed_between(kind, *since, terms_.now, terms_.calendar).amount;
  if (!course_->idle) course_->idle.emplace();
  (*course_->idle)[name] += still;
  if (clock != ClockKind::due) return;
  std::optional<Timestamp>& moved = order_.due_at ? order_.due_at : order_.rule_due;
  moved = put_off(kind, *deadline, still, terms_.calendar).at;
  follow_due();
}

void OrderTimes::follow_due() {
  ClockSet counting_back;
  for (ClockKind clock : kClockKinds) {
    const ClassRules::Limit& rule = limit(clock);
    if (rule && rule->before_due.value_or(false)) counting_back = counting_back | ClockSet{clock};
  }
  reanchor(counting_back);
}

// A clock that the rules do not have, or that has no room any more, ends.
void OrderTimes::reanchor(ClockSet clocks) {
  if (!order_.clocks) return;
  clocks = clocks & running();
  if (clocks.has(ClockKind::due) && order_.due_from && !order_.due_at) {
    const auto anew = by_rule(ClockKind::due, *order_.due_from);
    if (anew != order_.rule_due) note_calendar();
    order_.rule_due = anew;
  }
  for (ClockKind clock : kClockKinds) {
    if (!clocks.has(clock) || clock == ClockKind::due) continue;
    const ClassRules::Limit& rule = limit(clock);
    Timestamp from = terms_.now;
    if (order_.leads_from) {
      const auto known = order_.leads_from->find(std::string(to_string(clock)));
      if (known != order_.leads_from->end()) from = known->second;
    }
    if (!rule || !has_room(clock, from)) end({clock});
  }
}

void OrderTimes::give_due() {
  order_.rule_due.reset();
  order_.due_from.reset();
  note_calendar();
}

// As of the rule that is in force when the clock starts; it keeps it when the class changes.
void OrderTimes::note_calendar() {
  const ClassRules::Limit& rule = limit(ClockKind::due);
  const bool natural = !rule || rule->kind() == CalendarKind::natural;
  order_.due_calendar = natural ? std::nullopt : std::optional(rule->kind());
}

void OrderTimes::correct_due(Timestamp due) {
  if (order_.due_at == due) return;
  order_.due_at = due;
  give_due();
  if (running().has(ClockKind::due)) follow_due();
}

void OrderTimes::follow(std::string_view topic, NamedClock clock) {
  if (const TopicRow* row = find_topic(topic)) {
    end(row->stops | row->cancels);
    for (ClockKind kind : kClockKinds) {
      if (row->starts.has(kind)) start(kind);
    }
    return;
  }
  struct Special {
    std::string_view topic;
    void (*apply)(OrderTimes& times, NamedClock clock);
  };
  static constexpr std::array<Special, 6> kSpecials = {{
      {kReopened, [](OrderTimes& times, NamedClock) { times.open(times.terms_.now); }},
      {"order.extension_approved",
       [](OrderTimes& times, NamedClock) {
         times.give_due();
         times.follow_due();
       }},
      {"order.reclassified",
       [](OrderTimes& times, NamedClock) { times.reanchor(ClockSet::all()); }},
      {"order.reanchored",
       [](OrderTimes& times, NamedClock which) { times.reanchor(named(which)); }},
      {"order.clock_paused",
       [](OrderTimes& times, NamedClock which) {
         ClockKind kind{};
         if (from_string(which, kind)) times.pause(kind);
       }},
      {"order.clock_resumed",
       [](OrderTimes& times, NamedClock which) {
         ClockKind kind{};
         if (from_string(which, kind)) times.resume(kind);
       }},
  }};
  const auto found = std::ranges::find(kSpecials, topic, &Special::topic);
  if (found != kSpecials.end()) found->apply(*this, clock);
}

}  // namespace jieban
