// Evaluates a table of rotas: each row a rota with overrides, temporary schedules and a history,
// and the window whose shifts are asked for. The format is that of `rota eval` in tools/README.md.
//
// Resolution is the minute: instants are cut down to it.
// What fails and how: evaluate_rota_table gives `invalid` or `limit` for what is no JSON of that
// form, read_rota_rows `invalid` for the first row that cannot be read, naming it by its place and,
// where it has one, its name. Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "common/base/result.h"
#include "common/base/value.h"
#include "common/duty/shifts.h"

namespace jieban {

struct RotaRow {
  std::string name;
  Rota rota;
  RotaChanges changes;
  std::optional<DutyHistory> history;
  Timestamp from{};
  Timestamp until{};
};

// JSON to JSON, with a line end.
Result<std::string> evaluate_rota_table(std::string_view json);

Result<std::vector<RotaRow>> read_rota_rows(const Value& document);
std::vector<Shift> shifts_of(const RotaRow& row);
// {"rows": [{"name", "shifts": [{"user", "start", "end", "truncated"}]}]}
Value shifts_value(const std::vector<RotaRow>& rows);

}  // namespace jieban
