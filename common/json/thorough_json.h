// The parser that knows what is wrong and where; for the .cc files of this folder and its tests.
//
// It alone refuses. REQUIRES: within bytes_max, no zero byte. Pure; any thread.
#pragma once

#include "common/json/json.h"

namespace jieban {

Result<Value> parse_json_thoroughly(std::string_view text, const JsonLimits& json_limits);

}  // namespace jieban
