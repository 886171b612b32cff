// Router: owns the life cycle. Signs, dispatches by the rules, and carries out or refuses what
// operators command.
//
// Follows the receiver's stream; and the notifier's, for what the log of a hand-over says of alarms
// and channels, and for nothing else: no event of it leads to an event of the router. Emits
// order.opened for every order that came in, one event for each row of the life cycle that is taken
// (common/domain/lifecycle.h), one for each command of the street that is
// (common/domain/street_command.h), and command.refused. Passes import.done on, for those who do
// not read the receiver's stream.
#pragma once

#include "common/audit/checklist.h"
#include "common/daemon/rule_book.h"
#include "common/daemon/service.h"
#include "common/domain/lifecycle.h"
#include "daemons/router/alarm_board.h"
#include "daemons/router/guards.h"
#include "daemons/router/open_orders.h"
#include "daemons/router/order_course.h"
#include "daemons/router/order_material.h"
#include "daemons/router/order_times.h"
#include "daemons/router/repeat_links.h"
#include "daemons/router/reuse_table.h"
#include "daemons/router/routed_intake.h"
#include "daemons/router/watch.h"

namespace jieban {

struct StateCount {
  uint64_t orders = 0;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("orders", &StateCount::orders);
  }
};

// An order that waits for its signature.
struct UnsignedOrder {
  Timestamp since;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("since", &UnsignedOrder::since);
  }
};

class Router : public Service {
 public:
  Result<void> open(TableOpener& tables) override;
  Result<void> apply(const Event& event, Step& step) override;

  // By order id; by order id, where there is one; by the name of the state; by order id, oldest
  // first.
  const Table<RouterOrder>& orders() const { return orders_; }
  const Table<OrderCourse>& courses() const { return courses_; }
  // By order id, where material came.
  const Table<OrderMaterial>& materials() const { return materials_; }
  const ReuseTable& reuse() const { return reuse_; }
  const Table<StateCount>& counts() const { return counts_; }
  const Table<UnsignedOrder>& unsigned_orders() const { return unsigned_; }
  const RepeatLinks& links() const { return links_; }
  const OpenOrders& open_orders() const { return open_; }

 private:
  // Who asked for a move: the system, or an operator by a command.
  struct Asker {
    std::string actor;
    const CommandRequest* request = nullptr;
  };
  // One order that a step works on; `course` is null where it cannot have one yet.
  struct Case {
    uint64_t order_id = 0;
    RouterOrder& order;
    OrderCourse* course = nullptr;
    const RouterRules& rules;
    const Calendar* calendar = nullptr;  // null while all clocks are natural
    Step& step;

    OrderTimes times() const { return {order, course, {rules, calendar, step.now()}}; }
  };
  struct InForce {
    const RouterRules& rules;
    const Calendar* calendar = nullptr;
  };
  Result<void> open_order(const Event& event, Step& step);
  Result<void> amend_order(const Event& event, Step& step);
  Result<void> correct_due(const Event& event, const RoutedIntake& intake, RouterOrder& order,
                           const InForce& current, Step& step);
  // router.cc: the rows that nobody asks for.
  void advance(const Case& at);
  void dispatch(const Case& at, const Transition& row, OrderMove told, const Asker& asker);
  void move(const Case& at, const Transition& row, OrderState to, OrderMove& told,
            const Asker& asker);
  // `told`: why, in its route.
  void tell_unrouted(const Case& at, OrderMove told);
  // router_commands.cc
  Result<void> carry_out(const Event& event, Step& step);
  Result<void> carry_out_for_order(const Event& event, const CommandRequest& request, Step& step);
  Result<void> decide(const Event& event, const CommandRequest& request, const Case& at);
  Result<void> take(const Event& event, const CommandRequest& request, const Case& at,
                    const Transition& row, Role role, const std::optional<AuditCase>& audit);
  // router_audit.cc: empty for a command that does not concern material.
  Result<std::optional<AuditCase>> open_audit(const Event& event, const CommandRequest& request,
                                              const Case& at) const;
  Result<void> keep_material(const AuditCase& audit, const CommandRequest& request, const Case& at,
                             OrderMove& told);
  // router_street.cc: what is commanded of the street as a whole.
  Result<void> carry_out_for_street(const Event& event, const CommandRequest& request, Step& step);
  Result<Watch*> watch_of(Step& step) const;
  Result<void> note_intake(Step& step);
  Result<void> note_import(const Event& event, Step& step);
  Result<AlarmBoard*> board_of(Step& step) const;
  Result<void> note_alarm(const Event& event, Step& step);
  // Out of those that the board does not name; when it began.
  Result<std::optional<Timestamp>> take_beyond(AlarmBoard& board, const std::string& alert,
                                               Step& step) const;
  Result<void> note_channel(const Event& event, Step& step);
  Result<void> load_rules(const Event& event, Step& step);
  Result<void> recount(uint64_t order_id, std::optional<OrderState> before, OrderState after,
                       Step& step);
  Result<void> count(OrderState state, int64_t by, Step& step);
  Result<InForce> in_force(Step& step) const;

  RuleBook<RouterRules> book_;
  CalendarBook calendars_;
  RuleBook<Checklists> checklists_;
  Table<RouterOrder> orders_;
  Table<OrderCourse> courses_;
  Table<OrderMaterial> materials_;
  ReuseTable reuse_;
  Table<StateCount> counts_;
  Table<UnsignedOrder> unsigned_;
  RepeatLinks links_;
  OpenOrders open_;
  Table<Watch> watch_;       // one row
  Table<AlarmBoard> board_;  // one row
  Table<OpenAlarm> beyond_;  // open alarms that it does not name, by id
};

}  // namespace jieban
