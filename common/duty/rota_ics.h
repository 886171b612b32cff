// Rotas as an iCalendar file (RFC 5545), for calendar programs: one event a shift.
//
// Promises: lines end with CR LF and are folded at 75 octets, never inside a character; times are
// UTC; the UID of a shift depends on rota, person and beginning only ("always" of one that has
// none), so that a file that is read again replaces its events; the same sheets give the same
// bytes, but for the stamp. Gaps are no events. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/duty/rota_sheet.h"

namespace jieban {

std::string to_ics(const std::vector<RotaSheet>& sheets, Timestamp stamp);

// One content line, folded, with its end.
std::string ics_line(std::string_view content);
// Of a TEXT value: backslash, comma, semicolon and line breaks are escaped, other control
// characters go.
std::string ics_text(std::string_view text);

}  // namespace jieban
