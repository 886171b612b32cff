// SafeText: what others wrote freely, as it may be kept, told and sent to a group or a telephone.
//
// What alerts of others say, and a category or a community as somebody typed it, is free text, and
// people put numbers into it. DOMAIN §16: robots and text messages name no person.
// Promises: "***" stands for every run of seven digits or more (telephones, identity cards, cards;
// full-width and Chinese digits count), for a telephone or an identity card whose digits are set
// apart by blanks, dashes, dots or brackets, and for every mail address. Dates, times, addresses of
// hosts, ports, percentages and names of daemons and of systemd units stay as they are, so that
// routes, inhibitions and silences that ask for them go on matching. Control characters become
// blanks, characters that nobody sees go. The same text gives the same, and what is safe stays so.
// Does not promise: names of persons and of streets look like any other words, and stay.
// Fails: never; what is no UTF-8 is "***" as a whole. Thread rule: pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace jieban {

// Enough for what fits into two parts of a text message.
constexpr size_t kSafeCharactersMax = 100;

std::string safe_text(std::string_view text);
// At most so many characters; what was longer ends with "…". REQUIRES: characters_max >= 1.
std::string safe_text(std::string_view text, size_t characters_max);
// Whether it may be kept as it is: for names, which would be others if they were masked.
bool is_safe_text(std::string_view text);

}  // namespace jieban
