// What is wrong with a rota in a span of time: before it comes to it.
//
// Gaps; too little rest between two shifts of a person, too long a shift, too many nights in a row,
// all over the rotas that are no standby, by the limits of the book, on the wall clock of its first
// rota; swaps that nobody accepted; changes that name a person or a rota that the book does not
// have. Promises: what began before the span counts for what follows in it; what begins in the span
// is told whole, as far as it goes on behind it. Gaps are cut at the span. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/duty/shifts.h"

namespace jieban {

enum class DutyFault {
  gap,
  short_rest,
  long_shift,
  nights_in_row,
  open_swap,
  unknown_person,
  unknown_rota
};

std::string_view to_string(DutyFault fault);

struct DutyFinding {
  DutyFault fault = DutyFault::gap;
  std::string rota{};  // its id; "" where several are looked at together
  PersonId person{};   // "" of a gap and of an unknown rota
  Timestamp from{};    // of a short rest, the rest itself
  Timestamp until{};
  std::string change{};  // the id of the swap or of the change that names what is unknown
};

// In the order of `from`, then of the faults. The changes of the book count too.
std::vector<DutyFinding> check_duty(const RotaBook& book, const RotaChanges& changes,
                                    Timestamp from, Timestamp until);

}  // namespace jieban
