// AuditCase: the material of one order as a command finds it, held against its checklist. Made
// before the guards are asked, so that they, and the event, tell the same.
// Fails: never. Thread rule: plain values; pure functions.
#pragma once

#include <optional>
#include <string>

#include "common/audit/evaluate.h"
#include "daemons/router/order_course.h"
#include "daemons/router/order_material.h"

namespace jieban {

struct AuditCase {
  const MaterialCommand* command = nullptr;
  OrderMaterial material;               // with what the command brings
  const AuditPolicy* policy = nullptr;  // null: no checklists were loaded
  std::optional<AuditNote> note;        // of a command that audits, where there is a checklist
  std::optional<std::string> unknown;   // items that the checklist does not have
};

struct AuditQuestion {
  const RouterOrder& order;
  const OrderCourse& course;
  const CommandRequest& request;
  const std::string& actor;
  Timestamp now;
};

// REQUIRES: a command that concerns material. `lists`: null when none were loaded.
AuditCase open_case(const AuditQuestion& question, OrderMaterial known, const Checklists* lists);

}  // namespace jieban
