// The automatic section of a hand-over's log: what the router knows at an instant of the open
// orders, of what people are called for, and of imports. Made in the fold, so that a replay makes
// the same. Walks through the open orders once. Fails: `corrupt` for an open order without a row,
// and as the store does. Thread rule: the core's.
#pragma once

#include "common/domain/handover.h"
#include "common/routing/routing_rules.h"
#include "daemons/router/alarm_board.h"
#include "daemons/router/open_orders.h"
#include "daemons/router/order_course.h"
#include "daemons/router/watch.h"

namespace jieban {

// REQUIRES: all outlive the call.
struct SectionSources {
  const OpenOrders& open;
  const Table<RouterOrder>& orders;
  const Table<OrderCourse>& courses;
  const RouterRules& rules;
  const Calendar* calendar = nullptr;  // null while all clocks are natural
  const AlarmBoard& board;
};

Result<HandoverSection> make_section(const SectionSources& sources, const Watch& watch,
                                     const Transaction& store, Timestamp now);

}  // namespace jieban
