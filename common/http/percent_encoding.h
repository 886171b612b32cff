// Percent-encoding (RFC 3986): every byte but letters, digits and -._~ becomes %XX.
//
// Promises: fit for a part of a query and of a form alike; upper-case hexadecimal.
// Fails: nothing. Thread rule: pure.
#pragma once

#include <string>
#include <string_view>

namespace jieban {

std::string percent_encoded(std::string_view bytes);

}  // namespace jieban
