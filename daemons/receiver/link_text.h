// The normal forms of a phone and an address: what two orders of one caller or one place share,
// however they were typed (DOMAIN §5.4).
//
// Empty for what says nothing: "不详", "保密", "-". Personal; only their keyed hashes leave the
// door. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

namespace jieban {

// "+86 138-0000-0000" is "13800000000"; what isn't a number, an account, stays as it is.
std::string normal_phone(std::string_view text);
// Without blanks, and without city, district and street at its beginning; half-width.
std::string normal_address(std::string_view text, std::string_view district,
                           std::string_view street);

}  // namespace jieban
