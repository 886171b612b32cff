// The fast parser, for what is plainly well; for the .cc files of this folder and its tests.
//
// Gives the Value that parse_json_thoroughly() gives, or nothing: then that one has to judge. It
// may give up on anything, and does so on what it cannot tell well: errors, limits, duplicate keys,
// surrogate escapes. Never allocates by an announced size.
// Thread rule: any thread; each keeps a parser, of up to a few megabytes, for its next texts.
#pragma once

#include <optional>

#include "common/json/json.h"

namespace jieban {

std::optional<Value> parse_plain_json(std::string_view text, const JsonLimits& json_limits);

}  // namespace jieban
