// The sample day as a script: what is sent to the receiver, and when.
//
// What fails and how: the errors of the files; `invalid` when one is not what tools/sample_day
// writes.
#pragma once

#include <string>
#include <vector>

#include "common/base/clock.h"
#include "common/base/result.h"
#include "common/base/value.h"

namespace jieban {

struct ScriptedPush {
  Timestamp at;
  std::string body;  // of POST /api/v1/orders
};

struct DayScript {
  Timestamp begin;  // a little before the first push, on the hour or half hour
  Timestamp end;    // midnight
  std::vector<ScriptedPush> pushes;
  std::string export_file;
  Timestamp export_at;
  Value operators;

  // From the folder tools/sample_day.
  static Result<DayScript> load(const std::string& folder);
};

// The lines of pushes.jsonl.
Result<std::vector<ScriptedPush>> read_pushes(std::string_view lines);

}  // namespace jieban
