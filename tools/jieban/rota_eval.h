// Evaluates a table of rotas, row by row (rota_row.h): JSON in, JSON out, each row in its place.
//
// What fails and how: a row that cannot be read has no shifts and an `error`, and the others their
// answers. As a whole `invalid` or `limit`: what is no JSON, or has no list `rows`. Pure; any
// thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.h"
#include "common/base/value.h"

namespace jieban {

// {"rows": [{"name", "shifts": [{"user", "start", "end", "truncated"}], "error"}]}; only a row that
// cannot be read has an `error`, and its name is "" where it has none.
Result<Value> evaluate_rota_rows(const Value& document);

struct RotaTableAnswer {
  std::string json;                   // with a line end
  std::vector<std::string> refusals;  // "row 2 (night): tz names no time zone", of each bad row
};

Result<RotaTableAnswer> evaluate_rota_table(std::string_view json);

}  // namespace jieban
