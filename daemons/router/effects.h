// What a command does to the router's rows of an order beside its state, and what it tells: a table
// by command. Called once the guards hold.
// Fails: never. Thread rule: pure functions over the rows that are handed in.
#pragma once

#include <string>

#include "common/domain/command_argument.h"
#include "common/domain/events.h"
#include "common/domain/lifecycle.h"
#include "common/routing/routing_rules.h"
#include "daemons/router/order_course.h"

namespace jieban {

struct EffectContext {
  RouterOrder& order;  // its state is still the one before
  OrderCourse& course;
  const CommandRequest& request;
  const RouterRules& rules;
  const std::string& actor;
  Role role = Role::desk;
  Timestamp now;
};

// Where the transition leads.
OrderState target_of(const Transition& row, const OrderCourse& course);

// REQUIRES: `told` has the arguments of the request.
void take_effect(const Transition& row, OrderState to, const EffectContext& context,
                 OrderMove& told);

// A dispatch to the units that `told` named; after a bounce the old ones are replaced. An order
// without a course, or without assignments in it, keeps them in its own row.
void place_units(RouterOrder& order, OrderCourse* course, OrderMove told);

}  // namespace jieban
