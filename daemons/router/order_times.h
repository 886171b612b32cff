// OrderTimes: what the router knows of the clocks of an order, so that it promises nothing that the
// watcher would not do.
//
// The watcher owns the clocks and their timers. The router follows them by the same table
// (common/clocks/clock_table.h), the same rules and the same calendar, at the instants of its own
// events, by which the watcher goes too: which of them run, when the order is due and when its
// return window ends, pauses included, and what stands still. A clock that stops is not paused any
// more.
//
// Not known: the clocks of an order that was opened by rules without a class table, until its next
// round; nothing is refused for them. Nor that an administrator re-anchored all clocks at once, by
// other rules: the router judges by the rules in force.
// Fails: never. Thread rule: lives within a step.
#pragma once

#include <optional>
#include <string_view>

#include "common/calendar/calendar.h"
#include "common/clocks/clock_kind.h"
#include "common/routing/routing_rules.h"
#include "daemons/router/order_course.h"

namespace jieban {

// A clock that is named in a command; empty: none, or all of them.
using NamedClock = std::string_view;

class OrderTimes {
 public:
  // `calendar`: null while all clocks are natural; `now`: of the event that is going to be told.
  struct Terms {
    const RouterRules& rules;
    const Calendar* calendar = nullptr;
    Timestamp now;
  };
  // REQUIRES: all outlive it. `course`: null where the order cannot have one yet.
  OrderTimes(RouterOrder& order, OrderCourse* course, Terms terms)
      : order_(order), course_(course), terms_(terms) {}

  // A new order, or another round of it, whose first clocks start there.
  void open(Timestamp start);
  // What a move does to the clocks; REQUIRES: it has taken its effect on the rows.
  void follow(std::string_view topic, NamedClock clock);
  // A window that has passed has lapsed. REQUIRED before anything else changes the order.
  void settle();
  // A due time that was printed or corrected.
  void correct_due(Timestamp due);

  // Whether it may run: true where that is not known.
  bool may_run(ClockKind clock) const;
  // As it stands, printed or by rule; empty where it is not known.
  std::optional<Timestamp> due() const;
  // The end of the return window as it stands; empty when there is none.
  std::optional<Timestamp> return_end() const;
  std::optional<Timestamp> paused_since(ClockKind clock) const;
  Timestamp now() const { return terms_.now; }

 private:
  const ClassRules::Limit& limit(ClockKind clock) const;
  ClockSet running() const { return ClockSet::of_bits(order_.clocks.value_or(0)); }
  void start(ClockKind clock);
  void end(ClockSet clocks);
  void pause(ClockKind clock);
  void resume(ClockKind clock);
  void reanchor(ClockSet clocks);
  // A due time from elsewhere is counted by no rule.
  void give_due();
  void note_calendar();
  // The clocks that count back from the due time, which has moved.
  void follow_due();
  bool has_room(ClockKind clock, Timestamp from) const;
  std::optional<Timestamp> by_rule(ClockKind clock, Timestamp from) const;

  RouterOrder& order_;
  OrderCourse* course_;
  Terms terms_;
};

}  // namespace jieban
