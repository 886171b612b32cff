// What kind of recipient an address is, where a channel takes several kinds.
//
// Fails: nothing; an address that is no phone is somebody's id. Thread rule: pure.
#pragma once

#include <string_view>

namespace jieban {

// A mobile number as the operators write it: 11 digits, the first of them 1.
bool is_mobile(std::string_view address);

// Everybody in a robot's group.
constexpr std::string_view kEverybody = "@all";

}  // namespace jieban
