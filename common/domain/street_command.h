// StreetCommand: what is commanded of the street as a whole and not of one order, as a table: the
// hand-over of the watch (交接班, DOMAIN §13.3).
//
// A row says: these roles may give this command; if its guards hold, this topic is told, in the
// router's stream, with order id 0. The guards are checked in their order, after the role; how, is
// the router's (daemons/router/street_guards.h). Thread rule: pure functions over constants.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "common/domain/role.h"

namespace jieban {

enum class StreetGuard : uint8_t {
  none,  // fills up a row of the table
  note_fields,
  shift_fields,
  log_written,
  reason_written,
  on_watch,
  handed_out,
  other_person,
  log_read,
  urgent_settled,
  urgent_open,
  unreviewed,
};

struct StreetGuardText {
  StreetGuard guard;
  std::string_view code;     // for machines, for ever
  std::string_view chinese;  // what would satisfy it
};

// All but `none`, in the order of the enum.
std::span<const StreetGuardText> street_guard_texts();
// REQUIRES: not `none`.
const StreetGuardText& text_of(StreetGuard guard);

constexpr size_t kStreetGuardsMax = 4;

struct StreetCommand {
  std::string_view command;  // "handover_out"
  std::string_view topic;    // "handover.signed_out"
  std::string_view chinese;
  RoleSet roles;
  std::array<StreetGuard, kStreetGuardsMax> guards{};
};

std::span<const StreetCommand> street_commands();
// Null when there is no such command.
const StreetCommand* find_street_command(std::string_view command);

}  // namespace jieban
