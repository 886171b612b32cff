// How the guards of the life cycle are checked: one function each, over the order, the command and
// the time at which it was given. Which rule has which guard is common/domain/lifecycle_table.h;
// what a guard is called and what would satisfy it, common/domain/guard.cc. Fails: never; a guard
// that does not hold is an answer. Thread rule: pure functions.
#pragma once

#include <optional>
#include <string>

#include "common/domain/events.h"
#include "common/domain/lifecycle.h"
#include "common/routing/routing_rules.h"
#include "daemons/router/audit_case.h"
#include "daemons/router/order_course.h"
#include "daemons/router/order_times.h"

namespace jieban {

struct GuardContext {
  const RouterOrder& order;
  const OrderCourse& course;
  const CommandRequest& request;
  const RouterRules& rules;
  const std::string& actor;
  Role role = Role::desk;
  Timestamp now;
  const AuditCase* audit = nullptr;   // of a command that concerns material
  const OrderTimes* times = nullptr;  // REQUIRED by the guards of clocks
};

// Empty when the guard holds; else what exactly is wrong, in Chinese, which may be "".
using Unmet = std::optional<std::string>;
using GuardCheck = Unmet (*)(const GuardContext& context);

// REQUIRES: not Guard::none.
GuardCheck check_of(Guard guard);

struct GuardRefusal {
  std::string code;
  std::string reason;  // a sentence without the command's name
};

// The first thing that is wrong with the arguments or the guards of the rule.
std::optional<GuardRefusal> first_unmet(const CommandRule& rule, const GuardContext& context);

}  // namespace jieban
