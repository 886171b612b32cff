// JSON in and out: strict parsing within limits, and printing that cannot fail.
//
// Promises: what is refused is refused before more than some megabytes of memory are spent on it:
// too many bytes, too deep, too many nodes, a duplicate key, ill-formed UTF-8, NaN, an integer or
// number out of range, a comment, anything after the value. Nothing is corrected in silence.
// Integers stay integers; only those above INT64_MAX are held unsigned.
// What fails and how: parse_json returns `limit` when one of the limits is exceeded and `invalid`
// otherwise. The message says what and where (byte offset, line, path such as orders[3].phone) and
// never quotes a value, so that it can be logged. to_json always returns.
// Thread rule: pure functions, any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "common/base/limits.h"
#include "common/base/result.h"
#include "common/base/value.h"

namespace jieban {

struct JsonLimits {
  size_t bytes_max = limits::kRequestBytesMax;
  size_t depth_max = limits::kJsonDepthMax;
  size_t nodes_max = limits::kJsonNodesMax;  // every value counts, scalar or container
};

Result<Value> parse_json(std::string_view text, const JsonLimits& json_limits = {});

// Compact for a negative indent, else one member a line. Ill-formed UTF-8 becomes U+FFFD, numbers
// that JSON cannot express (NaN, infinity) become null.
std::string to_json(const Value& value, int indent = -1);
// Appends one text as to_json() prints it, quotes included: for long answers of many equal rows.
void append_json_text(std::string& out, std::string_view text);

}  // namespace jieban
