#include "common/json/json.h"

#include "common/json/plain_json.h"
#include "common/json/thorough_json.h"

namespace jieban {

Result<Value> parse_json(std::string_view text, const JsonLimits& json_limits) {
  if (text.size() > json_limits.bytes_max) {
    return Error{ErrorCode::limit,
                 "longer than " + std::to_string(json_limits.bytes_max) + " bytes"};
  }
  // The thorough lexer takes a zero byte for the end of the input, and would not see what follows.
  if (size_t zero = text.find('\0'); zero != std::string_view::npos) {
    return invalid("not JSON: a zero byte at byte " + std::to_string(zero));
  }
  if (auto value = parse_plain_json(text, json_limits)) return *std::move(value);
  return parse_json_thoroughly(text, json_limits);
}

}  // namespace jieban
