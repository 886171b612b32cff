// Which units a dispatch goes to: those that the command names, else those of the rules.
// Pure functions; any thread.
#pragma once

#include <string>
#include <vector>

#include "common/domain/events.h"
#include "common/routing/route_decision.h"
#include "daemons/router/order_course.h"

namespace jieban {

// Fills lead unit, assisting units, and the rule that chose them; false when there is no unit.
// `request`: null when nobody asked; then an order that seems not to be ours may have to wait, and
// `told` says why in its route. Who asks for a dispatch has decided that.
// Rules hold or not at the city's dispatch of the order, else `now`.
bool choose_unit(const RouterOrder& order, const CommandRequest* request, const RouterRules& rules,
                 Timestamp now, OrderMove& told);

// What the router's rows know of an order for a decision; views into it.
RouteFacts facts_of(const RouterOrder& order, Timestamp now);
RouteNote note_of(RouteStage stage, RouteVerdict code);
// Who leads by a person's word, and how the directory says it is reached.
RouteNote named_by_hand(const RouterRules& rules, std::string_view unit);
// What is worth keeping of a decision; empty when nothing is.
std::optional<RouteNote> note_of(const RouteDecision& decision, const RouteLinks& links,
                                 const std::vector<std::string>* tags);

// "甲,乙", as operators write lists in a command; empty parts are left out.
std::vector<std::string> split_list(const std::string& text);

}  // namespace jieban
