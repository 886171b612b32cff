// Rotas as an iCalendar file (RFC 5545), for calendar programs: one event a shift.
//
// Promises: lines end with CR LF and are folded at 75 octets, never inside a character; times are
// UTC; the UID of a shift depends on street, rota, beginning ("always" of one that has none) and
// its place among those that begin with it, and not on who is there: a file that is read again
// replaces its events, also after a swap, since its SEQUENCE grows with the stamp; the same sheets
// give the same bytes, but for the stamp. A rota without any shift in the span is one event,
// 无人值班, since a calendar has at least one (RFC 5545 §3.6); other gaps are no events. Pure; any
// thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/duty/rota_sheet.h"

namespace jieban {

// `street`: the code of the street, which keeps the rotas of two streets apart; "" where there is
// none.
std::string to_ics(const std::vector<RotaSheet>& sheets, std::string_view street, Timestamp stamp);

// One content line, folded, with its end.
std::string ics_line(std::string_view content);
// Of a TEXT value: backslash, comma, semicolon and line breaks are escaped, other control
// characters go.
std::string ics_text(std::string_view text);

}  // namespace jieban
