// The table of common/domain/lifecycle.h, printed. Pure.
#pragma once

#include <string>
#include <string_view>

#include "common/base/value.h"

namespace jieban {

// `format`: "text", "markdown" or "dot".
std::string lifecycle_text(std::string_view format);
Value lifecycle_value();

}  // namespace jieban
