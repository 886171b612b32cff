// A row of a table of rotas: a rota with overrides, temporary schedules and a history, and the
// window whose shifts are asked for. The format is that of `rota eval` in tools/README.md.
//
// Resolution is the minute: instants are cut down to it. What puts nobody on duty is none: a rule
// with the target "", a rotation without users, an override without persons. A length of a turn
// below 1 is 1.
// What fails and how: `invalid`, naming the member. Pure; any thread.
#pragma once

#include <optional>
#include <string>

#include "common/base/result.h"
#include "common/base/value.h"
#include "common/duty/shifts.h"

namespace jieban {

struct RotaRow {
  std::string name;
  Rota rota;
  RotaChanges changes;
  std::optional<DutyHistory> history;  // up to its `now`
  Timestamp from{};
  Timestamp until{};
};

Result<RotaRow> read_rota_row(const Value& row);

}  // namespace jieban
