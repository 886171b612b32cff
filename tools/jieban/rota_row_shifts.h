// The shifts of a RotaRow, told as GoAlert tells them.
//
// Promises: a shift that runs when the window begins keeps its beginning: that of the rule's hours,
// of the turn, of the override or of the temporary schedule, whichever is the latest; what never
// begins (also the turn of one alone in a rotation) does so with the window, and what ended before
// the window did nothing. A history holds through the minute of its `now`; then rules and changes
// count, and a shift that begins between `now` and the window keeps its beginning too. Nobody has a
// shift of the user "". Where ours differs: of two overlapping overrides that replace one user,
// GoAlert (which refuses them at its door) lets one act; here both who are to stand in are on duty.
// Pure; any thread.
#pragma once

#include <vector>

#include "tools/jieban/rota_row.h"

namespace jieban {

// In the order of their starts, then of the persons.
std::vector<Shift> shifts_of(const RotaRow& row);

}  // namespace jieban
