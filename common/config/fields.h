// Short forms for reading the members of a map in a rule file.
//
// Each returns the error with its position when the member is missing or of the wrong kind.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common/config/document.h"

namespace jieban {

Result<std::string> required_text(const Node& map, std::string_view key);
Result<std::optional<std::string>> optional_text(const Node& map, std::string_view key);
// Empty when the key is absent.
Result<std::vector<std::string>> text_list(const Node& map, std::string_view key);
Result<std::vector<Node>> required_items(const Node& map, std::string_view key);

}  // namespace jieban
