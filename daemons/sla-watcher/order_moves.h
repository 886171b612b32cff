// What the events of one order do to its clocks, beyond opening it: the rows of clock_table.h, and
// the moves that change a clock in a way of their own. Pure but for OrderClocks.
#pragma once

#include "common/domain/event.h"
#include "daemons/sla-watcher/order_clocks.h"

namespace jieban {

// Whether this topic does anything to the clocks of an order that is watched.
bool moves_clocks(std::string_view topic);

// Moves that an order may still have after it has left the street, and that start no clock.
bool moves_nothing_unwatched(std::string_view topic);

// The order of a further round, which was forgotten when it left. `not_found` for any other move.
Result<WatchedOrder> watch_again(const Event& event);

enum class AfterMove { watched, gone };  // gone: the order has left the street

// REQUIRES: moves_clocks(event.topic); what lay before the event is settled.
Result<AfterMove> apply_move(const Event& event, WatchedOrder& order, OrderClocks& clocks);

}  // namespace jieban
