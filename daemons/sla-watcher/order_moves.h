// What the events of one order do to its clocks, beyond opening it: the rows of clock_table.h, and
// the moves that change a clock in a way of their own. Pure but for OrderClocks.
#pragma once

#include "common/domain/event.h"
#include "daemons/sla-watcher/order_clocks.h"

namespace jieban {

// Whether this topic does anything to the clocks of an order that is watched.
bool moves_clocks(std::string_view topic);

enum class AfterMove { watched, gone };  // gone: the order has left the street

// REQUIRES: moves_clocks(event.topic); what lay before the event is settled.
Result<AfterMove> apply_move(const Event& event, WatchedOrder& order, OrderClocks& clocks);

}  // namespace jieban
