// Order numbers (DOMAIN §6.4): opaque, at most 40 of [0-9A-Za-z一-鿿_-]. Pure.
#pragma once

#include <string>
#include <string_view>

#include "common/base/result.h"

namespace jieban {

constexpr size_t kOrderNumberMax = 40;

// `number`: the cell is stored as a number, of which Excel keeps 15 digits. An empty text gives an
// empty number. The error says what to do and does not repeat the text.
Result<std::string> parse_order_number(std::string_view text, bool number);

}  // namespace jieban
